"""What NCALayer does on a citizen's computer: a detached CAdES-BES signature (RFC 5652, RFC 5035) with an RSA key."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from nca_stub.encoding import NULL, integer, octets, oid, sequence, set_of, tlv, utc_time
from shared.eds.certificate import Certificate
from shared.eds.signed_data import CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2, SIGNING_TIME

DIGEST_OIDS: Final = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
SCHEME_OIDS: Final = {
    "sha1": "1.2.840.113549.1.1.5",
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
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

    ``attributes`` and ``signer`` change the encoded parts of SET OF signed attributes and of SignerInfo;
    ``certificates`` are the DERs put into the message, the signer's own unless given; ``imprint`` replaces the
    content's digest; ``names`` is the certificate that signingCertificateV2 names.
    """

    digest: str = "sha256"
    digest_oid: str | None = None
    digest_algorithms: Sequence[str] | None = None
    scheme_oid: str | None = None
    version: int = 1
    signers: int = 1
    content_type: str = DATA
    attached: bytes | None = None
    certificates: Sequence[bytes] | None = None
    imprint: bytes | None = None
    names: bytes | None = None
    attributes: Callable[[list[bytes]], list[bytes]] = field(default=_unchanged)
    sort: bool = True
    signer: Callable[[list[bytes]], list[bytes]] = field(default=_unchanged)
    unsigned: bytes = b""


AS_NCALAYER: Final = Making()


def sign_cms(
    content: bytes,
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate | bytes,
    at: datetime,
    making: Making = AS_NCALAYER,
) -> bytes:
    """Return the DER of a detached signature over the content, made at the time (aware) with the key."""
    der = certificate if isinstance(certificate, bytes) else certificate.public_bytes(Encoding.DER)
    signer = sequence(*making.signer(_signer(content, key, Certificate.read(der), at, making)))
    digests = making.digest_algorithms or [making.digest_oid or DIGEST_OIDS[making.digest]]
    held = [der] if making.certificates is None else making.certificates
    return sequence(
        oid(SIGNED_DATA),
        tlv(
            0xA0,
            sequence(
                integer(making.version),
                set_of(*(_algorithm(one) for one in digests)),
                sequence(oid(making.content_type), *_attached(making.attached)),
                *([tlv(0xA0, *held)] if held else []),
                set_of(*[signer] * making.signers),
            ),
        ),
    )


def _signer(
    content: bytes, key: rsa.RSAPrivateKey, certificate: Certificate, at: datetime, making: Making
) -> list[bytes]:
    """Return the parts of SignerInfo: version, signer, digest, signed attributes, scheme, signature, unsigned ones."""
    attributes = making.attributes(_attributes(content, certificate, at, making))
    encoded = b"".join(sorted(attributes) if making.sort else attributes)
    digest = _HASHES[making.digest]
    signature = key.sign(tlv(0x31, encoded), padding.PKCS1v15(), digest)
    return [
        integer(1),
        sequence(certificate.issuer, integer(certificate.serial)),
        _algorithm(making.digest_oid or DIGEST_OIDS[making.digest]),
        tlv(0xA0, encoded),
        _algorithm(making.scheme_oid or SCHEME_OIDS[making.digest]),
        octets(signature),
        *([tlv(0xA1, making.unsigned)] if making.unsigned else []),
    ]


def _attributes(content: bytes, certificate: Certificate, at: datetime, making: Making) -> list[bytes]:
    """Return the four signed attributes of CAdES-BES as NCALayer writes them."""
    imprint = making.imprint or hashlib.new(making.digest, content).digest()
    named = hashlib.sha256(making.names or certificate.der).digest()
    return [
        attribute(CONTENT_TYPE, oid(DATA)),
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


def sign_with_file(content: bytes, pem: Path, at: datetime) -> bytes:
    """Sign with a PEM file that holds key and certificate, as ``python -m nca_stub key`` writes it.

    Raises ValueError where the file does not hold an RSA key and its certificate.
    """
    data = pem.read_bytes()
    key = load_pem_private_key(data, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("People sign with an RSA key.")  # noqa: TRY004 - the file's content is wrong, not a type.
    return sign_cms(content, key, Certificate.read_all(pem)[0].der, at)
