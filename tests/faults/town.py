"""The gateway and the home visit service in this process, over real databases, by a clock that the test moves.

Nothing happens by itself: `tick` is what both loops do when they look. The systems that the service asks are fakes.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
from fastapi import FastAPI

from gateway import deliveries, forward, journal, process
from gateway.destinations import DESTINATIONS
from gateway.identity import Session, StepTimes
from gateway.journal import Request
from gateway.world import World
from shared.eds.jws import open_sealed
from shared.forms.home_visit import HomeVisitForm
from shared.kit.casework.attempts import loop_of
from shared.kit.envelope import Envelopes
from shared.kit.http import Answer, CallFailed
from tests.fakes import ClockAt
from tests.gateway.portal import Portal
from tests.home_visit.people import ADULT, FORM, PROVIDER
from tests.home_visit.surroundings import Surroundings

TOGETHER = 100


@dataclass
class Line:
    """The way from the gateway to the service: can be cut, or lose every answer on its way back."""

    app: FastAPI
    envelopes: Envelopes
    clock: ClockAt
    cut: bool = False
    loses_answers: bool = False
    calls: int = 0

    async def post(self, path: str, body: bytes, total: float = 3.0) -> Answer:
        """Post as a ServiceClient does."""
        if self.cut:
            raise CallFailed("unreachable")
        self.calls += 1
        sealed = self.envelopes.seal("POST", path, body, "home_visit")
        headers = {"Content-Type": "application/json", "Authorization": sealed}
        transport = httpx2.ASGITransport(self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://service") as http:
            answer = await http.post(path, content=body, headers=headers, timeout=total)
        if self.loses_answers:
            raise CallFailed("too_slow")
        return Answer(answer.status_code, dict(answer.headers), answer.content, self.clock.now())


@dataclass
class Town:
    """Both processes, the line between them, and one adult who is registered and logged in all day."""

    portal: Portal
    service: Surroundings
    line: Line
    account_id: UUID
    signed: list[UUID] = field(default_factory=list)

    @property
    def clock(self) -> ClockAt:
        return self.portal.clock

    @property
    def gateway(self) -> World:
        return self.portal.world

    @property
    def signed_by(self) -> str:
        """Return the IIN of the adult."""
        return ADULT

    async def sign(self) -> Request:
        """Processes 3 to 5: a call of the doctor, drafted and signed at this moment."""
        now = self.clock.now()
        self.portal.take_lists()
        session = Session(self.account_id, self.account_id, ADULT, StepTimes(now, now), now + timedelta(minutes=10))
        form = HomeVisitForm.model_validate_json(json.dumps(FORM))
        draft, steps = await process.make_draft(self.gateway, session, DESTINATIONS["home-visit"], ADULT, form)
        async with self.gateway.database.transaction() as c:
            await journal.insert_draft(c, draft, steps)
        request = await process.sign(self.gateway, draft, self.portal.keys.sign(ADULT, draft.content, now))
        self.signed.append(request.id)
        return request

    async def token(self) -> str:
        """Process 1: log in at this moment; gives the access token."""
        answer = await self.portal.log_in(ADULT)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["access_token"])

    async def tick(self) -> None:
        """Do what both loops do when they look: first the service's, then the gateway's, which hears of it."""
        now = self.clock.now()
        if not self.line.cut:
            service = loop_of(self.service.work)
            for entry in await service._claim(now, TOGETHER):
                await service._work(entry)
        for request in await deliveries.claim(self.gateway.database, now, TOGETHER):
            await forward.deliver(self.gateway, request)

    async def requests(self) -> list[Request]:
        """Return every signed request as the gateway has it, in the order of signing."""
        found = [await journal.find_own(self.gateway.database, one, self.account_id) for one in self.signed]
        return [one for one in found if one is not None]

    async def overdue(self) -> list[UUID]:
        """Return the requests that have no answer although their term is over."""
        async with self.gateway.database.connection() as c:
            rows = await c.fetch("SELECT id, signed_at FROM requests WHERE state IN ('signed', 'registered')")
        now = self.clock.now()
        return [row["id"] for row in rows if self.term_of(row["signed_at"]) <= now]

    def term_of(self, signed_at: datetime) -> datetime:
        """Return by when a call signed then must be answered (HV-14, HV-9)."""
        return self.service.world.hours.counts_from(signed_at) + timedelta(minutes=30)

    def opened(self, request: Request) -> Any:
        """Verify the sealed document and return what it says."""
        assert request.document is not None
        sealed = open_sealed(
            request.document, typ="phc-document+json", trust=self.service.trust, at=self.clock.now(), bin=PROVIDER.bin
        )
        return json.loads(sealed)


@asynccontextmanager
async def open_town(portal: Portal, service: Surroundings, app: FastAPI, envelopes: Envelopes) -> AsyncIterator[Town]:
    """Let the portal deliver to this service, by one clock; register the adult."""
    portal.clock = service.clock
    line = Line(app, envelopes, portal.clock)
    portal.world = replace(portal.world, clock=portal.clock, services={"home_visit": line})  # type: ignore[dict-item]
    portal.app.state.world = portal.world
    portal.registry.add(service.registry.people[ADULT])
    assert (await portal.register(ADULT)).status_code == 201
    async with portal.world.database.connection() as c:
        await c.execute("TRUNCATE requests, idempotency_keys CASCADE")
        account_id = await c.fetchval("SELECT id FROM accounts WHERE iin = $1", ADULT)
    yield Town(portal, service, line, account_id)
