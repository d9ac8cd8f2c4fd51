"""The assertion by which a system shows who it is: ``private_key_jwt`` (RFC 7521, 7523; OpenID Connect Core, 9).

Its header may say nothing but ``alg``, ``kid`` and ``typ``; the key is the one that the client registered under this
``kid``, and the algorithm the one that belongs to the key: what the header says is compared, never believed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

import jwt
from jwt.types import Options
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.clients import ClientKey
from shared.kit.jws_head import head_of

LONGEST: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=5)
TYPES: Final = frozenset({None, "JWT", "client-authentication+jwt"})
_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]{1,600}\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{86,700}", re.ASCII)
_UNCHECKED: Final[Options] = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
_HEADER: Final = frozenset({"alg", "kid", "typ"})


class AssertionRefused(Exception):
    """The assertion does not show who asks; ``code`` is for the log and for the integrator, and gives nothing away."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Claims(BaseModel):
    """RFC 7523, 3; others may stand there and are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)
    iss: str
    sub: str
    aud: str
    jti: Annotated[str, Field(min_length=1, max_length=200)]
    exp: Annotated[int, Field(ge=0, lt=2**40)]
    iat: Annotated[int, Field(ge=0, lt=2**40)] | None = None
    nbf: Annotated[int, Field(ge=0, lt=2**40)] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An assertion that holds: its key, and what must not serve again until it is over."""

    kid: str
    jti: str
    expires_at: datetime


def claimed_client(assertion: str) -> UUID:
    """Return which client an assertion speaks of, before anything of it is believed; raises AssertionRefused."""
    if _COMPACT.fullmatch(assertion) is None:
        raise AssertionRefused("malformed")
    try:
        claims = _Claims.model_validate(jwt.decode(assertion, options={"verify_signature": False}))
        client = UUID(claims.iss)
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError):
        raise AssertionRefused("malformed") from None
    if not claims.iss == claims.sub == str(client):
        raise AssertionRefused("malformed")
    return client


def check(assertion: str, keys: Sequence[ClientKey], audiences: frozenset[str], at: datetime) -> Shown:
    """Return what a client has shown by an assertion that ``claimed_client`` has read.

    Args:
        assertion: The compact JWS.
        keys: The client's keys that serve now.
        audiences: Names of ours, one of which is exactly what it must be meant for.
        at: Now, by the machine's clock (aware).

    Raises:
        AssertionRefused: It is not signed by one of the keys, is meant for another, is too old or lasts too long.
    """
    key = _key_of(assertion, keys)
    try:
        told = jwt.decode(assertion, jwt.PyJWK(dict(key.jwk), key.alg).key, [key.alg], options=_UNCHECKED)
        claims = _Claims.model_validate(told)
    except (jwt.InvalidTokenError, ValidationError, ValueError, TypeError):
        raise AssertionRefused("signature") from None
    if claims.aud not in audiences:
        raise AssertionRefused("audience")
    now = at.timestamp()
    begins = max(now if claims.iat is None else claims.iat, 0 if claims.nbf is None else claims.nbf)
    if claims.exp <= now or begins > now + SKEW.total_seconds():
        raise AssertionRefused("not_now")
    issued = min(now, now if claims.iat is None else claims.iat)
    if claims.exp - issued > LONGEST.total_seconds() + SKEW.total_seconds():
        raise AssertionRefused("lives_too_long")
    return Shown(key.kid, claims.jti, datetime.fromtimestamp(claims.exp, UTC))


def _key_of(assertion: str, keys: Sequence[ClientKey]) -> ClientKey:
    try:
        header = head_of(assertion)
    except (ValueError, RecursionError):
        raise AssertionRefused("malformed") from None
    if not header.keys() <= _HEADER or header.get("typ") not in TYPES:
        raise AssertionRefused("header")
    key = next((one for one in keys if one.kid == header.get("kid")), None)
    if key is None:
        raise AssertionRefused("unknown_key")
    if header.get("alg") != key.alg:
        raise AssertionRefused("algorithm")
    return key
