"""The wire form of our access tokens: compact JWS (RFC 7515), ES256, one spelling only."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST: Final = 2048
"""Characters of an access token; ours have some five hundred."""
_HALF: Final = 32
_ES256: Final = ECDSA(SHA256())


class TokenNotValid(Exception):
    """The token is not one of ours, or no longer; ``code`` is for the log."""

    def __init__(self, code: str) -> None:
        """Name the reason; callers are told none."""
        super().__init__(code)
        self.code = code


def header_of(key: EllipticCurvePublicKey) -> str:
    """Return the only header, encoded, that a token signed with this key has."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    header = {"alg": "ES256", "typ": "at+jwt", "kid": encoded(hashlib.sha256(der).digest())}
    return encoded(json.dumps(header, separators=(",", ":")).encode())


def parts_of(token: str) -> tuple[str, str, str]:
    """Return header, payload and signature as they are written (RFC 7515, section 7.1)."""
    match token.split(".") if len(token) <= LONGEST else []:
        case [header, payload, signature]:
            return header, payload, signature
    raise TokenNotValid("shape")


def signature_over(signed: str, key: EllipticCurvePrivateKey) -> str:
    """Return the ES256 signature, r and s of 32 bytes each, encoded."""
    r, s = decode_dss_signature(key.sign(signed.encode(), _ES256))
    return encoded(r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big"))


def check_signature(signed: str, signature: str, key: EllipticCurvePublicKey) -> None:
    """Raise TokenNotValid unless the signature is this key's."""
    raw = decoded(signature)
    if len(raw) != 2 * _HALF:
        raise TokenNotValid("signature")
    r, s = int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big")
    try:
        key.verify(encode_dss_signature(r, s), signed.encode("utf-8", "surrogatepass"), _ES256)
    except InvalidSignature:
        raise TokenNotValid("signature") from None


def encoded(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return what base64url without padding says; only the one spelling that encoding gives is taken."""
    try:
        data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        raise TokenNotValid("encoding") from None
    if encoded(data) != text:
        raise TokenNotValid("encoding")
    return data
