"""Admitting an organisation's own systems, giving them new keys and revoking them: by its administrator."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from gateway import clients
from gateway.clients import Client, ClientKey
from gateway.schemas.clients import ClientIn, ClientJwk, NewKeysIn
from gateway.staff import StaffSession
from gateway.world import World
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7
from shared.kit.problems import Conflict, NotFound, Unprocessable
from shared.law.roles import StaffRole
from shared.law.scopes import SCOPES_IN
from shared.law.text import Text

log = structlog.get_logger()
MOST_CLIENTS: Final = 20
MOST_KEYS: Final = 10
"""That serve side by side."""
KnownClient = tuple[Client, list[ClientKey]]


class TooManyClients(Conflict):
    """The organisation has as many systems, or the system as many keys, as it may."""

    slug = "too-many-clients"
    title = Text(
        "Ұйымның жүйелері немесе кілттері тым көп",
        "У организации слишком много систем или ключей",
        "The organisation has too many systems or keys",
    )


class KeyNameUsed(Conflict):
    """The system had a key under this ``kid`` before; a name stands for one key for ever."""

    slug = "key-name-used"
    title = Text("Мұндай kid бұрын қолданылған", "Такой kid уже использовался", "This kid was used before")


async def admit(world: World, session: StaffSession, wanted: ClientIn, c: Connection) -> KnownClient:
    """Admit a system to the administrator's organisation, inside the caller's transaction.

    Raises:
        Unprocessable: The organisation has no such scope.
        TooManyClients: It has twenty systems already.
    """
    mine, at, chosen = session.employee, world.now(), frozenset(wanted.scopes)
    if not chosen <= SCOPES_IN[mine.organisation_bin]:
        raise Unprocessable(errors=[{"pointer": "/scopes", "code": "unknown-scope"}])
    await c.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"clients {mine.organisation_bin}")
    if len(await clients.list_of(c, mine.organisation_bin)) >= MOST_CLIENTS:
        raise TooManyClients
    client = Client(uuid7(at), mine.organisation_bin, wanted.name, chosen, at)
    await clients.insert(c, client, mine.employee_id)
    await clients.add_keys(c, client.client_id, _keys(wanted.public(), at), mine.employee_id)
    log.info("client.admitted", client=str(client.client_id))
    return client, await clients.keys_of(c, client.client_id, at)


async def list_all(world: World, session: StaffSession) -> list[KnownClient]:
    """Return the organisation's systems with their keys; raises NotYourRole."""
    session.require({StaffRole.ADMINISTRATOR})
    async with world.database.connection() as c:
        found = await clients.list_of(c, session.employee.organisation_bin)
        return [(one, await clients.keys_of(c, one.client_id, world.now())) for one in found]


async def rotate(world: World, session: StaffSession, client_id: UUID, wanted: NewKeysIn) -> KnownClient:
    """Add keys; those that there are serve for the overlap yet.

    Raises:
        NotYourRole: One is not the organisation's administrator.
        NotFound: The organisation has no such system.
        KeyNameUsed, TooManyClients: It had such a ``kid`` before, or has ten keys.
    """
    session.require({StaffRole.ADMINISTRATOR})
    mine, at = session.employee, world.now()
    async with world.database.transaction() as c:
        client = await _own(c, session, client_id)
        before = await clients.keys_of(c, client_id, at)
        if len(before) + len(wanted.public()) > MOST_KEYS:
            raise TooManyClients
        until = at + timedelta(hours=wanted.overlap_hours)
        replaced = [key.kid for key in before if key.valid_until is None or key.valid_until > until]
        await clients.end_keys(c, client_id, replaced, at, until)
        if not await clients.add_keys(c, client_id, _keys(wanted.public(), at), mine.employee_id):
            raise KeyNameUsed
        return client, await clients.keys_of(c, client_id, at)


async def end_key(world: World, session: StaffSession, client_id: UUID, kid: str) -> None:
    """End a key at once, and every token that was given for it; raises NotYourRole, NotFound."""
    session.require({StaffRole.ADMINISTRATOR})
    async with world.database.transaction() as c:
        await _own(c, session, client_id)
        if not await clients.end_keys(c, client_id, [kid], world.now(), world.now()):
            raise NotFound


async def revoke(world: World, session: StaffSession, client_id: UUID) -> None:
    """Revoke a system at once, and every token that it has; raises NotYourRole, NotFound."""
    session.require({StaffRole.ADMINISTRATOR})
    mine = session.employee
    async with world.database.transaction() as c:
        if not await clients.revoke(c, client_id, mine.organisation_bin, mine.employee_id, world.now()):
            raise NotFound
    log.info("client.revoked", client=str(client_id))


async def _own(c: Connection, session: StaffSession, client_id: UUID) -> Client:
    client = await clients.find(c, client_id, session.employee.organisation_bin)
    if client is None:
        raise NotFound
    return client


def _keys(given: Sequence[ClientJwk], at: datetime) -> list[ClientKey]:
    return [ClientKey(key.kid, key.algorithm, key.told(), at) for key in given]
