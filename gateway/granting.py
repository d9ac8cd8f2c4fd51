"""Tokens for organisations' own systems: client credentials with ``private_key_jwt`` (RFC 6749, 4.4; RFC 7523, 2.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import structlog

from gateway import assertions, clients
from gateway.assertions import AssertionRefused
from gateway.clients import Client
from gateway.tokens import ACCESS_LIFE, ClientBearer
from gateway.world import World

log = structlog.get_logger()
TOKEN_PATH: Final = "/v1/oauth/token"  # noqa: S105 - a path, no secret.
GRANT: Final = "client_credentials"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MOST_PARAMETERS: Final = 20


class TokenRefused(Exception):
    """There is no token (RFC 6749, 5.2): ``error`` is one of its codes, ``description`` a code of ours."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


@dataclass(frozen=True, slots=True)
class Granted:
    """A token, how long it lives in seconds, and its scopes."""

    access_token: str
    expires_in: int
    scopes: tuple[str, ...]


def read_form(body: bytes) -> Mapping[str, str]:
    """Return a form's parameters, each at most once (RFC 6749, 3.2); raises TokenRefused."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )  # fmt: skip
    except ValueError:
        raise TokenRefused("invalid_request", "malformed_form") from None
    told = {name: value for name, value in pairs if value}
    if len({name for name, _ in pairs}) != len(pairs):
        raise TokenRefused("invalid_request", "parameter_twice")
    return told


async def grant(world: World, form: Mapping[str, str]) -> Granted:
    """Return a token for whoever the form's assertion shows; it serves once. Raises TokenRefused."""
    if form.get("grant_type", GRANT) != GRANT:
        raise TokenRefused("unsupported_grant_type", "client_credentials_only")
    if "grant_type" not in form or "client_assertion" not in form:
        raise TokenRefused("invalid_request", "parameter_missing")
    if form.get("client_assertion_type") != ASSERTION_TYPE or "client_secret" in form:
        raise TokenRefused("invalid_request", "private_key_jwt_only")
    try:
        client, kid = await _shown(world, form["client_assertion"], form.get("client_id"))
    except AssertionRefused as refused:
        log.info("token.refused", code=refused.code)
        raise TokenRefused("invalid_client", refused.code, status=401) from None
    scopes = _scopes(client, form.get("scope"))
    bearer = ClientBearer(client.client_id, client.organisation_bin, kid, tuple(scopes))
    log.info("token.issued", client=str(client.client_id))
    token = world.tokens.issue_to_client(bearer, world.now())
    return Granted(token, int(ACCESS_LIFE.total_seconds()), bearer.scopes)


async def _shown(world: World, assertion: str, named: str | None) -> tuple[Client, str]:
    client_id, at = assertions.claimed_client(assertion), world.outside.now()
    if named is not None and named != str(client_id):
        raise AssertionRefused("another_client")
    async with world.database.transaction() as c:
        client = await clients.find(c, client_id)
        if client is None:
            # As for a client without this key: who is admitted here is told nobody.
            raise AssertionRefused("unknown_key")
        keys = await clients.keys_of(c, client_id, world.now())
        shown = assertions.check(assertion, keys, audiences(world), at)
        if not await clients.use_assertion(c, client_id, shown.jti, shown.expires_at):
            raise AssertionRefused("used_before")
    return client, shown.kid


def _scopes(client: Client, asked: str | None) -> Sequence[str]:
    if asked is None:
        return sorted(client.scopes)
    wanted = asked.split(" ")
    if not set(wanted) <= client.scopes or len(set(wanted)) != len(wanted):
        raise TokenRefused("invalid_scope", "not_among_the_clients")
    return sorted(wanted)


def audiences(world: World) -> frozenset[str]:
    """Return what an assertion may be meant for: the issuer, or the token end point, exactly."""
    issuer = world.settings.issuer
    return frozenset({issuer, f"{issuer}{TOKEN_PATH}"})
