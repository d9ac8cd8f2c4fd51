"""The algorithms that are allowed, as tables: one more algorithm is one more line here and a function.

A scheme takes the key as SubjectPublicKeyInfo DER; loading one costs 2 µs, so nothing is kept.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from shared.eds import gost_engine, gost_keys
from shared.eds.certificate import NO_PARAMETERS, RSA_KEY, AlgorithmId, Certificate
from shared.eds.verdict import Objection

LEAST_RSA_BITS: Final = 2048
MOST_RSA_BITS: Final = 8192
"""Longer keys only buy an attacker our time."""

EC_KEY: Final = "1.2.840.10045.2.1"
_HASHES: Mapping[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}

DIGESTS: Final[Mapping[str, str]] = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.2.398.3.10.1.3.2": "streebog256",
    "1.2.398.3.10.1.3.3": "streebog512",
}
"""The digests that are allowed, by OID: no SHA-1, no MD5, no 34.11-94."""

_NAMES: Final[Mapping[str, str]] = {
    "1.2.398.3.10.1.1.1.": "ГОСТ 34.10-2004",
    "1.2.398.3.10.1.1.2.": "ГОСТ 34.10-2015",
    "1.2.398.3.10.1.3.1": "ГОСТ 34.11-94",
}
"""What people call algorithms that a message may not be signed with, by the beginning of their OIDs."""


def _rsa_holds(key: bytes, signature: bytes, data: bytes, digest: str) -> bool:
    loaded = load_der_public_key(key)
    if not isinstance(loaded, rsa.RSAPublicKey):
        return False
    try:
        loaded.verify(signature, data, padding.PKCS1v15(), _HASHES[digest])
    except InvalidSignature:
        return False
    return True


def _ecdsa_holds(key: bytes, signature: bytes, data: bytes, digest: str) -> bool:
    loaded = load_der_public_key(key)
    if not isinstance(loaded, ec.EllipticCurvePublicKey):
        return False
    try:
        loaded.verify(signature, data, ec.ECDSA(_HASHES[digest]))
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to sign: the key it needs, the digests it goes with, and the check itself.

    ``holds(key, signature, data, digest)`` says whether the signature over the data holds.
    """

    key: str
    digests: tuple[str, ...]
    holds: Callable[[bytes, bytes, bytes, str], bool]


MESSAGE_SCHEMES: Final[Mapping[str, Scheme]] = {
    RSA_KEY: Scheme(RSA_KEY, tuple(_HASHES), _rsa_holds),
    "1.2.840.113549.1.1.11": Scheme(RSA_KEY, ("sha256",), _rsa_holds),
    "1.2.840.113549.1.1.12": Scheme(RSA_KEY, ("sha384",), _rsa_holds),
    "1.2.840.113549.1.1.13": Scheme(RSA_KEY, ("sha512",), _rsa_holds),
    "1.2.398.3.10.1.1.2.3.1": Scheme(gost_keys.KEY_2015_256, ("streebog256",), gost_engine.holds),
    "1.2.398.3.10.1.1.2.3.2": Scheme(gost_keys.KEY_2015_512, ("streebog512",), gost_engine.holds),
}
"""What a person's message may be signed with; 34.10-2004 is no longer among it."""

AUTHORITY_SCHEMES: Final[Mapping[str, Scheme]] = {
    **{oid: scheme for oid, scheme in MESSAGE_SCHEMES.items() if len(scheme.digests) == 1},
    "1.2.840.10045.4.3.2": Scheme(EC_KEY, ("sha256",), _ecdsa_holds),
    "1.2.840.10045.4.3.3": Scheme(EC_KEY, ("sha384",), _ecdsa_holds),
    "1.2.398.3.10.1.1.1.2": Scheme(gost_keys.KEY_2004, ("gost94",), gost_engine.holds),
}
"""What an authority may sign certificates, lists and answers with."""

SEAL_SCHEMES: Final[Mapping[str, Scheme]] = {
    **{oid: scheme for oid, scheme in MESSAGE_SCHEMES.items() if scheme.key == RSA_KEY},
    "1.2.840.10045.4.3.2": Scheme(EC_KEY, ("sha256",), _ecdsa_holds),
}
"""What an organisation may seal a PDF with: what it seals a JWS with too."""

_KEYS = frozenset(scheme.key for scheme in MESSAGE_SCHEMES.values())
_AUTHORITY_KEYS = frozenset(scheme.key for scheme in AUTHORITY_SCHEMES.values())
SEAL_KEYS: Final = frozenset(scheme.key for scheme in SEAL_SCHEMES.values())


def digest_named(algorithm: AlgorithmId) -> str:
    """Return the digest's name; raises Objection for one that is not allowed."""
    if algorithm.oid not in DIGESTS:
        raise Objection("digest_not_allowed")
    if algorithm.parameters not in {None, NO_PARAMETERS}:
        raise Objection("malformed")
    return DIGESTS[algorithm.oid]


def digest_of(name: str, data: bytes) -> bytes:
    """Return the digest of the data by a name of ``DIGESTS``; Streebog takes about 2 µs an octet."""
    return gost_engine.digest(name, data) if name in gost_engine.DIGESTS else hashlib.new(name, data).digest()


def message_scheme(algorithm: AlgorithmId, digest: str, allowed: Mapping[str, Scheme] = MESSAGE_SCHEMES) -> Scheme:
    """Return how a message was signed; raises Objection for a scheme not allowed or of another digest."""
    scheme = allowed.get(algorithm.oid)
    if scheme is None:
        raise Objection("algorithm_not_supported", algorithm=_name(algorithm.oid))
    if algorithm.parameters not in {None, NO_PARAMETERS}:
        raise Objection("malformed")
    if digest not in scheme.digests:
        raise Objection("digest_inconsistent")
    return scheme


def check_key(certificate: Certificate, scheme: Scheme, allowed: frozenset[str] = _KEYS) -> None:
    """Raise Objection unless the certificate's key is of the scheme, long enough, and a point of its curve."""
    named = certificate.key_algorithm.oid
    if named not in allowed:
        raise Objection("algorithm_not_supported", algorithm=_name(named))
    bits = certificate.rsa_bits
    if bits is not None and bits < LEAST_RSA_BITS:
        raise Objection("weak_key", bits=bits)
    if bits is not None and bits > MOST_RSA_BITS:
        raise Objection("algorithm_not_supported", algorithm=f"RSA-{bits}")
    if named != scheme.key or (named in gost_keys.KINDS and not gost_keys.is_fit(certificate.key)):
        raise Objection("key_not_valid")


def signed_by(authority: Certificate, algorithm: AlgorithmId, data: bytes, signature: bytes) -> bool:
    """Say whether the authority's key made the signature; raises Objection for an algorithm not supported or weak."""
    scheme = AUTHORITY_SCHEMES.get(algorithm.oid)
    if scheme is None:
        raise Objection("algorithm_not_supported", algorithm=_name(algorithm.oid))
    if authority.key_algorithm.oid != scheme.key:
        return False
    check_key(authority, scheme, _AUTHORITY_KEYS)
    return scheme.holds(authority.key, signature, data, scheme.digests[0])


def _name(oid: str) -> str:
    """Return what people call the algorithm, or its OID."""
    return next((name for family, name in _NAMES.items() if oid.startswith(family)), oid)
