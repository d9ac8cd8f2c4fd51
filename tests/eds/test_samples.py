"""Real certificates and signatures of Kazakhstan, where the folder with the samples is beside the project."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.eds.algorithms import signed_by
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import Crl, CrlNotValid
from shared.eds.trust import Trust
from shared.eds.verdict import Role
from tests.eds.stage import AT, IIN, Stage
from tests.programs import SAMPLES, needs_samples

PRODUCTION, TEST_GOST = SAMPLES / "nca_production_authorities", SAMPLES / "nca_test_gost2022"
SIGNED = datetime(2026, 11, 23, 11, 28, tzinfo=UTC)
pytestmark = needs_samples()

PINS = {
    "root_rsa_2020.cer": "9ba06354b626641715182e4d07c9dbaa1777720fa795d03174ffc68876535dcd",
    "nca_rsa_2022.cer": "84fb799a66140950818c056a5d9730acc2a7622cdd4ef0d47113b132fb892905",
    "root_gost_2022.pem": "af77725f8328bb24f89d81da3acdf7cee4324248538b7ba2cd2a860517fb9dca",
    "nca_gost_2022.pem": "32c7d233a42703a327f3025543a05b930e3f39a786c68dfa196baa86d5618524",
    "root_gost_2020.cer": "c48164ab5ccaaee6b938299a1e3aeebd6f698bb2bd716a0f0d85befc46166aa2",
}


@pytest.mark.parametrize("name", PINS)
def test_a_production_authority_is_read_and_has_its_pin(name: str) -> None:
    (certificate,) = Certificate.read_all(PRODUCTION / name)
    assert certificate.sha256 == PINS[name]
    assert certificate.authority is not None
    assert {"keyCertSign", "cRLSign"} <= certificate.usages
    assert certificate.in_force(AT)


@pytest.mark.parametrize(
    ("root", "issuing"),
    [("root_rsa_2020.cer", "nca_rsa_2022.cer"), ("root_gost_2022.pem", "nca_gost_2022.pem")],
    ids=["RSA", "GOST 34.10-2015"],
)
def test_each_production_authority_verifies_under_its_root_and_the_root_under_itself(root: str, issuing: str) -> None:
    (above,), (below,) = (Certificate.read_all(PRODUCTION / name) for name in (root, issuing))
    assert Trust.from_folder(PRODUCTION).chain_of(below.der).authorities == (above,)
    assert signed_by(above, above.signature_algorithm, above.tbs, above.signature)
    assert not signed_by(below, above.signature_algorithm, above.tbs, above.signature)


def test_the_root_of_34_10_2004_verifies_under_itself() -> None:
    (root,) = Certificate.read_all(PRODUCTION / "root_gost_2020.cer")
    assert signed_by(root, root.signature_algorithm, root.tbs, root.signature)
    assert not signed_by(root, root.signature_algorithm, root.tbs + b"\0", root.signature)


def test_production_and_test_authorities_are_never_mixed(tmp_path: Path) -> None:
    assert not Trust.from_folder(PRODUCTION).is_test
    assert Trust.from_folder(TEST_GOST).is_test
    for path in (*PRODUCTION.iterdir(), TEST_GOST / "root_test_gost_2022.cer"):
        shutil.copy(path, tmp_path)
    with pytest.raises(ValueError, match="pinned together"):
        Trust.from_folder(tmp_path)


@pytest.fixture(scope="module")
def trust() -> Trust:
    return Trust.from_folder(TEST_GOST)


@pytest.fixture(scope="module")
def lists(trust: Trust) -> CrlStore:
    store = CrlStore(trust)
    crl = store.accept((TEST_GOST / "nca_gost2022_test.crl").read_bytes())
    assert (crl.number, crl.this_update.date().isoformat(), crl.next_update.date().isoformat()) == (
        166,
        "2026-08-11",
        "2027-02-07",
    )
    return store


PERSON, EMPLOYEE = "123456789011", "123456789012"
FIRM = "123456789021"


@pytest.mark.parametrize(
    ("name", "expected", "status", "code", "role"),
    [
        ("individual_valid", Expected(PERSON), "confirmed", "confirmed", Role.INDIVIDUAL),
        ("individual_revoked", Expected(PERSON), "refused", "on_hold", Role.INDIVIDUAL),
        (
            "legal_valid_employee",
            Expected(EMPLOYEE, FIRM, frozenset({Role.EMPLOYEE})),
            "refused",
            "revoked",
            Role.EMPLOYEE,
        ),
        (
            "legal_valid_treasury_client",
            Expected(None, FIRM, frozenset({Role.INFORMATION_SYSTEM})),
            "refused",
            "purpose_not_signing",
            Role.INFORMATION_SYSTEM,
        ),
    ],
)
def test_each_signature_has_its_verdict(  # noqa: PLR0913, PLR0917 - a table of verdicts has columns.
    trust: Trust, lists: CrlStore, name: str, expected: Expected, status: str, code: str, role: Role
) -> None:
    cms, content = (TEST_GOST / f"{name}.cms").read_bytes(), (TEST_GOST / "request.json").read_bytes()
    verdict = verify_cms(cms, content, trust=trust, revocation=lists, at=SIGNED, expected=expected)
    assert (verdict.status, verdict.code) == (status, code)
    assert verdict.signer is not None
    assert verdict.signer.role is role


def test_the_valid_signature_is_refused_for_anything_else(trust: Trust, lists: CrlStore) -> None:
    cms, content = (TEST_GOST / "individual_valid.cms").read_bytes(), (TEST_GOST / "request.json").read_bytes()

    def code(content: bytes = content, at: datetime = SIGNED, iin: str = PERSON) -> str:
        return verify_cms(cms, content, trust=trust, revocation=lists, at=at, expected=Expected(iin)).code

    assert code() == "confirmed"
    assert code(content + b"\n") == "content_differs"
    assert code(iin=EMPLOYEE) == "iin_differs"
    assert code(at=SIGNED + timedelta(days=2)) == "signing_time_out_of_range"
    assert code(at=SIGNED - timedelta(minutes=10)) == "signing_time_out_of_range"
    assert code(at=SIGNED + timedelta(days=100)) == "revocation_unknown"
    assert code(at=SIGNED + timedelta(days=300)) == "expired"


def test_a_list_with_a_flipped_bit_is_not_taken() -> None:
    (issuing,) = Certificate.read_all(TEST_GOST / "nca_gost2022_test.cer")
    der = (TEST_GOST / "nca_gost2022_test.crl").read_bytes()
    for place in range(0, len(der) * 8, len(der) // 3):
        flipped = bytearray(der)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(CrlNotValid):
            Crl.read(bytes(flipped), issuing)


def test_our_people_are_strangers_to_the_production_authorities(stage: Stage) -> None:
    trust = Trust.from_folder(PRODUCTION)
    verdict = verify_cms(stage.sign(), b"", trust=trust, revocation=CrlStore(trust), at=AT, expected=Expected(IIN))
    assert verdict.code == "untrusted_authority"
