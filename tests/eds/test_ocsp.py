"""EDS step 3: an OCSP answer proves something only with our nonce, fresh, of this certificate, by who may answer."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from nca_stub import certificates, profiles
from nca_stub.profiles import Profile
from nca_stub.responder import Responder
from shared.eds.ocsp import OcspAnswer, question
from shared.eds.revocation import AnyOf
from shared.eds.trust import Chain
from tests.eds.stage import AT, Stage

NONCE = bytes(range(32))


def chain_of(stage: Stage, word: str = "citizen") -> Chain:
    return stage.trust.chain_of(stage.person(word).der)


def answered(stage: Stage, chain: Chain, nonce: bytes = NONCE) -> OcspAnswer:
    return OcspAnswer(Responder(stage.authority).answer(question(chain, nonce), AT), NONCE)


def test_a_good_answer_confirms_and_is_kept_as_evidence(either: Stage) -> None:
    answer = answered(either, chain_of(either))
    verdict = either.verdict(either.sign(), revocation=answer)
    assert verdict.code == "confirmed"
    assert base64.b64decode(verdict.evidence["revocation"]["ocsp"]["answer"]) == answer.answer


@pytest.mark.parametrize(("reason", "kind"), [("certificateHold", "on_hold"), ("superseded", "revoked")])
def test_a_revocation_is_told_with_its_time(either: Stage, reason: str, kind: str) -> None:
    chain = chain_of(either, f"ocsp {reason}")
    either.lists.revoke(chain.certificate.serial, reason, AT)  # type: ignore[arg-type]
    standing = answered(either, chain).standing(chain, AT)
    assert (standing.kind, standing.since) == (kind, AT)


def test_a_serial_never_issued_is_unknown_and_not_revoked(stage: Stage) -> None:
    odd = stage.odd("not on record", lambda builder: builder)
    chain = stage.trust.chain_of(odd.der)
    answer = answered(stage, chain)
    single = ocsp.load_der_ocsp_response(answer.answer)
    assert single.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert single.revocation_time_utc is not None
    assert single.revocation_time_utc.year == 1970
    assert answer.standing(chain, AT).kind == "unknown"


def test_another_nonce_or_none_proves_nothing(stage: Stage) -> None:
    chain = chain_of(stage)
    assert answered(stage, chain, nonce=bytes(32)).standing(chain, AT).kind == "unknown"
    request = ocsp.load_der_ocsp_request(question(chain, NONCE))
    bare = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        request.issuer_name_hash, request.issuer_key_hash, request.serial_number, hashes.SHA256()
    )
    without = Responder(stage.authority).answer(bare.build().public_bytes(Encoding.DER), AT)
    assert OcspAnswer(without, NONCE).standing(chain, AT).kind == "unknown"


@pytest.mark.parametrize(
    ("minutes", "kind"), [(0, "good"), (10, "good"), (11, "unknown"), (-5, "good"), (-6, "unknown")]
)
def test_an_answer_is_believed_for_ten_minutes(stage: Stage, minutes: int, kind: str) -> None:
    chain = chain_of(stage)
    assert answered(stage, chain).standing(chain, AT + timedelta(minutes=minutes)).kind == kind


def test_an_answer_about_another_certificate_proves_nothing(stage: Stage) -> None:
    about_another = answered(stage, chain_of(stage, "someone else"))
    assert about_another.standing(chain_of(stage), AT).kind == "unknown"


def test_a_hash_other_than_asked_proves_nothing(stage: Stage) -> None:
    chain = chain_of(stage)
    leaf = x509.load_der_x509_certificate(chain.certificate.der)
    request = ocsp.OCSPRequestBuilder().add_certificate(leaf, stage.authority.issuing, hashes.SHA1())  # noqa: S303 - RFC 6960 names certificates by SHA-1; nothing is signed with it.
    with_nonce = request.add_extension(x509.OCSPNonce(NONCE), critical=False).build().public_bytes(Encoding.DER)
    answer = Responder(stage.authority).answer(with_nonce, AT)
    assert ocsp.load_der_ocsp_response(answer).certificate_status is ocsp.OCSPCertStatus.GOOD
    assert OcspAnswer(answer, NONCE).standing(chain, AT).kind == "unknown"


@pytest.mark.parametrize("junk", [b"", b"<html></html>", b"0\x03\x0a\x01\x06", bytes(70_000)])
def test_what_is_no_answer_proves_nothing(stage: Stage, junk: bytes) -> None:
    assert OcspAnswer(junk, NONCE).standing(chain_of(stage), AT).kind == "unknown"


def test_no_flipped_bit_turns_an_answer_into_good(stage: Stage) -> None:
    chain = chain_of(stage, "ocsp flipped")
    stage.lists.revoke(chain.certificate.serial, "superseded", AT)
    answer = answered(stage, chain).answer
    for place in range(0, len(answer) * 8, 3):
        flipped = bytearray(answer)
        flipped[place // 8] ^= 1 << place % 8
        assert OcspAnswer(bytes(flipped), NONCE).standing(chain, AT).kind in {"unknown", "revoked"}


class ImpostorsResponder(Responder):
    """Answers with another key and certificate than the authorised ones."""

    def __init__(
        self,
        stage: Stage,
        profile: Profile,
        change: Callable[[x509.CertificateBuilder], x509.CertificateBuilder] = lambda builder: builder,
        **validity: object,
    ) -> None:
        super().__init__(stage.authority)
        key = ec.generate_private_key(ec.SECP256R1())
        order = stage.order(profile, key=key, **validity)
        signed = stage.authority.sign(change(certificates.leaf(order, key, stage.authority.issuing)), key)
        self.__dict__["_desk"] = (key, signed.public_bytes(Encoding.DER))


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        (profiles.RESPONDER, "good"),
        (profiles.INDIVIDUAL_SIGN, "unknown"),
        (Profile(profiles.RESPONDER.usages, profiles.RESPONDER.purposes, ("1.2.398.3.3.2",)), "unknown"),
        (Profile(frozenset({"key_agreement"}), profiles.RESPONDER.purposes, ("1.2.3",), None, True), "unknown"),
    ],
    ids=["authorised", "a citizen", "without nocheck", "without digitalSignature"],
)
def test_only_an_authorised_responder_is_believed(stage: Stage, profile: Profile, kind: str) -> None:
    chain = chain_of(stage)
    answer = ImpostorsResponder(stage, profile).answer(question(chain, NONCE), AT)
    assert OcspAnswer(answer, NONCE).standing(chain, AT).kind == kind


def test_a_responder_out_of_force_is_not_believed(stage: Stage) -> None:
    chain = chain_of(stage)
    expired = ImpostorsResponder(stage, profiles.RESPONDER, not_after=AT - timedelta(hours=1))
    assert OcspAnswer(expired.answer(question(chain, NONCE), AT), NONCE).standing(chain, AT).kind == "unknown"


def test_the_responder_answers_only_for_its_own_authority(stage: Stage) -> None:
    foreign = ocsp.OCSPRequestBuilder().add_certificate_by_hash(bytes(32), bytes(32), 5, hashes.SHA256()).build()
    responder = Responder(stage.authority)
    unauthorised = ocsp.load_der_ocsp_response(responder.answer(foreign.public_bytes(Encoding.DER), AT))
    assert unauthorised.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED
    malformed = ocsp.load_der_ocsp_response(responder.answer(b"junk", AT))
    assert malformed.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_a_gost_responder_must_be_authorised_by_its_own_authority(stage: Stage, gost: Stage) -> None:
    chain = chain_of(gost)
    assert answered(gost, chain).standing(chain, AT).kind == "good"
    foreign = ImpostorsResponder(gost, profiles.INDIVIDUAL_SIGN)
    assert OcspAnswer(foreign.answer(question(chain, NONCE), AT), NONCE).standing(chain, AT).kind == "unknown"
    assert answered(stage, chain_of(stage)).standing(chain, AT).kind == "unknown"


def test_of_several_sources_a_revocation_is_believed_before_a_good_word(own: Stage) -> None:
    chain, person = chain_of(own), own.citizen
    before = own.store()
    own.lists.revoke(person.certificate.serial_number, "superseded", AT)
    later = answered(own, chain)
    nobody = OcspAnswer(b"", NONCE)
    assert AnyOf((before, later)).standing(chain, AT).kind == "revoked"
    assert AnyOf((later, before)).standing(chain, AT).kind == "revoked"
    assert AnyOf((nobody, before)).standing(chain, AT).kind == "good"
    assert AnyOf((nobody,)).standing(chain, AT).kind == AnyOf(()).standing(chain, AT).kind == "unknown"
