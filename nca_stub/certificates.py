"""How certificates are put together: the extensions of an authority and of an end entity."""

import hashlib
import secrets
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID

from nca_stub.encoding import octets
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey
from nca_stub.orders import Order, name_of
from nca_stub.resigning import placeholder

_CPS: Final = "http://nca.test/cps"
_HOST: Final = "http://nca.test"
_KEY_STORAGE: Final = x509.ObjectIdentifier("1.2.398.3.3.5")
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def authority(
    name: x509.Name, key: PrivateKey, above: x509.Certificate | None, validity: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    """Return the certificate of a root (nothing above) or an issuing authority, for its issuer to name and sign."""
    own = _key_id(key)
    builder = (
        x509.CertificateBuilder(subject_name=name, public_key=_public(key), serial_number=_new_serial())
        .not_valid_before(validity[0])
        .not_valid_after(validity[1])
        .add_extension(x509.BasicConstraints(ca=True, path_length=0 if above else None), critical=True)
        .add_extension(_usage(frozenset({"key_cert_sign", "crl_sign"})), critical=True)
        .add_extension(own, critical=False)
        .add_extension(_policies("1.2.398.3.3.2" if above else "1.2.398.3.1.2"), critical=False)
    )
    issuer = _issuer_key_id(above) if above else x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    return builder.add_extension(issuer, critical=False)


def leaf(order: Order, key: PrivateKey, issuing: x509.Certificate) -> x509.CertificateBuilder:
    """Return an end entity's certificate, for the issuing authority to sign."""
    builder = x509.CertificateBuilder(
        issuer_name=issuing.subject,
        subject_name=name_of(order.subject),
        public_key=_public(key),
        serial_number=_new_serial(),
    )
    builder = builder.not_valid_before(order.not_before).not_valid_after(order.not_after)
    for extension, critical in _extensions(order, key, issuing):
        builder = builder.add_extension(extension, critical=critical)
    return builder


def _extensions(order: Order, key: PrivateKey, issuing: x509.Certificate) -> list[tuple[x509.ExtensionType, bool]]:
    """Return an end entity's extensions, each with whether it is critical."""
    said = order.profile
    issuer = "gost2022" if "GOST" in issuing.subject.rfc4514_string() else "rsa"
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (_policies(*said.policies), False),
        (_access(issuer), False),
        (x509.CRLDistributionPoints([_point(f"nca_{issuer}_test.crl")]), False),
        (x509.FreshestCRL([_point(f"nca_{issuer}_d_test.crl")]), False),
        (x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in said.purposes]), said.one_purpose),
        (_usage(said.usages), True),
        (_key_id(key), False),
        (_issuer_key_id(issuing), False),
    ]
    if said.storage:
        inside = x509.ExtendedKeyUsage([x509.ObjectIdentifier(said.storage)]).public_bytes()
        extensions.append((x509.UnrecognizedExtension(_KEY_STORAGE, inside), False))
    if said.no_check:
        extensions.append((x509.OCSPNoCheck(), False))
    return extensions


def _public(key: PrivateKey) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
    """Return the public key for the library's builder; a GOST key is put in afterwards."""
    return placeholder().public_key() if isinstance(key, GostKey) else key.public_key()


def _key_id(key: PrivateKey) -> x509.SubjectKeyIdentifier:
    """Return the key identifier: SHA-1 of the key's bits (RFC 5280, 4.2.1.2)."""
    if not isinstance(key, GostKey):
        return x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    held = octets(key.public_octets())
    return x509.SubjectKeyIdentifier(hashlib.sha1(held).digest())  # noqa: S324 - an identifier, no signature.


def _issuer_key_id(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _new_serial() -> int:
    """Return a serial number of twenty octets, as the real authority's are: positive and unpredictable."""
    return secrets.randbits(158) | 1 << 158


def _usage(set_: frozenset[str]) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in set_ for name in _USAGES})


def _policies(*oids: str) -> x509.CertificatePolicies:
    """Return the policies; the practice statement stands with the last, as it does in real certificates."""
    return x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier(oid), [_CPS] if oid == oids[-1] else None) for oid in oids]
    )


def _access(issuer: str) -> x509.AuthorityInformationAccess:
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{_HOST}/ocsp/")
            ),
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier(f"{_HOST}/cert/nca_{issuer}_test.cer"),
            ),
        ]
    )


def _point(name: str) -> x509.DistributionPoint:
    return x509.DistributionPoint([x509.UniformResourceIdentifier(f"{_HOST}/crl/{name}")], None, None, None)
