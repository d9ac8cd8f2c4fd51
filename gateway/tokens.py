"""Access tokens (RFC 9068: JWT, ``at+jwt``, ES256, ten minutes) and refresh tokens (opaque, kept only as hashes).

A header of ours has three members and nothing else: so whatever else one could say (``none``, HS256, a foreign ``kid``,
``jwk``, ``jku``, ``x5u``, ``crit``, another ``typ``, which PyJWT does not look at) is refused before a key is chosen.
A token names the account and the session, never the person: no IIN is in it. One of an employee names the organisation
and the roles too, for whoever reads it; the database is asked what they are now. One of an organisation's own system
names no session but the client, the key that it showed and its scopes: neither kind is ever read as the other.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from jwt.types import Options
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.kit.jws_head import head_of

ACCESS_LIFE: Final = timedelta(minutes=10)
TYPE: Final = "at+jwt"
# One spelling only: no padding, and the four bits that the last letter of a 64-byte signature leaves over are zero.
_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]{1,400}\.[A-Za-z0-9_-]{1,1500}\.[A-Za-z0-9_-]{85}[AQgw]", re.ASCII)
# The times are checked by our own clock.
_UNCHECKED: Final[Options] = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}


class TokenNotValid(Exception):
    """The token is not one of ours, or no longer; ``code`` is for the log."""

    def __init__(self, code: str) -> None:
        """Name the reason; callers are told none."""
        super().__init__(code)
        self.code = code


class _Claims(BaseModel):
    """RFC 9068, 2.2; ``sid`` is the session, ``org`` and ``roles`` an employee's, ``scope`` and ``key`` a client's."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    iss: str
    aud: str
    sub: str
    sid: str | None = None
    jti: str
    client_id: str
    iat: int
    exp: int
    org: str | None = None
    roles: list[str] | None = None
    scope: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom an access token speaks for: a citizen, or an employee of an organisation (its BIN) in their roles."""

    account: UUID
    session: UUID
    organisation: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientBearer:
    """The system of an organisation (its BIN): its client, the ``kid`` of the key that it showed, its scopes."""

    client: UUID
    organisation: str
    key: str
    scopes: tuple[str, ...]


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
        self._kid = _kid_of(key.public_key())
        self._keys = {_kid_of(public): public for public in (key.public_key(), *retired)}

    @classmethod
    def from_file(cls, path: Path, *, issuer: str, audience: str) -> "AccessTokens":
        """Read the key from a PEM file."""
        key = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise TypeError("Access tokens are signed with a P-256 key.")
        return cls(key, issuer=issuer, audience=audience)

    def issue(self, bearer: Bearer, at: datetime) -> str:
        """Return a token that is valid for ten minutes from ``at`` (aware)."""
        asks = "portal" if bearer.organisation is None else "workstation"
        session, roles = str(bearer.session), list(bearer.roles) or None
        return self._signed(at, (str(bearer.account), asks), sid=session, org=bearer.organisation, roles=roles)

    def issue_to_client(self, bearer: ClientBearer, at: datetime) -> str:
        """Return a token of an organisation's system that is valid for ten minutes from ``at`` (aware)."""
        client, scope = str(bearer.client), " ".join(bearer.scopes)
        return self._signed(at, (client, client), org=bearer.organisation, scope=scope, key=bearer.key)

    def read(self, token: str, at: datetime) -> tuple[Bearer, datetime]:
        """Return whom the token speaks for at this time, and until when (both aware); raises TokenNotValid."""
        claims = self._claims_at(token, at)
        if claims.sid is None or claims.scope is not None:
            raise TokenNotValid("of-a-client")
        try:
            bearer = Bearer(UUID(claims.sub), UUID(claims.sid), claims.org, tuple(claims.roles or ()))
        except ValueError:
            raise TokenNotValid("claims") from None
        return bearer, datetime.fromtimestamp(claims.exp, at.tzinfo)

    def read_client(self, token: str, at: datetime) -> ClientBearer | None:
        """Return for which system the token speaks at this time, None for a person's; raises TokenNotValid."""
        claims = self._claims_at(token, at)
        if claims.sid is not None:
            return None
        if claims.org is None or claims.scope is None or claims.key is None or claims.client_id != claims.sub:
            raise TokenNotValid("claims")
        return ClientBearer(UUID(claims.sub), claims.org, claims.key, tuple(claims.scope.split()))

    def _signed(self, at: datetime, whose: tuple[str, str], **others: str | list[str] | None) -> str:
        issued, (subject, client) = int(at.timestamp()), whose
        told = {"iss": self._issuer, "aud": self._audience, "sub": subject, "client_id": client}
        times = {"jti": token_urlsafe(12), "iat": issued, "exp": issued + int(ACCESS_LIFE.total_seconds())}
        claims = _Claims.model_validate(told | times | others)
        return jwt.encode(claims.model_dump(exclude_none=True), self._key, "ES256", {"typ": TYPE, "kid": self._kid})

    def _claims_at(self, token: str, at: datetime) -> _Claims:
        if _COMPACT.fullmatch(token) is None:
            raise TokenNotValid("shape")
        claims = self._claims_in(token)
        if not claims.iat <= at.timestamp() < claims.exp:
            raise TokenNotValid("time")
        return claims

    def _claims_in(self, token: str) -> _Claims:
        try:
            header = head_of(token)
            key = self._keys.get(header.get("kid", ""))
            if key is None or header != {"alg": "ES256", "typ": TYPE, "kid": header["kid"]}:
                raise TokenNotValid("header")
            claims = jwt.decode(token, key, ["ES256"], audience=self._audience, issuer=self._issuer, options=_UNCHECKED)
            return _Claims.model_validate(claims)
        except (jwt.InvalidTokenError, ValidationError, TypeError, ValueError):
            raise TokenNotValid("not-ours") from None


def new_refresh_token() -> str:
    """Return a fresh refresh token: 256 random bits."""
    return token_urlsafe(32)


def hash_of(refresh_token: str) -> bytes:
    """Return what is kept of a refresh token; a plain hash is enough for 256 random bits."""
    return hashlib.sha256(refresh_token.encode("utf-8", "surrogatepass")).digest()


def _kid_of(key: EllipticCurvePublicKey) -> str:
    """Return the key's name: the digest of its SubjectPublicKeyInfo."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
