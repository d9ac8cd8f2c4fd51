"""The authority itself: a root, an issuing authority under it, an OCSP responder, and the certificates they issue.

There are two, as in life: one with RSA keys in its folder, one with GOST 34.10-2015 keys in the folder ``gost`` inside.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from nca_stub import certificates
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey, key_in, pem_of
from nca_stub.orders import Attributes, Order, name_of
from nca_stub.profiles import Profile
from nca_stub.register import Register, write_file
from nca_stub.resigning import signed_certificate

Kind = Literal["rsa", "gost"]
KINDS: Final[tuple[Kind, ...]] = ("rsa", "gost")
MARK: Final = "TEST / СЫНАҚ / ТЕСТ"
_NAMES: Final[dict[Kind, tuple[str, str]]] = {
    "rsa": ("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ RSA TEST", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST"),
    "gost": ("НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ GOST TEST", "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) TEST"),
}
GOST_FOLDER: Final = "gost"
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
    def issuing_key(self) -> PrivateKey:
        """Return the issuing authority's key."""
        return key_in((self.folder / "issuing.key.pem").read_bytes())

    @property
    def kind(self) -> Kind:
        """Return whether it signs with RSA or GOST."""
        return "gost" if isinstance(self.issuing_key, GostKey) else "rsa"

    def issue(self, order: Order) -> Issued:
        """Issue a certificate and record it; the GOST authority gives GOST keys where RSA is asked for."""
        if self.kind == "gost" and order.key == "rsa":
            order = order.in_gost()
        key = order.make_key()
        certificate = self.sign(certificates.leaf(order, key, self.issuing), key)
        self.register.add_issued(certificate.serial_number, certificate.public_bytes(Encoding.DER))
        return Issued(key, certificate, self.issuing)

    def sign(self, builder: x509.CertificateBuilder, subject: PrivateKey) -> x509.Certificate:
        """Sign a certificate for the subject's key, whatever the builder says, and record nothing."""
        return signed_certificate(builder, subject, self.issuing_key)

    def write_trust(self, folder: Path) -> None:
        """Write root and issuing certificate where others pin them."""
        mark = "_gost" if self.kind == "gost" else ""
        for name in ("root", "issuing"):
            write_file(folder / f"{name}{mark}.cer", (self.folder / f"{name}.cer").read_bytes())


def create_authority(folder: Path, now: datetime, kind: Kind = "rsa") -> Authority:
    """Create the authority's keys and certificates at the time (aware), or open the one that is already there.

    Takes about a second for RSA: two keys of 3072 bits. The folder is that of the RSA authority, for GOST too.
    """
    if kind == "gost":
        folder = folder / GOST_FOLDER
    if (folder / "issuing.cer").is_file():
        return Authority(folder)
    root_key, issuing_key = _new_key(kind), _new_key(kind)
    root_name, issuing_name = (_name(common) for common in _NAMES[kind])
    root = certificates.authority(root_name, root_key, None, (now - 5 * _YEAR, now + 20 * _YEAR))
    root_certificate = signed_certificate(root.issuer_name(root_name), root_key, root_key)
    issuing = certificates.authority(issuing_name, issuing_key, root_certificate, (now - 3 * _YEAR, now + 15 * _YEAR))
    issuing_certificate = signed_certificate(issuing.issuer_name(root_name), issuing_key, root_key)
    write_file(folder / "root.key.pem", pem_of(root_key), secret=True)
    write_file(folder / "root.cer", root_certificate.public_bytes(Encoding.DER))
    write_file(folder / "issuing.key.pem", pem_of(issuing_key), secret=True)
    # The issuing certificate is written last: its presence says that all is there.
    write_file(folder / "issuing.cer", issuing_certificate.public_bytes(Encoding.DER))
    return Authority(folder)


def create_desk(authority: Authority, name: str, profile: Profile, key: PrivateKey) -> tuple[PrivateKey, bytes]:
    """Return key and certificate (DER) of a part of the authority that signs answers; made when first asked for.

    As long in force as the authority itself. ``name`` names the files and the subject.
    """
    path = authority.folder / f"{name}.cer"
    key_path = authority.folder / f"{name}.key.pem"
    if not path.is_file():
        issuing = authority.issuing
        order = Order(
            profile=profile,
            subject=((NameOID.COMMON_NAME, f"{name.upper()} TEST"), (NameOID.COUNTRY_NAME, "KZ")),
            not_before=issuing.not_valid_before_utc,
            not_after=issuing.not_valid_after_utc,
            key=key,
        )
        with authority.register.locked():
            if not path.is_file():
                write_file(key_path, pem_of(key), secret=True)
                certificate = authority.sign(certificates.leaf(order, key, issuing), key)
                authority.register.add_issued(certificate.serial_number, certificate.public_bytes(Encoding.DER))
                write_file(path, certificate.public_bytes(Encoding.DER))
    return key_in(key_path.read_bytes()), path.read_bytes()


def _new_key(kind: Kind) -> PrivateKey:
    return GostKey.generate() if kind == "gost" else rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def _name(common: str) -> x509.Name:
    attributes: Attributes = (
        (NameOID.COMMON_NAME, common),
        (NameOID.ORGANIZATION_NAME, MARK),
        (NameOID.COUNTRY_NAME, "KZ"),
    )
    return name_of(attributes)
