"""The least that the check of a citizen's signature can be: a lean look into the CMS, and the RSA check itself."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
from cryptography.x509.oid import NameOID

from bench.bare import Refused

_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d01090431220420")
"""The attribute messageDigest up to the digest itself: SET OF one OCTET STRING of 32 octets."""


@dataclass(frozen=True, slots=True)
class Known:
    """A certificate that was looked at: its key, whom it speaks for, its number and end, its chain as evidence."""

    key: rsa.RSAPublicKey
    iin: str
    serial: int
    until: datetime
    chain: list[str]


class Signatures:
    """Checks detached RSA signatures in CMS; a certificate that the authority has signed is read once."""

    def __init__(self, authorities: Sequence[Certificate], revoked: frozenset[int]) -> None:
        """Take the issuing authority and those above it."""
        self._authority = authorities[0]
        self._above = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in authorities]
        self._revoked = revoked
        self._known: dict[bytes, Known] = {}

    def check(self, cms: bytes, content: bytes, iin: str, at: datetime) -> dict[str, Any]:
        """Return the evidence of a signature by this person over this content; raises Refused for any other."""
        try:
            _, wrapped = _parts(cms, _part(cms, 0))
            *_, certificates, signers = _parts(cms, _parts(cms, wrapped)[0])
            _, _, _, attributes, _, value = _parts(cms, _parts(cms, signers)[0])[:6]
        except (ValueError, IndexError):
            raise Refused from None
        der = cms[certificates[1] : certificates[2]]
        name, digest_ = hashlib.sha256(der).digest(), hashlib.sha256(content).digest()
        known = self._known.get(name) or self._read(name, der)
        signed, signature = b"\x31" + cms[attributes[0] + 1 : attributes[2]], cms[value[1] : value[2]]
        if known.iin != iin or known.serial in self._revoked or at > known.until:
            raise Refused
        if _MESSAGE_DIGEST + digest_ not in signed or name not in signed:
            raise Refused
        try:
            known.key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise Refused from None
        return {"signature_sha256": hashlib.sha256(signature).hexdigest(), "at": at.isoformat(), "chain": known.chain}

    def _read(self, name: bytes, der: bytes) -> Known:
        try:
            certificate = load_der_x509_certificate(der)
            certificate.verify_directly_issued_by(self._authority)
        except (ValueError, TypeError, InvalidSignature):
            raise Refused from None
        (number,) = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
        key, chain = certificate.public_key(), [base64.b64encode(der).decode(), *self._above]
        if not isinstance(key, rsa.RSAPublicKey):
            raise Refused
        iin = str(number.value).removeprefix("IIN")
        self._known[name] = Known(key, iin, certificate.serial_number, certificate.not_valid_after_utc, chain)
        return self._known[name]


def _part(data: bytes, at: int) -> tuple[int, int, int]:
    """Return where a DER element starts, where its content starts, and where it ends."""
    length, content = data[at + 1], at + 2
    if length & 0x80:
        content += length & 0x7F
        length = int.from_bytes(data[at + 2 : content], "big")
    return at, content, content + length


def _parts(data: bytes, whole: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    """Return the elements that another one holds."""
    found, (_, at, end) = [], whole
    while at < end:
        found.append(_part(data, at))
        at = found[-1][2]
    return found
