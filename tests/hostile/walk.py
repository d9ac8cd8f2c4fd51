"""Asking every operation in every hostile way, and looking at what comes back and at what was stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import httpx2
from fastapi import FastAPI

from shared.kit.database import Database
from tests.hostile.strings import CANARY
from tests.openapi import PROBLEM, Operation
from tests.system.asking import Header, Told, ask
from tests.system.asks import Ask, Make
from tests.system.callers import Caller, asked_by, nobody
from tests.system.operations import line_of

COUNTED_ON_REFUSAL = {"login_tallies"}
"""Tables that a refused call writes on purpose: attempts are counted before a password is looked at."""
LEDGER, PROCESS_4 = "request_steps", b"HV-16.7"
"""Process 4 is written down too: a signature that was refused leaves its step in the ledger (Table 1, row 4)."""
REFUSED, TOO_MANY = 400, 429


@dataclass(frozen=True)
class Hostile:
    """One hostile request: what it is, how it is made of a good one, and whether it may never be taken."""

    name: str
    changed: Callable[[Ask], Ask]
    refused: bool = False
    headers: tuple[Header, ...] = ()


class Stored:
    """How many rows each table of a database has."""

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._query = ""

    async def count(self) -> Mapping[str, int]:
        """Return the number of rows by table; nothing for a service without a database."""
        if self._database is None:
            return {}
        async with self._database.connection() as c:
            if not self._query:
                found = await c.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                names = sorted({name for (name,) in found} - COUNTED_ON_REFUSAL)
                self._query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)  # noqa: S608 - our own tables.
            return dict(await c.fetch(self._query))

    async def forget_attempts(self) -> None:
        """Take back what was counted, so that the next call is looked at again."""
        if self._database is not None:
            async with self._database.connection() as c:
                if await c.fetchval("SELECT to_regclass('login_tallies')"):
                    await c.execute("DELETE FROM login_tallies")


@dataclass
class Walk:
    """One caller on their way through one application; ``faults`` tells each answer that should not have been."""

    app: FastAPI
    stored: Stored
    caller: Caller = nobody
    faults: list[str] = field(default_factory=list)
    tried: int = 0
    _seen: set[object] = field(default_factory=set)

    async def send(self, operation: Operation, told: Ask, headers: tuple[Header, ...] = ()) -> Told:
        """Send a request as this caller."""
        self.tried += 1
        return await ask(self.app, asked_by(self.caller, operation, told, headers))

    async def try_all(self, operation: Operation, make: Make, hostile: Iterable[Hostile]) -> None:
        """Send each hostile request that is made of a good one; a good one that was used up is made anew."""
        good, stored = await make(), await self.stored.count()
        for one in sorted(hostile, key=lambda one: not one.refused):
            if not one.refused:
                stored = await self._unchanged(operation, "something that may never be taken", stored)
            told = await self.send(operation, one.changed(good), one.headers)
            if told.status == TOO_MANY:
                await self.stored.forget_attempts()
                told = await self.send(operation, one.changed(good), one.headers)
            self._look(operation, one, told)
            if told.status < REFUSED:
                await self.stored.forget_attempts()
                good, stored = await make(), await self.stored.count()
            elif PROCESS_4 in told.body:
                stored = {**stored, LEDGER: (await self.stored.count())[LEDGER]}
        await self._unchanged(operation, "the last that was refused", stored)

    async def _unchanged(self, operation: Operation, what: str, before: Mapping[str, int]) -> Mapping[str, int]:
        after = await self.stored.count()
        if changed := sorted(name for name in after if after[name] != before[name]):
            self.faults.append(f"{line_of(operation)}: {what} was stored in {changed}")
        return after

    def _look(self, operation: Operation, one: Hostile, told: Told) -> None:
        wrong = [*faults_of(told), *self._untold(operation, told)]
        if one.refused and told.status < REFUSED:
            wrong.append("taken")
        self.faults += [f"{line_of(operation)} {one.name}: {told.status} {what}" for what in wrong]

    def _untold(self, operation: Operation, told: Told) -> Iterator[str]:
        """Hold the first answer of its kind against the document."""
        kind = (line_of(operation), told.status, told.json["type"] if told.header("content-type") == PROBLEM else "")
        if kind in self._seen or (told.status in {404, 405} and operation.answer(told.status) is None):
            return  # What a hostile path leads to may be another operation, or none.
        self._seen.add(kind)
        asked = (operation.method, operation.path)
        try:
            operation.document.check(asked, told.status, httpx2.Headers(told.headers), told.body)
        except AssertionError as other:
            yield str(other)


def faults_of(told: Told) -> Iterator[str]:
    """Yield what is wrong with an answer to something hostile."""
    if not 200 <= told.status < 500:
        yield "no answer of ours"
    elif told.status >= REFUSED:
        if told.header("content-type") != PROBLEM or told.json["status"] != told.status:
            yield "no problem document"
        if CANARY in told.text or any(CANARY in value for _, value in told.headers):
            yield "said again"
