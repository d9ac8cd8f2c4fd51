"""EDS steps 0 to 6: what is confirmed, what is refused and with which code."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import NameOID

from nca_stub import certificates
from nca_stub.authority import Authority, Issued, create_authority
from nca_stub.encoding import integer, octets, oid, sequence, tlv
from nca_stub.orders import Order
from nca_stub.signing import Making, attribute, sign_cms
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected
from shared.eds.crl_store import CrlStore
from shared.eds.signed_data import MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2, SignedData
from shared.eds.trust import Trust
from shared.eds.verdict import UNDETERMINED, Role
from shared.eds.words import WORDS
from tests.eds.bad_cases import ANY_KIND, BAD_CASES, RSA_ONLY, WHAT, Make
from tests.eds.gost_cases import GOST_ONLY
from tests.eds.stage import AT, BIN, CITIZEN, CONTENT, IIN, NAME, OFFICIAL, OTHER_BIN, OTHER_IIN, Stage


def test_a_citizens_signature_is_confirmed_with_signer_and_evidence(stage: Stage) -> None:
    cms = stage.sign()
    verdict = stage.verdict(cms)
    assert (verdict.status, verdict.code) == ("confirmed", "confirmed")
    assert verdict.signer is not None
    assert (verdict.signer.iin, verdict.signer.bin, verdict.signer.role) == (IIN, None, Role.INDIVIDUAL)
    assert verdict.signer.serial == stage.citizen.certificate.serial_number
    assert verdict.signature_sha256 == SignedData.read(cms).signature_sha256
    evidence = json.loads(json.dumps(verdict.evidence))
    assert base64.b64decode(evidence["chain"][0]) == stage.citizen.der
    assert len(evidence["chain"]) == 3
    assert evidence["revocation"]["crl"].keys() >= {"number", "this_update", "next_update", "sha256"}
    assert (evidence["at"], evidence["signed_at"]) == (AT.isoformat(), AT.isoformat())


@pytest.mark.parametrize("name", ANY_KIND)
def test_a_bad_signature_is_refused_with_its_code(either: Stage, name: str) -> None:
    code, make = ANY_KIND[name]
    verdict = either.verdict(make(either))
    assert (verdict.status, verdict.code) == ("refused", code)
    assert verdict.words.as_dict().keys() == {"kk", "ru", "en"}


@pytest.mark.parametrize("name", RSA_ONLY)
def test_a_bad_rsa_signature_is_refused_with_its_code(stage: Stage, name: str) -> None:
    code, make = RSA_ONLY[name]
    assert stage.verdict(make(stage)).code == code


@pytest.mark.parametrize("name", GOST_ONLY)
def test_a_bad_gost_signature_is_refused_with_its_code(gost: Stage, name: str) -> None:
    code, make = GOST_ONLY[name]
    assert gost.verdict(make(gost)).code == code


def test_there_are_more_than_a_hundred_bad_cases_of_each_kind() -> None:
    assert len(BAD_CASES) > 100
    assert len({**ANY_KIND, **GOST_ONLY}) > 100


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_each_allowed_digest_is_confirmed(stage: Stage, digest: str) -> None:
    assert stage.verdict(stage.made(digest=digest)).confirmed


def test_plain_rsa_as_the_scheme_is_confirmed(stage: Stage) -> None:
    assert stage.verdict(stage.made(scheme_oid="1.2.840.113549.1.1.1")).confirmed


def test_unsigned_attributes_do_not_matter_but_the_signature_stays_one(stage: Stage) -> None:
    plain, more = stage.sign(), stage.made(unsigned=attribute("1.2.840.113549.1.9.16.2.15", octets(b"more")))
    assert plain != more
    assert stage.verdict(more).confirmed
    assert stage.verdict(plain).signature_sha256 == stage.verdict(more).signature_sha256


def test_other_certificates_in_the_message_do_not_matter(stage: Stage) -> None:
    held = [stage.person("someone else").der, stage.citizen.der]
    assert stage.verdict(stage.made(certificates=held)).confirmed


def test_the_reference_to_the_certificate_may_name_issuer_and_serial(stage: Stage) -> None:
    def referring(who: Issued) -> Making:

        held = Certificate.read(who.der)
        imprint = hashlib.sha256(stage.citizen.der).digest()
        named = sequence(octets(imprint), sequence(sequence(tlv(0xA4, held.issuer)), integer(held.serial)))
        value = sequence(sequence(named))
        return Making(
            attributes=lambda parts: [
                *(one for one in parts if oid(SIGNING_CERTIFICATE_V2) not in one),
                attribute(SIGNING_CERTIFICATE_V2, value),
            ]
        )

    assert stage.verdict(stage.sign(making=referring(stage.citizen))).confirmed
    other = stage.verdict(stage.sign(making=referring(stage.person("someone else"))))
    assert other.code == "certificate_reference_differs"


def test_signed_attributes_replayed_as_content_are_refused(stage: Stage) -> None:
    genuine = SignedData.read(stage.sign())
    bare = stage.made(signer=lambda parts: [*parts[:3], parts[4], octets(genuine.signature)])
    assert stage.verdict(bare, content=genuine.signed).code == "signed_attributes_wrong"


@pytest.mark.parametrize("seconds", [0, 300, -86_400])
def test_the_time_of_signing_may_be_a_day_old_or_five_minutes_ahead(stage: Stage, seconds: int) -> None:
    assert stage.verdict(stage.sign(at=AT + timedelta(seconds=seconds))).confirmed


@pytest.mark.parametrize("role", [Role.HEAD, Role.RIGHT_TO_SIGN])
def test_an_official_is_confirmed_with_role_and_bin(stage: Stage, role: Role) -> None:
    verdict = stage.verdict(stage.sign(stage.official(role)), OFFICIAL)
    assert verdict.confirmed
    assert verdict.signer is not None
    assert (verdict.signer.role, verdict.signer.bin) == (role, BIN)


def test_an_official_is_refused_by_what_differs(stage: Stage) -> None:
    signed = stage.sign(stage.official())
    assert stage.verdict(stage.sign(), OFFICIAL).code == "not_an_official"
    assert stage.verdict(stage.sign(stage.official(Role.EMPLOYEE)), OFFICIAL).code == "role_not_allowed"
    assert stage.verdict(signed, replace(OFFICIAL, bin=OTHER_BIN)).code == "bin_differs"
    assert stage.verdict(signed, replace(OFFICIAL, iin=OTHER_IIN)).code == "iin_differs"


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ((), "no_bin"),
        (("Отдел кадров",), "no_bin"),
        ((BIN,), "no_bin"),
        ((f"BIN{BIN}", f"BIN{OTHER_BIN}"), "several_bins"),
    ],
)
def test_only_a_bin_is_taken_for_a_bin(stage: Stage, units: tuple[str, ...], code: str) -> None:

    order = Order.official(IIN, NAME, (BIN, "TEST"), Role.HEAD, AT)
    kept = tuple(one for one in order.subject if one[0] != NameOID.ORGANIZATIONAL_UNIT_NAME)
    subject = (*kept, *((NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units))
    who = stage.person(f"units {units}", lambda: replace(order, subject=subject, key=stage.key))
    assert stage.verdict(stage.sign(who), OFFICIAL).code == code


def test_what_differs_is_named_without_showing_the_iin(stage: Stage) -> None:
    verdict = stage.verdict(stage.sign(), Expected(OTHER_IIN))
    assert verdict.code == "iin_differs"
    for words in verdict.words.as_dict().values():
        assert IIN not in words
        assert IIN[8:] in words
        assert OTHER_IIN[8:] in words


class TestAuthorities:
    """Step 2: trust comes from configuration alone."""

    def look_alike(self, stage: Stage, folder: Path) -> tuple[Authority, Issued]:
        """Return another authority of the same names that certifies the citizen's own serial number."""

        other = Authority.open(folder / "nca")
        builder = certificates.leaf(stage.order(), stage.key, other.issuing)
        builder._serial_number = stage.citizen.certificate.serial_number
        return other, Issued(stage.key, other.sign(builder, stage.key), other.issuing)

    def test_a_look_alike_with_the_same_names_and_serials_is_untrusted(
        self, stage: Stage, look_alike_folder: Path
    ) -> None:
        _, person = self.look_alike(stage, look_alike_folder)
        assert person.certificate.issuer == stage.citizen.certificate.issuer
        assert person.certificate.serial_number == stage.citizen.certificate.serial_number
        assert stage.verdict(stage.sign(person)).code == "untrusted_authority"

    def test_a_look_alike_that_brings_its_authorities_is_untrusted(self, stage: Stage, look_alike_folder: Path) -> None:
        other, person = self.look_alike(stage, look_alike_folder)
        held = [person.der, *(path.read_bytes() for path in other.folder.glob("*.cer"))]
        assert stage.verdict(stage.sign(person, Making(certificates=held))).code == "untrusted_authority"

    def test_an_authority_out_of_force_is_told_as_rotated(self, stage: Stage, tmp_path: Path) -> None:
        old = create_authority(tmp_path / "nca", AT - timedelta(days=16 * 365))
        old.write_trust(tmp_path / "trust")
        person = old.issue(stage.order())
        old_stage = Stage(old, Trust.from_folder(tmp_path / "trust"), stage.key)
        assert old_stage.verdict(stage.sign(person)).code == "authority_rotated"

    def test_an_issuing_authority_whose_root_is_not_pinned_is_untrusted(self, stage: Stage) -> None:
        issuing = next(one for one in stage.trust.anchors if one.subject != one.issuer)
        alone = Stage(stage.authority, Trust([issuing]), stage.key)
        revocation = stage.store()
        assert alone.verdict(stage.sign(), revocation=revocation).code == "untrusted_authority"


