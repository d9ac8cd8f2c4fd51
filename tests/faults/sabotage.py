"""Builds that break a promise, for one purpose: to show that the reckoning would notice (HARDENING.md).

Each is the real application with one thing done wrongly, started in the place of `create_app`. They live in tests only.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import FastAPI

from gateway import app as gateway_app
from gateway import forward, journal
from gateway.journal import Request
from gateway.world import World
from home_visit_svc import app as home_visit_app
from home_visit_svc import process as home_visit_process
from home_visit_svc.journal import Wanted, reserve
from home_visit_svc.settings import HomeVisitSettings
from home_visit_svc.visits import Visit
from shared.kit.casework.entries import Entry, NewEntry, Standing
from shared.kit.casework.journal import Journal
from shared.kit.database import Connection, Database

BEHIND_SECONDS: Final = 1.0
"""How much later than it is acknowledged a signature is written: as a write-behind cache would."""
APART_SECONDS: Final = 1.0
"""What lies between two transactions that should be one."""
_running: set["asyncio.Task[Any]"] = set()


def gateway_that_acknowledges_before_the_commit() -> FastAPI:
    """The signature is acknowledged at once and committed a little later."""
    store, deliver = journal.store_signature, forward.deliver

    async def store_later(*given: Any) -> None:
        await asyncio.sleep(BEHIND_SECONDS)
        await store(*given)

    async def acknowledge(
        database: Database, request_id: UUID, cms: bytes, verdict: Any, times: tuple[datetime, datetime, datetime]
    ) -> Request:
        signed_at, _, answer_by = times
        _let_run(store_later(database, request_id, cms, verdict, (signed_at, signed_at, answer_by)))
        async with database.connection() as c:
            row = await c.fetchrow(f"SELECT {journal.COLUMNS} FROM requests WHERE id = $1", request_id)  # noqa: S608 - a constant of ours.
        return replace(Request(**row), state="signed", signed_at=signed_at, cms=cms)

    async def deliver_what_is_stored(world: World, request: Request) -> Request:
        # What was only acknowledged has no evidence yet; the loop brings it when it is stored.
        return request if request.evidence is None else await deliver(world, request)

    journal.store_signature = acknowledge
    forward.deliver = deliver_what_is_stored
    return gateway_app.create_app()


def service_that_forgets_whom_it_knows() -> FastAPI:
    """Whatever is delivered is registered, also what was registered before: the request id is no key."""
    register, standing = Journal.register, Journal.standing
    last: dict[UUID, UUID] = {}

    async def register_anew(self: Journal, new: NewEntry, **given: Any) -> Entry | None:
        last[new.request_id] = uuid4()
        return await register(self, replace(new, request_id=last[new.request_id]), **given)

    async def standing_of_the_last(self: Journal, request_id: UUID) -> Standing | None:
        found = await standing(self, last.get(request_id, request_id))
        return None if found is None else replace(found, request_id=request_id)

    Journal.register = register_anew  # type: ignore[method-assign]
    Journal.standing = standing_of_the_last  # type: ignore[method-assign]
    return home_visit_app.create_app()


def service_that_promises_apart_from_its_outcome() -> FastAPI:
    """A round gives a call in one transaction, the outcome that promises it is written in another."""
    database = Database(HomeVisitSettings().database_url)

    async def reserve_apart(connection: Connection, wanted: Wanted) -> Visit:
        async with database.transaction() as another:
            assert another is not connection
            visit = await reserve(another, wanted)
        await asyncio.sleep(APART_SECONDS)
        return visit

    async def no_visit_stands(*_: object) -> None:
        """Let every call of a patient ask for a place of its own: the few people of this town call again and again."""

    home_visit_process.standing_visit = no_visit_stands  # type: ignore[attr-defined, assignment]
    home_visit_process.reserve = reserve_apart  # type: ignore[attr-defined]
    return home_visit_app.create_app()


def _let_run(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_running.discard)
