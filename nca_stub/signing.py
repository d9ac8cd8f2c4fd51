"""What NCALayer does on a citizen's computer: a detached CAdES-BES signature (RFC 5652, RFC 5035) by RSA or GOST.

TEST keys only: signing with GOST in Python gives the key away to whoever can measure its time (see ``gost``).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub.encoding import NULL, integer, octets, oid, sequence, set_of, tlv, utc_time
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey, key_in
from nca_stub.pkcs12 import check_test, key_store
from shared.eds.algorithms import digest_of
from shared.eds.certificate import Certificate
from shared.eds.signed_data import CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2, SIGNING_TIME

DIGEST_OIDS: Final = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
    "streebog256": "1.2.398.3.10.1.3.2",
    "streebog512": "1.2.398.3.10.1.3.3",
}
SCHEME_OIDS: Final = {
    "sha1": "1.2.840.113549.1.1.5",
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
    "streebog256": "1.2.398.3.10.1.1.2.3.1",
    "streebog512": "1.2.398.3.10.1.1.2.3.2",
}
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - a bad case for tests of refusal.
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def _unchanged(parts: list[bytes]) -> list[bytes]:
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a signature is made. The defaults are what NCALayer does; everything else is a bad case for a test.

    ``digest`` is the key's own unless given: SHA-256 for RSA, Streebog for GOST. ``attributes`` and ``signer`` change
    the encoded parts of SET OF signed attributes and of SignerInfo; ``certificates`` are the DERs put into the
    message, the signer's own unless given; ``imprint`` replaces the content's digest; ``names`` is the certificate
    that signingCertificateV2 names.
    """

    digest: str | None = None
    digest_oid: str | None = None
    digest_algorithms: Sequence[str] | None = None
    scheme_oid: str | None = None
    version: int | None = None
    signers: int = 1
    content_type: str = DATA
    signed_type: str = DATA
    attached: bytes | None = None
    certificates: Sequence[bytes] | None = None
    imprint: bytes | None = None
    names: bytes | None = None
    attributes: Callable[[list[bytes]], list[bytes]] = field(default=_unchanged)
    sort: bool = True
    signer: Callable[[list[bytes]], list[bytes]] = field(default=_unchanged)
    unsigned: bytes = b""

    def as_token(self, content: bytes, content_type: str) -> "Making":
        """Return the same for a time stamp: its content is attached and of its own type (RFC 3161, 2.4.2)."""
        return replace(
            self, version=self.version or 3, content_type=content_type, signed_type=content_type, attached=content
        )


AS_NCALAYER: Final = Making()


def digest_for(key: PrivateKey) -> str:
    """Return the digest that a key signs with where nothing else is said."""
    return key.digest if isinstance(key, GostKey) else "sha256"


def sign_cms(
    content: bytes, key: PrivateKey, certificate: x509.Certificate | bytes, at: datetime, making: Making = AS_NCALAYER
) -> bytes:
    """Return the DER of a detached signature over the content, made at the time (aware) with the key."""
    making = making if making.digest else replace(making, digest=digest_for(key))
    der = certificate if isinstance(certificate, bytes) else certificate.public_bytes(Encoding.DER)
    signer = sequence(*making.signer(_signer(content, key, Certificate.read(der), at, making)))
    digests = making.digest_algorithms or [_digest_oid(making)]
    held = [der] if making.certificates is None else making.certificates
    return sequence(
        oid(SIGNED_DATA),
        tlv(
            0xA0,
            sequence(
                integer(making.version or 1),
                set_of(*(_algorithm(one) for one in digests)),
                sequence(oid(making.content_type), *_attached(making.attached)),
                *([tlv(0xA0, *held)] if held else []),
                set_of(*[signer] * making.signers),
            ),
        ),
    )


def _signer(content: bytes, key: PrivateKey, certificate: Certificate, at: datetime, making: Making) -> list[bytes]:
    """Return the parts of SignerInfo: version, signer, digest, signed attributes, scheme, signature, unsigned ones."""
    attributes = making.attributes(_attributes(content, certificate, at, making))
    encoded = b"".join(sorted(attributes) if making.sort else attributes)
    return [
        integer(1),
        sequence(certificate.issuer, integer(certificate.serial)),
        _algorithm(_digest_oid(making)),
        tlv(0xA0, encoded),
        _algorithm(making.scheme_oid or SCHEME_OIDS[making.digest or ""]),
        octets(_signature(key, tlv(0x31, encoded), making)),
        *([tlv(0xA1, making.unsigned)] if making.unsigned else []),
    ]


def _signature(key: PrivateKey, data: bytes, making: Making) -> bytes:
    """Sign with the key; RSA with the digest that is asked for, GOST with its own."""
    if isinstance(key, GostKey):
        return key.sign(data)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("People sign with an RSA or a GOST key.")
    return key.sign(data, padding.PKCS1v15(), _HASHES.get(making.digest or "", hashes.SHA256()))


def _attributes(content: bytes, certificate: Certificate, at: datetime, making: Making) -> list[bytes]:
    """Return the four signed attributes of CAdES-BES as NCALayer writes them."""
    digest = making.digest or ""
    imprint = making.imprint or (hashlib.sha1(content).digest() if digest == "sha1" else digest_of(digest, content))  # noqa: S324 - the bad case.
    named = hashlib.sha256(making.names or certificate.der).digest()
    return [
        attribute(CONTENT_TYPE, oid(making.signed_type)),
        attribute(SIGNING_TIME, utc_time(at.astimezone(UTC))),
        attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(named))))),
        attribute(MESSAGE_DIGEST, octets(imprint)),
    ]


def attribute(kind: str, *values: bytes) -> bytes:
    """Return one attribute of a kind (dotted OID) with its values."""
    return sequence(oid(kind), set_of(*values))


def _algorithm(dotted: str) -> bytes:
    return sequence(oid(dotted), NULL)


def _attached(content: bytes | None) -> tuple[bytes, ...]:
    return () if content is None else (tlv(0xA0, octets(content)),)


def _digest_oid(making: Making) -> str:
    return making.digest_oid or DIGEST_OIDS[making.digest or ""]


def sign_with_file(content: bytes, path: Path, at: datetime, password: str = "") -> bytes:
    """Sign with a file that holds key and certificate: a PEM as ``python -m nca_stub key`` writes it, or PKCS #12.

    Raises ValueError where the file does not hold an RSA or GOST key and its certificate, or no TEST one.
    """
    data = path.read_bytes()
    if data.startswith(b"0"):
        key, certificate = key_store(data, password)
    else:
        key, certificate = key_in(data), Certificate.read_all(path)[0]
    check_test(certificate)
    if not isinstance(key, rsa.RSAPrivateKey | GostKey):
        raise ValueError("People sign with an RSA or a GOST key.")  # noqa: TRY004 - the file's content is wrong, not a type.
    return sign_cms(content, key, certificate.der, at)
