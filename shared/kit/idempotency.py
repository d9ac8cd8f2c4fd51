"""Idempotency-Key (IETF draft): the same request sent again gets the same answer, and happens once.

The key's row, the business rows and the stored answer commit together, or none of them does.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from shared.kit.database import Connection
from shared.kit.problems import BadRequest, Unprocessable
from shared.law.text import Text

TABLE = """
CREATE TABLE idempotency_keys (
    account text NOT NULL,
    route text NOT NULL,
    key_sha256 bytea NOT NULL,
    body_sha256 bytea NOT NULL,
    kept_at timestamptz NOT NULL,
    status smallint,
    location text,
    answer bytea,
    PRIMARY KEY (account, route, key_sha256)
)
"""
"""What a service's migration creates (one statement)."""

_TAKE = """
INSERT INTO idempotency_keys (account, route, key_sha256, body_sha256, kept_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING true
"""
_READ = """
SELECT body_sha256, status, location, answer FROM idempotency_keys
WHERE account = $1 AND route = $2 AND key_sha256 = $3
"""
_KEEP = """
UPDATE idempotency_keys SET status = $4, location = $5, answer = $6
WHERE account = $1 AND route = $2 AND key_sha256 = $3
"""
_KEY = re.compile(r'^"?([\x21\x23-\x7e]{1,200})"?$')


class IdempotencyKeyReused(Unprocessable):
    """The same Idempotency-Key came with another request."""

    slug = "idempotency-key-reused"
    title = Text(
        "Idempotency-Key басқа сұраумен қолданылған",
        "Idempotency-Key уже использован с другим запросом",
        "The Idempotency-Key was used with another request",
    )


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request with its key; the key itself is kept as a digest only, for a caller may put anything into it."""

    account: str
    route: str
    key_sha256: bytes
    body_sha256: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that is kept: its status, its ``Location`` if it has one, its body."""

    status: int
    body: bytes
    location: str | None = None


def keyed(key: str | None, account: str, route: str, body: bytes) -> Keyed:
    """Return a request under its ``Idempotency-Key``; BadRequest when there is none or it is malformed."""
    match = _KEY.match(key or "")
    if match is None:
        raise BadRequest("idempotency-key-malformed" if key else "idempotency-key-missing")
    return Keyed(account, route, hashlib.sha256(match[1].encode()).digest(), hashlib.sha256(body).digest())


async def keyed_request(request: Request, account: str) -> Keyed:
    """Return a request at hand under its key; its route is the template, not the path."""
    route = f"{request.method} {request.scope['route'].path_format}"
    return keyed(request.headers.get("idempotency-key"), account, route, await request.body())


async def recall(connection: Connection, asked: Keyed) -> Kept | None:
    """Return the answer that was given to this request before, None for a new one; raises IdempotencyKeyReused.

    For what must not even be prepared twice, as the hold of a slot; ``once`` decides all the same.
    """
    row = await connection.fetchrow(_READ, asked.account, asked.route, asked.key_sha256)
    if row is None or row["status"] is None:
        return None
    if row["body_sha256"] != asked.body_sha256:
        raise IdempotencyKeyReused
    return Kept(row["status"], row["answer"], row["location"])


async def once(connection: Connection, asked: Keyed, now: datetime, act: Callable[[], Awaitable[Kept]]) -> Kept:
    """Act unless this was done before, and return the answer that was given then.

    Call it inside the transaction in which ``act`` writes. The same key at once waits here until the first has
    committed; when ``act`` raises, the key is free again with the rollback.

    Raises:
        IdempotencyKeyReused: The key was used with another body.
    """
    place = (asked.account, asked.route, asked.key_sha256)
    if await connection.fetchval(_TAKE, *place, asked.body_sha256, now):
        kept = await act()
        await connection.execute(_KEEP, *place, kept.status, kept.location, kept.body)
        return kept
    row = await connection.fetchrow(_READ, *place)
    if row["body_sha256"] != asked.body_sha256:
        raise IdempotencyKeyReused
    return Kept(row["status"], row["answer"], row["location"])
