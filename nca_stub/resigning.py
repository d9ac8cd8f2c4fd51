"""Certificates and lists signed with GOST: the library knows no such key, so it builds them around a placeholder.

The builder signs with a key made for nothing; then algorithm, key and signature are put in their places by hand.
"""

from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub.encoding import bits, sequence
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey, algorithm_of, sign
from shared.eds import der

_ALGORITHM_OF_CERTIFICATE: Final = 2
_KEY_OF_CERTIFICATE: Final = 6
_ALGORITHM_OF_LIST: Final = 1


@cache
def placeholder() -> ec.EllipticCurvePrivateKey:
    """Return the key that stands where a GOST key will stand."""
    return ec.generate_private_key(ec.SECP256R1())


def signed_certificate(
    builder: x509.CertificateBuilder, subject: PrivateKey | None, issuer: PrivateKey
) -> x509.Certificate:
    """Sign what the builder holds with the issuer's key; the subject's key is put in where it is GOST."""
    if not isinstance(issuer, GostKey) and not isinstance(subject, GostKey):
        return builder.sign(issuer, hashes.SHA256())
    built = builder.sign(placeholder(), hashes.SHA256())
    parts = [one.raw for one in der.read(built.public_bytes(Encoding.DER)).children[0].children]
    parts[_ALGORITHM_OF_CERTIFICATE] = algorithm_of(issuer)
    if isinstance(subject, GostKey):
        parts[_KEY_OF_CERTIFICATE] = subject.public_info()
    return x509.load_der_x509_certificate(_signed(parts, issuer))


def signed_list(builder: x509.CertificateRevocationListBuilder, issuer: PrivateKey) -> x509.CertificateRevocationList:
    """Sign the list that the builder holds with the issuer's key."""
    if not isinstance(issuer, GostKey):
        return builder.sign(issuer, hashes.SHA256())
    built = builder.sign(placeholder(), hashes.SHA256()).public_bytes(Encoding.DER)
    (whole,) = der.shallow(built)
    (tbs, *_) = der.shallow(built, whole.content_start, whole.end)
    parts = [one.raw for one in der.shallow(built, tbs.content_start, tbs.end)]
    parts[_ALGORITHM_OF_LIST] = algorithm_of(issuer)
    return x509.load_der_x509_crl(_signed(parts, issuer))


def _signed(parts: list[bytes], issuer: PrivateKey) -> bytes:
    tbs = sequence(*parts)
    return sequence(tbs, algorithm_of(issuer), bits(sign(issuer, tbs)))
