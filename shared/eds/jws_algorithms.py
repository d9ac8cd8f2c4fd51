"""The allow-list of JWS algorithms: ES256, PS256, RS256 (RFC 7518); the key's kind must be the algorithm's."""

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_public_key

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_COORDINATE = 32
_LEAST_RSA_BITS = 2048
_PSS = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=hashes.SHA256.digest_size)


def algorithm_for(key: PrivateKey) -> str:
    """Return the algorithm a key signs with; raises ValueError for a curve other than P-256."""
    if isinstance(key, rsa.RSAPrivateKey):
        return "PS256"
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a seal's curve is P-256")  # noqa: TRY004 - the key's value is wrong, not the caller's type.
    return "ES256"


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Return the JWS signature over the data: r ‖ s for ES256, PSS with a salt of 32 bytes for PS256."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, _PSS, hashes.SHA256())
    r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(_COORDINATE, "big") + s.to_bytes(_COORDINATE, "big")


def holds(algorithm: str, spki: bytes, data: bytes, signature: bytes) -> bool:
    """Say whether the signature holds under the key (SubjectPublicKeyInfo DER); False for any other algorithm."""
    check = _CHECKS.get(algorithm)
    if check is None:
        return False
    try:
        return check(_key_in(spki), data, signature)
    except InvalidSignature:
        return False


def es256_holds(key: ec.EllipticCurvePublicKey, data: bytes, signature: bytes) -> bool:
    """Say whether the ES256 signature (r ‖ s) holds under a key that is loaded already."""
    try:
        return _es256(key, data, signature)
    except InvalidSignature:
        return False


@lru_cache(maxsize=256)
def _key_in(spki: bytes) -> PublicKeyTypes:
    """Read a key once: the registers seal every answer with the same few."""
    return load_der_public_key(spki)


def jwk_numbers(spki: bytes) -> dict[str, str]:
    """Return ``kty``, ``alg`` and the public numbers of a key as a JWK has them; raises ValueError for others."""
    key = load_der_public_key(spki)
    if isinstance(key, rsa.RSAPublicKey):
        rsa_numbers = key.public_numbers()
        size = (key.key_size + 7) // 8
        return {"kty": "RSA", "alg": "PS256", "n": _text(rsa_numbers.n, size), "e": _text(rsa_numbers.e, 3)}
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("neither RSA nor P-256")  # noqa: TRY004 - the same.
    point = key.public_numbers()
    return {
        "kty": "EC",
        "alg": "ES256",
        "crv": "P-256",
        "x": _text(point.x, _COORDINATE),
        "y": _text(point.y, _COORDINATE),
    }


def _es256(key: Any, data: bytes, signature: bytes) -> bool:  # noqa: ANN401 - any key there is; asked in the first line.
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return False
    if len(signature) != 2 * _COORDINATE:
        return False
    r, s = (int.from_bytes(half, "big") for half in (signature[:_COORDINATE], signature[_COORDINATE:]))
    key.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    return True


def _ps256(key: Any, data: bytes, signature: bytes) -> bool:  # noqa: ANN401 - the same.
    return _rsa(key, data, signature, _PSS)


def _rs256(key: Any, data: bytes, signature: bytes) -> bool:  # noqa: ANN401 - the same.
    return _rsa(key, data, signature, padding.PKCS1v15())


def _rsa(key: Any, data: bytes, signature: bytes, pad: padding.AsymmetricPadding) -> bool:  # noqa: ANN401 - the same.
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _LEAST_RSA_BITS:
        return False
    key.verify(signature, data, pad, hashes.SHA256())
    return True


def _text(number: int, size: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


_CHECKS: Final[Mapping[str, Callable[[Any, bytes, bytes], bool]]] = {"ES256": _es256, "PS256": _ps256, "RS256": _rs256}
