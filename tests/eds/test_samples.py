"""Real certificates and signatures of Kazakhstan, where the folder with the samples is beside the project."""

from pathlib import Path

import pytest

from shared.eds.algorithms import signed_by
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import Crl, CrlNotValid
from shared.eds.trust import Trust
from shared.eds.verdict import Objection
from tests.eds.stage import AT, IIN, Stage

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
PRODUCTION, TEST_GOST = SAMPLES / "nca_production_authorities", SAMPLES / "nca_test_gost2022"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the project")

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


def test_the_production_rsa_authority_verifies_under_its_root_and_the_root_under_itself() -> None:
    (root,) = Certificate.read_all(PRODUCTION / "root_rsa_2020.cer")
    (issuing,) = Certificate.read_all(PRODUCTION / "nca_rsa_2022.cer")
    chain = Trust.from_folder(PRODUCTION).chain_of(issuing.der)
    assert chain.authorities == (root,)
    assert signed_by(root, root.signature_algorithm, root.tbs, root.signature)
    assert not signed_by(issuing, root.signature_algorithm, root.tbs, root.signature)


def test_a_gost_authority_is_told_as_not_supported_yet() -> None:
    (issuing,) = Certificate.read_all(PRODUCTION / "nca_gost_2022.pem")
    with pytest.raises(Objection, match="algorithm_not_supported"):
        Trust.from_folder(PRODUCTION).chain_of(issuing.der)


@pytest.mark.parametrize("name", ["individual_valid", "individual_revoked", "legal_valid_employee"])
def test_a_gost_signature_is_refused_with_a_word_why(name: str) -> None:
    trust = Trust.from_folder(TEST_GOST)
    cms, content = (TEST_GOST / f"{name}.cms").read_bytes(), (TEST_GOST / "request.json").read_bytes()
    verdict = verify_cms(
        cms, content, trust=trust, revocation=CrlStore(trust), at=AT, expected=Expected("123456789011")
    )
    assert (verdict.status, verdict.code) == ("refused", "algorithm_not_supported")
    assert "ГОСТ" in verdict.words.ru


def test_a_gost_list_is_not_taken_yet() -> None:
    (issuing,) = Certificate.read_all(TEST_GOST / "nca_gost2022_test.cer")
    with pytest.raises(CrlNotValid, match="algorithm_not_supported"):
        Crl.read((TEST_GOST / "nca_gost2022_test.crl").read_bytes(), issuing)


def test_our_people_are_strangers_to_the_production_authorities(stage: Stage) -> None:
    trust = Trust.from_folder(PRODUCTION)
    verdict = verify_cms(stage.sign(), b"", trust=trust, revocation=CrlStore(trust), at=AT, expected=Expected(IIN))
    assert verdict.code == "untrusted_authority"
