"""One certificate's standing, as its authority answers now (RFC 6960): asked with a nonce, believed ten minutes."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from shared.eds import der
from shared.eds.algorithms import signed_by
from shared.eds.certificate import AlgorithmId, Certificate, octets_of
from shared.eds.extensions import OCSP_NO_CHECK, understood
from shared.eds.revocation import SKEW, Standing
from shared.eds.trust import Chain
from shared.eds.verdict import Objection

LONGEST_AGE: Final = timedelta(minutes=10)
OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
MOST_ANSWER_BYTES: Final = 65_536
MOST_RESPONDERS: Final = 6
"""Certificates in an answer; each may cost the check of a signature."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def question(chain: Chain, nonce: bytes) -> bytes:
    """Return the DER of a request about the chain's certificate; the nonce is 16 to 32 fresh random bytes."""
    name_hash, key_hash = _issuer_hashes(chain.issuer, "sha256")
    builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        name_hash, key_hash, chain.certificate.serial, hashes.SHA256()
    )
    return builder.add_extension(x509.OCSPNonce(nonce), critical=False).build().public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True)
class OcspAnswer:
    """The bytes that came back for a question with this nonce; what does not hold is ``unknown``, never good.

    Without a nonce nothing holds: the answer might be of another day.
    """

    answer: bytes
    nonce: bytes

    def standing(self, chain: Chain, at: datetime) -> Standing:
        """Say what the answer proves of the chain's certificate at the time (aware)."""
        try:
            return self._standing(chain, at)
        except Exception:  # noqa: BLE001 - an answer comes from outside; whatever is wrong with it, it proves nothing.
            return Standing("unknown")

    def _standing(self, chain: Chain, at: datetime) -> Standing:
        if len(self.answer) > MOST_ANSWER_BYTES:
            return Standing("unknown")
        response = ocsp.load_der_ocsp_response(self.answer)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL or not self._is_ours(response):
            return Standing("unknown")
        _check_responder(response, chain.issuer, at)
        (single,) = (one for one in response.responses if _is_about(one, chain))
        if not _is_fresh(response.produced_at_utc, at) or not _is_fresh(single.this_update_utc, at):
            return Standing("unknown")
        if single.next_update_utc is not None and at >= single.next_update_utc:
            return Standing("unknown")
        return _told(single, self._evidence(response))

    def _is_ours(self, response: ocsp.OCSPResponse) -> bool:
        """Say whether the answer has our nonce, and no critical extension beside it (RFC 6960, 4.4)."""
        said = response.extensions
        if not self.nonce or any(one.critical and one.oid != x509.OCSPNonce.oid for one in said):
            return False
        return said.get_extension_for_class(x509.OCSPNonce).value.nonce == self.nonce

    def _evidence(self, response: ocsp.OCSPResponse) -> dict[str, Any]:
        return {
            "ocsp": {
                "answer": base64.b64encode(self.answer).decode(),
                "nonce": self.nonce.hex(),
                "produced_at": response.produced_at_utc.isoformat(),
            }
        }


def _told(single: ocsp.OCSPSingleResponse, evidence: dict[str, Any]) -> Standing:
    """Translate the status; a hold since 1970 is how a responder speaks of a serial it never issued (RFC 6960, 2.2)."""
    if single.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return Standing("good", evidence)
    if single.certificate_status is not ocsp.OCSPCertStatus.REVOKED:
        return Standing("unknown", evidence)
    since = single.revocation_time_utc
    if single.revocation_reason is not x509.ReasonFlags.certificate_hold:
        return Standing("revoked", evidence, since)
    return Standing("unknown", evidence) if since == _EPOCH else Standing("on_hold", evidence, since)


def _is_fresh(moment: datetime, at: datetime) -> bool:
    return moment - SKEW <= at <= moment + LONGEST_AGE


def _is_about(single: ocsp.OCSPSingleResponse, chain: Chain) -> bool:
    """Say whether the CertID names this certificate of this authority, by the hash that was asked with."""
    if single.hash_algorithm.name != "sha256" or single.serial_number != chain.certificate.serial:
        return False
    return (single.issuer_name_hash, single.issuer_key_hash) == _issuer_hashes(chain.issuer, "sha256")


def _issuer_hashes(issuer: Certificate, digest: str) -> tuple[bytes, bytes]:
    """Return the hashes of the issuer's name and of its key's octets (RFC 6960, 4.1.1)."""
    key = octets_of(der.read(issuer.key).children[1])
    return hashlib.new(digest, issuer.subject).digest(), hashlib.new(digest, key).digest()


def _check_responder(response: ocsp.OCSPResponse, issuer: Certificate, at: datetime) -> None:
    """Raise Objection unless the authority or a responder it authorised signed the answer (RFC 6960, 4.2.2.2)."""
    algorithm = AlgorithmId(response.signature_algorithm_oid.dotted_string, None)
    if len(response.certificates) > MOST_RESPONDERS:
        raise Objection("too_many_certificates")
    responders = [Certificate.read(one.public_bytes(Encoding.DER)) for one in response.certificates]
    for responder in (issuer, *(one for one in responders if _is_authorised(one, issuer, at))):
        if signed_by(responder, algorithm, response.tbs_response_bytes, response.signature):
            return
    raise Objection("untrusted_authority")


def _is_authorised(responder: Certificate, issuer: Certificate, at: datetime) -> bool:
    """Say whether the authority itself issued the responder's certificate for this purpose; nocheck is asked for."""
    return (
        responder.issuer == issuer.subject
        and OCSP_SIGNING in responder.purposes
        and "digitalSignature" in responder.usages
        and OCSP_NO_CHECK in responder.extensions
        and understood(responder.extensions)
        and responder.in_force(at)
        and signed_by(issuer, responder.signature_algorithm, responder.tbs, responder.signature)
    )
