"""How certificates are put together: the extensions of an authority and of an end entity."""

import secrets
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID

from nca_stub.orders import Order, PrivateKey, name_of

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
    name: x509.Name, key: rsa.RSAPublicKey, above: x509.Certificate | None, validity: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    """Return the certificate of a root (nothing above) or an issuing authority, for its issuer to name and sign."""
    own = x509.SubjectKeyIdentifier.from_public_key(key)
    builder = (
        x509.CertificateBuilder(subject_name=name, public_key=key, serial_number=_new_serial())
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
    said = order.profile
    issuer = _issuer_key_id(issuing)
    purposes = [x509.ObjectIdentifier(oid) for oid in said.purposes]
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (_policies(*said.policies), False),
        (_access(), False),
        (x509.CRLDistributionPoints([_point("nca_rsa_test.crl")]), False),
        (x509.FreshestCRL([_point("nca_d_rsa_test.crl")]), False),
        (x509.ExtendedKeyUsage(purposes), False),
        (_usage(said.usages), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (issuer, False),
    ]
    if said.storage:
        inside = x509.ExtendedKeyUsage([x509.ObjectIdentifier(said.storage)]).public_bytes()
        extensions.append((x509.UnrecognizedExtension(_KEY_STORAGE, inside), False))
    if said.no_check:
        extensions.append((x509.OCSPNoCheck(), False))
    builder = x509.CertificateBuilder(
        issuer_name=issuing.subject,
        subject_name=name_of(order.subject),
        public_key=key.public_key(),
        serial_number=_new_serial(),
    )
    builder = builder.not_valid_before(order.not_before).not_valid_after(order.not_after)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder


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


def _access() -> x509.AuthorityInformationAccess:
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{_HOST}/ocsp/")
            ),
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier(f"{_HOST}/cert/nca_rsa_test.cer"),
            ),
        ]
    )


def _point(name: str) -> x509.DistributionPoint:
    return x509.DistributionPoint([x509.UniformResourceIdentifier(f"{_HOST}/crl/{name}")], None, None, None)