class TestRevocation:
    """Step 3: hard fail, and never "revoked" where nobody knows."""

    @pytest.mark.parametrize(("reason", "code"), [("certificateHold", "on_hold"), ("keyCompromise", "revoked")])
    def test_a_revoked_certificate_is_refused(self, stage: Stage, reason: str, code: str) -> None:
        person = stage.person(f"revoked for {reason}")
        stage.lists.revoke(person.certificate.serial_number, reason, AT)  # type: ignore[arg-type]
        verdict = stage.verdict(stage.sign(person))
        assert (verdict.status, verdict.code) == ("refused", code)
        assert verdict.evidence["revoked_since"] == AT.isoformat()

    def test_without_a_list_nobody_knows(self, stage: Stage) -> None:
        verdict = stage.verdict(stage.sign(), revocation=CrlStore(stage.trust))
        assert (verdict.status, verdict.code) == ("undetermined", "revocation_unknown")

    @pytest.mark.parametrize("hours", [25, -1])
    def test_a_list_of_another_time_tells_nothing(self, stage: Stage, hours: int) -> None:
        published = stage.store(AT + timedelta(hours=0))
        at = AT + timedelta(hours=hours)
        verdict = stage.verdict(stage.sign(at=at), at=at, revocation=published)
        assert (verdict.status, verdict.code) == ("undetermined", "revocation_unknown")

    def test_a_revoked_certificate_is_not_told_as_revoked_by_a_stale_list(self, stage: Stage) -> None:
        person = stage.person("revoked and stale")
        stage.lists.revoke(person.certificate.serial_number, "superseded", AT)
        store, at = stage.store(), AT + timedelta(days=2)
        assert stage.verdict(stage.sign(person, at=at), at=at, revocation=store).code == "revocation_unknown"


