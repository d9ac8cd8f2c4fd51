"""The authority itself: a root, an issuing authority under it, an OCSP responder, and the certificates they issue."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from nca_stub import certificates, profiles
from nca_stub.orders import Attributes, Order, PrivateKey, name_of
from nca_stub.register import Register, write_file

MARK: Final = "TEST / СЫНАҚ / ТЕСТ"
ROOT_NAME: Final[Attributes] = (
    (NameOID.COMMON_NAME, "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ RSA TEST"),
    (NameOID.ORGANIZATION_NAME, MARK),
    (NameOID.COUNTRY_NAME, "KZ"),
)
ISSUING_NAME: Final[Attributes] = (
    (NameOID.COMMON_NAME, "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST"),
    (NameOID.ORGANIZATION_NAME, MARK),
    (NameOID.COUNTRY_NAME, "KZ"),
)
RSA_BITS: Final = 3072
"""The real authorities have 4096; a stub's keys have to be made in a moment."""

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its key and the issuing authority's certificate, ready to be written as PEM."""

    key: PrivateKey = field(repr=False)
    certificate: x509.Certificate
    issuing: x509.Certificate

    @property
    def der(self) -> bytes:
        """Return the certificate's DER."""
        return self.certificate.public_bytes(Encoding.DER)

    def key_pem(self) -> bytes:
        """Return the key, unencrypted: a TEST key."""
        return pem_of(self.key)

    def chain_pem(self) -> bytes:
        """Return the certificate and the issuing authority's, the leaf first."""
        return b"".join(one.public_bytes(Encoding.PEM) for one in (self.certificate, self.issuing))

    def pem(self) -> bytes:
        """Return key and certificate in one PEM, as the demo keys are kept."""
        return self.key_pem() + self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Authority:
    """An authority in its folder. Keys are loaded when first needed and kept."""

    folder: Path

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open an authority that was created; raises FileNotFoundError where there is none."""
        if not (folder / "issuing.cer").is_file():
            raise FileNotFoundError("There is no certification authority in this folder yet.")
        return cls(folder)

    @cached_property
    def register(self) -> Register:
        """Return what was issued and revoked."""
        return Register(self.folder)

    @cached_property
    def root(self) -> x509.Certificate:
        """Return the root's certificate."""
        return x509.load_der_x509_certificate((self.folder / "root.cer").read_bytes())

    @cached_property
    def issuing(self) -> x509.Certificate:
        """Return the issuing authority's certificate."""
        return x509.load_der_x509_certificate((self.folder / "issuing.cer").read_bytes())

    @cached_property
    def issuing_key(self) -> rsa.RSAPrivateKey:
        """Return the issuing authority's key."""
        key = load_pem_private_key((self.folder / "issuing.key.pem").read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("The issuing authority's key is RSA.")
        return key

    def issue(self, order: Order) -> Issued:
        """Issue a certificate and record it."""
        key = order.make_key()
        builder = certificates.leaf(order, key, self.issuing)
        certificate = builder.sign(self.issuing_key, hashes.SHA256())
        self.register.add_issued(certificate.serial_number, certificate.public_bytes(Encoding.DER))
        return Issued(key, certificate, self.issuing)

    def write_trust(self, folder: Path) -> None:
        """Write root and issuing certificate where others pin them."""
        for name in ("root.cer", "issuing.cer"):
            write_file(folder / name, (self.folder / name).read_bytes())


def create_authority(folder: Path, now: datetime) -> Authority:
    """Create the authority's keys and certificates at the time (aware), or open the one that is already there.

    Takes about a second: two RSA-3072 keys.
    """
    if (folder / "issuing.cer").is_file():
        return Authority(folder)
    root_key, issuing_key = (rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS) for _ in range(2))
    root_name, issuing_name = name_of(ROOT_NAME), name_of(ISSUING_NAME)
    root = certificates.authority(root_name, root_key.public_key(), None, (now - 5 * _YEAR, now + 20 * _YEAR))
    root_certificate = root.issuer_name(root_name).sign(root_key, hashes.SHA256())
    issuing = certificates.authority(
        issuing_name, issuing_key.public_key(), root_certificate, (now - 3 * _YEAR, now + 15 * _YEAR)
    )
    issuing_certificate = issuing.issuer_name(root_name).sign(root_key, hashes.SHA256())
    write_file(folder / "root.key.pem", pem_of(root_key), secret=True)
    write_file(folder / "root.cer", root_certificate.public_bytes(Encoding.DER))
    write_file(folder / "issuing.key.pem", pem_of(issuing_key), secret=True)
    created = Authority(folder)
    _create_responder(folder, issuing_certificate, issuing_key, now)
    # The issuing certificate is written last: its presence says that all is there.
    write_file(folder / "issuing.cer", issuing_certificate.public_bytes(Encoding.DER))
    return created


def _create_responder(folder: Path, issuing: x509.Certificate, issuing_key: rsa.RSAPrivateKey, now: datetime) -> None:
    """Make the delegated OCSP responder (RFC 6960, 4.2.2.2)."""
    key = ec.generate_private_key(ec.SECP256R1())
    order = Order(
        profile=profiles.RESPONDER,
        subject=((NameOID.COMMON_NAME, "OCSP RESPONDER TEST"), (NameOID.COUNTRY_NAME, "KZ")),
        not_before=now - 3 * _YEAR,
        not_after=now + 15 * _YEAR,
        key=key,
    )
    certificate = certificates.leaf(order, key, issuing).sign(issuing_key, hashes.SHA256())
    write_file(folder / "ocsp.key.pem", pem_of(key), secret=True)
    write_file(folder / "ocsp.cer", certificate.public_bytes(Encoding.DER))


def pem_of(key: PrivateKey) -> bytes:
    """Return a key as unencrypted PKCS #8 PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
