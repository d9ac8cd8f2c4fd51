"""Tables and queries of organisations' own systems: who they are, their keys, the assertions that have served.

Each function stands inside the caller's transaction; every one that is asked for an organisation names its BIN.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.kit.database import Connection
from shared.law.scopes import Scope

_COLUMNS: Final = "client_id, organisation_bin, name, scopes, created_at"
_IN_FORCE: Final = "(valid_until IS NULL OR valid_until > $2)"


@dataclass(frozen=True, slots=True)
class Client:
    """A system that acts for one organisation."""

    client_id: UUID
    organisation_bin: str
    name: str
    scopes: frozenset[Scope]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ClientKey:
    """A public key of a client; after ``valid_until`` it serves no more."""

    kid: str
    alg: str
    jwk: Mapping[str, Any]
    added_at: datetime
    valid_until: datetime | None = None


async def insert(c: Connection, client: Client, by: UUID) -> None:
    """Write a new client down."""
    await c.execute(
        "INSERT INTO clients (client_id, organisation_bin, name, scopes, created_at, created_by)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        client.client_id, client.organisation_bin, client.name, sorted(client.scopes), client.created_at, by,
    )  # fmt: skip


async def list_of(c: Connection, organisation_bin: str) -> list[Client]:
    """Return the organisation's clients that are not revoked, the eldest first."""
    rows = await c.fetch(
        f"SELECT {_COLUMNS} FROM clients WHERE organisation_bin = $1 AND revoked_at IS NULL ORDER BY client_id",  # noqa: S608 - constants of ours.
        organisation_bin,
    )
    return [_client(row) for row in rows]


async def find(c: Connection, client_id: UUID, organisation_bin: str | None = None) -> Client | None:
    """Return a client that is not revoked; of the organisation where one is named. Its row is locked."""
    row = await c.fetchrow(
        f"SELECT {_COLUMNS} FROM clients WHERE client_id = $1 AND revoked_at IS NULL"  # noqa: S608 - as above.
        " AND ($2::text IS NULL OR organisation_bin = $2) FOR UPDATE",
        client_id,
        organisation_bin,
    )
    return _client(row) if row else None


async def acting(c: Connection, client_id: UUID, kid: str, at: datetime) -> Client | None:
    """Return the client whose key still serves at this time: whatever is revoked is over at once."""
    row = await c.fetchrow(
        f"SELECT {_COLUMNS} FROM clients JOIN client_keys USING (client_id)"  # noqa: S608 - as above.
        f" WHERE client_id = $1 AND revoked_at IS NULL AND kid = $3 AND {_IN_FORCE}",
        client_id,
        at,
        kid,
    )
    return _client(row) if row else None


async def keys_of(c: Connection, client_id: UUID, at: datetime) -> list[ClientKey]:
    """Return the client's keys that serve at this time, the eldest first."""
    rows = await c.fetch(
        "SELECT kid, alg, jwk, added_at, valid_until FROM client_keys"  # noqa: S608 - as above.
        f" WHERE client_id = $1 AND {_IN_FORCE} ORDER BY added_at, kid",
        client_id,
        at,
    )
    return [ClientKey(**{**row, "jwk": json.loads(row["jwk"])}) for row in rows]


async def add_keys(c: Connection, client_id: UUID, keys: Sequence[ClientKey], by: UUID) -> bool:
    """Add keys; False where one of these names was used before: a name stands for one key for ever."""
    added = await c.fetch(
        "INSERT INTO client_keys (client_id, kid, alg, jwk, added_at, added_by)"
        " SELECT $1, key.*, $5, $6 FROM unnest($2::text[], $3::text[], $4::jsonb[]) AS key"
        " ON CONFLICT DO NOTHING RETURNING true",
        client_id, [key.kid for key in keys], [key.alg for key in keys], [json.dumps(key.jwk) for key in keys],
        keys[0].added_at, by,
    )  # fmt: skip
    return len(added) == len(keys)


async def end_keys(c: Connection, client_id: UUID, kids: Sequence[str], at: datetime, until: datetime) -> int:
    """Let keys that serve ``at`` this time serve ``until`` then; returns how many they are."""
    done = await c.execute(
        f"UPDATE client_keys SET valid_until = $4 WHERE client_id = $1 AND kid = ANY($3::text[]) AND {_IN_FORCE}",  # noqa: S608 - as above.
        client_id,
        at,
        list(kids),
        until,
    )
    return int(done.rpartition(" ")[2])


async def revoke(c: Connection, client_id: UUID, organisation_bin: str, by: UUID, at: datetime) -> bool:
    """Revoke a client of the organisation; False where there is none."""
    done = await c.execute(
        "UPDATE clients SET revoked_at = $3, revoked_by = $4"
        " WHERE client_id = $1 AND organisation_bin = $2 AND revoked_at IS NULL",
        client_id,
        organisation_bin,
        at,
        by,
    )
    return bool(done == "UPDATE 1")


async def use_assertion(c: Connection, client_id: UUID, jti: str, expires_at: datetime) -> bool:
    """Note that an assertion has served; False where it did before (RFC 7523, 3)."""
    used = await c.fetchval(
        "INSERT INTO client_assertions (client_id, jti_sha256, expires_at) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING true",
        client_id,
        hashlib.sha256(jti.encode()).digest(),
        expires_at,
    )
    return bool(used)


def _client(row: Mapping[str, Any]) -> Client:
    return Client(**{**row, "scopes": frozenset(map(Scope, row["scopes"]))})
