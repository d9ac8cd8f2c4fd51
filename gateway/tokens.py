"""Access tokens (RFC 9068: JWT, ``at+jwt``, ES256, ten minutes) and refresh tokens (opaque, kept only as hashes).

A token of ours begins with one of our own headers, byte for byte. So whatever else a header could say (``none``, HS256,
a foreign ``kid``, ``jwk``, ``jku``, ``x5u``, ``crit``, another ``typ``) is refused before anything is parsed.
A token names the account and the session, never the person: no IIN is in it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BaseModel, ConfigDict, ValidationError

from gateway.compact import TokenNotValid, check_signature, decoded, encoded, header_of, parts_of, signature_over

ACCESS_LIFE: Final = timedelta(minutes=10)


class _Claims(BaseModel):
    """RFC 9068, section 2.2, without the optional ones; ``sid`` is the session."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    iss: str
    aud: str
    sub: str
    sid: str
    jti: str
    client_id: str
    iat: int
    exp: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom an access token speaks for."""

    account: UUID
    session: UUID


class AccessTokens:
    """Issues access tokens with one key and accepts those of this and of retired keys."""

    def __init__(
        self,
        key: EllipticCurvePrivateKey,
        *,
        issuer: str,
        audience: str,
        retired: Sequence[EllipticCurvePublicKey] = (),
    ) -> None:
        """Take a P-256 key; ``retired`` are the public keys of those in use until lately."""
        if not isinstance(key.curve, SECP256R1):
            raise TypeError("Access tokens are signed with a P-256 key.")
        self._key, self._issuer, self._audience = key, issuer, audience
        self._header = header_of(key.public_key())
        self._keys = {header_of(public): public for public in (key.public_key(), *retired)}

    @classmethod
    def from_file(cls, path: Path, *, issuer: str, audience: str) -> "AccessTokens":
        """Read the key from a PEM file."""
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise TypeError("Access tokens are signed with a P-256 key.")
        return cls(key, issuer=issuer, audience=audience)

    def issue(self, bearer: Bearer, at: datetime) -> str:
        """Return a token that is valid for ten minutes from ``at`` (aware)."""
        issued = int(at.timestamp())
        claims = _Claims(
            iss=self._issuer,
            aud=self._audience,
            sub=str(bearer.account),
            sid=str(bearer.session),
            jti=token_urlsafe(12),
            client_id="portal",
            iat=issued,
            exp=issued + int(ACCESS_LIFE.total_seconds()),
        )
        signed = f"{self._header}.{encoded(claims.model_dump_json().encode())}"
        return f"{signed}.{signature_over(signed, self._key)}"

    def read(self, token: str, at: datetime) -> tuple[Bearer, datetime]:
        """Return whom the token speaks for at this time, and until when; raises TokenNotValid."""
        header, payload, signature = parts_of(token)
        key = self._keys.get(header)
        if key is None:
            raise TokenNotValid("header")
        check_signature(f"{header}.{payload}", signature, key)
        claims = _claims_in(decoded(payload))
        if (claims.iss, claims.aud) != (self._issuer, self._audience):
            raise TokenNotValid("issuer-or-audience")
        if not claims.iat <= at.timestamp() < claims.exp:
            raise TokenNotValid("time")
        try:
            return Bearer(UUID(claims.sub), UUID(claims.sid)), datetime.fromtimestamp(claims.exp, UTC)
        except ValueError:
            raise TokenNotValid("claims") from None


def new_refresh_token() -> str:
    """Return a fresh refresh token: 256 random bits."""
    return token_urlsafe(32)


def hash_of(refresh_token: str) -> bytes:
    """Return what is kept of a refresh token; a plain hash is enough for 256 random bits."""
    return hashlib.sha256(refresh_token.encode("utf-8", "surrogatepass")).digest()


def _claims_in(payload: bytes) -> _Claims:
    try:
        return _Claims.model_validate_json(payload)
    except ValidationError:
        raise TokenNotValid("claims") from None
