"""OCSP answers as the real responder gives them: no nextUpdate, the nonce given back, a delegated key (RFC 6960)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from nca_stub import profiles
from nca_stub.authority import Authority, create_desk
from nca_stub.encoding import NULL, bits, generalized_time, integer, octets, oid, sequence, tlv
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey, algorithm_of, sign
from nca_stub.register import HOLD, Reason
from shared.eds import der
from shared.eds.certificate import Certificate, octets_of

UNKNOWN_SINCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""How a serial number that was never issued is answered: on hold since the epoch (RFC 6960, 2.2)."""

REASON_NUMBERS: Final[Mapping[Reason, int]] = {
    "unspecified": 0,
    "keyCompromise": 1,
    "affiliationChanged": 3,
    "superseded": 4,
    "cessationOfOperation": 5,
    "certificateHold": 6,
    "privilegeWithdrawn": 9,
}
_HASH_OIDS: Final[Mapping[str, str]] = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1"}
_BASIC: Final = "1.3.6.1.5.5.7.48.1.1"
_SUCCESSFUL: Final = tlv(0x0A, b"\0")


@dataclass(frozen=True)
class Responder:
    """The authority's delegated responder; its key is loaded once."""

    authority: Authority

    @cached_property
    def _desk(self) -> tuple[PrivateKey, bytes]:
        """Return the responder's key and certificate: EC P-256 under the RSA authority, GOST under GOST's."""
        key = GostKey.generate() if self.authority.kind == "gost" else ec.generate_private_key(ec.SECP256R1())
        return create_desk(self.authority, "ocsp", profiles.RESPONDER, key)

    def answer(self, request: bytes, now: datetime) -> bytes:
        """Return the DER of the answer to the DER of a request, at the time (aware)."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
            nonce = next((one.value for one in asked.extensions if isinstance(one.value, x509.OCSPNonce)), None)
        except (ValueError, NotImplementedError):
            return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        if asked.hash_algorithm.name not in _HASH_OIDS:
            return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        if (asked.issuer_name_hash, asked.issuer_key_hash) != self._issuer_hashes(asked.hash_algorithm):
            return _unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
        since, reason = self._revoked_since(asked.serial_number)
        single = sequence(_certificate_id(asked), _status(since, reason), generalized_time(now.astimezone(UTC)))
        return self._signed(single, [nonce] if nonce else [], now)

    def _signed(self, single: bytes, extensions: list[x509.OCSPNonce], now: datetime) -> bytes:
        """Put the answer together by hand: the library's builder would stamp it with the machine's own clock."""
        key, certificate = self._desk
        said = [sequence(oid(one.oid.dotted_string), octets(one.public_bytes())) for one in extensions]
        data = sequence(
            tlv(0xA2, octets(Certificate.read(certificate).key_id or b"")),
            generalized_time(now.astimezone(UTC)),
            sequence(single),
            *([tlv(0xA1, sequence(*said))] if said else []),
        )
        basic = sequence(data, algorithm_of(key), bits(sign(key, data)), tlv(0xA0, sequence(certificate)))
        return sequence(_SUCCESSFUL, tlv(0xA0, sequence(oid(_BASIC), octets(basic))))

    def _revoked_since(self, serial: int) -> tuple[datetime | None, int]:
        register = self.authority.register
        if not register.is_issued(serial):
            return UNKNOWN_SINCE, REASON_NUMBERS[HOLD]
        revocation = register.revocation_of(serial)
        if revocation is None or revocation.released_at is not None:
            return None, 0
        return revocation.revoked_at, REASON_NUMBERS[revocation.reason]

    def _issuer_hashes(self, algorithm: hashes.HashAlgorithm) -> tuple[bytes, bytes]:
        issuing = Certificate.read(self.authority.issuing.public_bytes(Encoding.DER))
        key = octets_of(der.read(issuing.key).children[1])
        return hashlib.new(algorithm.name, issuing.subject).digest(), hashlib.new(algorithm.name, key).digest()


def _certificate_id(asked: ocsp.OCSPRequest) -> bytes:
    """Return the CertID exactly as it was asked for."""
    return sequence(
        sequence(oid(_HASH_OIDS[asked.hash_algorithm.name]), NULL),
        octets(asked.issuer_name_hash),
        octets(asked.issuer_key_hash),
        integer(asked.serial_number),
    )


def _status(since: datetime | None, reason: int) -> bytes:
    """Return CertStatus: good, or revoked since a time for a reason (CRLReason's number)."""
    if since is None:
        return tlv(0x80)
    return tlv(0xA1, generalized_time(since), tlv(0xA0, tlv(0x0A, bytes([reason]))))


def _unsuccessful(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)
