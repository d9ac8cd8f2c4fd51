"""What the common walk needs of each service that takes requests: its world, its form, and what grants it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from fastapi import APIRouter

from appointment_svc import routes as appointment_routes
from attachment_svc import routes as attachment_routes
from home_visit_svc import routes as home_visit_routes
from shared.eds.trust import Trust
from shared.kit.casework.process import Casework
from shared.kit.database import Database
from shared.kit.envelope import Envelopes
from tests.appointment import surroundings as of_appointment
from tests.attachment import surroundings as of_attachment
from tests.fakes import ClockAt
from tests.forwarded import asked_of, forwarded
from tests.home_visit import people
from tests.home_visit import surroundings as of_home_visit
from tests.home_visit.people import ADULT, CHILD, TUESDAY_TEN, attachment, child, person


class Around(Protocol):
    """What every service's surroundings have in common."""

    work: Casework
    clock: ClockAt
    registry: of_home_visit.FakeRegistry
    trust: Trust


@dataclass(frozen=True, slots=True)
class Opened:
    """A service over its database, with an adult whose request is granted; ``routes`` by whose envelopes it opens."""

    around: Around
    routes: Callable[[Envelopes], APIRouter]


@dataclass(frozen=True, slots=True)
class Walk:
    """One service: its package, the letters of its numbers, the filled form, and how it is opened."""

    code: str
    package: str
    regulation: str
    form: dict[str, Any]
    open: Callable[[Database, Path], Awaitable[Opened]]

    def draft(self, request_id: UUID, subject: str = ADULT) -> dict[str, Any]:
        """Return a draft's body."""
        return {"request_id": str(request_id), "applicant_iin": ADULT, "subject_iin": subject, "form": self.form}

    def request(self, request_id: UUID | None = None, subject: str = ADULT, **changes: Any) -> dict[str, Any]:
        """Return a forwarded request whose signed bytes say what it asks; ``changes`` are made after the signature."""
        asked = asked_of(self.code, request_id or uuid4(), (ADULT, subject), self.form)
        return forwarded(asked, TUESDAY_TEN) | changes


async def _home_visit(database: Database, files: Path) -> Opened:
    trust = Trust.from_folder(files / "trust")
    around = of_home_visit.surroundings(database, files / "seals", trust, ClockAt(TUESDAY_TEN))
    _know_a_family(around)
    around.register.attach(ADULT, attachment())
    return Opened(around, lambda envelopes: home_visit_routes.routes_of(around.world, around.work, envelopes))


async def _appointment(database: Database, files: Path) -> Opened:
    trust = Trust.from_folder(files / "trust")
    around = of_appointment.surroundings(database, files / "seals", trust, ClockAt(TUESDAY_TEN))
    _know_a_family(around)
    around.register.attach(ADULT, attachment())
    assert await around.enter(of_appointment.schedule()) == []
    return Opened(around, lambda envelopes: appointment_routes.routes_of(around.world, around.work, envelopes))


async def _attachment(database: Database, files: Path) -> Opened:
    around = of_attachment.surroundings(database, files)
    _know_a_family(around)
    await around.load(of_attachment.district())
    return Opened(around, lambda envelopes: attachment_routes.routes_of(around.world, around.work, envelopes))


def _know_a_family(around: Around) -> None:
    around.registry.know(person(ADULT, children=(CHILD,)), child(CHILD, parents=(ADULT,)))


WALKS = {
    walk.code: walk
    for walk in (
        Walk("home-visit", "home_visit_svc", "HV", people.FORM, _home_visit),
        Walk("appointment", "appointment_svc", "AP", of_appointment.form(), _appointment),
        Walk("attachment", "attachment_svc", "AT", of_attachment.FORM, _attachment),
    )
}
"""One line a service."""