def test_the_verdict_does_not_depend_on_kept_chains(stage: Stage) -> None:
    for name in WHAT:
        code, make = WHAT[name]
        stage.trust.forget()
        assert _code(stage, make) == _code(stage, make) == code


def _code(stage: Stage, make: Make) -> str:
    return stage.verdict(make(stage)).code


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    sources = "".join(path.read_text() for path in (Path(__file__).parents[2] / "shared" / "eds").rglob("*.py"))
    raised = set(re.findall(r'Objection\((?:"too_large" if fault.too_large else )?"(\w+)"', sources))
    standings = {"revoked", "on_hold", "too_large", "confirmed"}
    assert raised | standings == WORDS.keys()
    assert WORDS.keys() >= UNDETERMINED
    for words in WORDS.values():
        assert all(words.as_dict().values())


def test_a_message_digest_of_the_wrong_type_is_refused(stage: Stage) -> None:
    wrong = stage.made(
        attributes=lambda parts: [
            *(one for one in parts if oid(MESSAGE_DIGEST) not in one),
            attribute(MESSAGE_DIGEST, oid("1.2.3")),
        ]
    )
    assert stage.verdict(wrong).code == "malformed"


def test_a_signature_over_megabytes_is_confirmed(stage: Stage) -> None:
    content = bytes(3_000_000)
    cms = sign_cms(content, stage.key, stage.citizen.certificate, AT)
    assert stage.verdict(cms, CITIZEN, content=content).confirmed
    assert stage.verdict(cms, CITIZEN, content=CONTENT).code == "content_differs"
