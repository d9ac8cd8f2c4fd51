"""The appointment service's world over a real database, with registers that the test fills."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from appointment_svc.drafts import say_of_draft
from appointment_svc.journal import Bookings
from appointment_svc.process import settle, term_of
from appointment_svc.regulation import PASSPORT
from appointment_svc.schedule_schemas import ScheduleBody
from appointment_svc.schedules import ScheduleConflict, Schedules
from appointment_svc.schemas import DraftBody, RequestBody
from appointment_svc.search import Slots
from appointment_svc.standing import Appointments
from appointment_svc.untold import TELLING
from appointment_svc.world import World
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.casework.answers import Answers
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.draft_schemas import DraftAnswer
from shared.kit.casework.entries import Entry, Standing
from shared.kit.casework.gathering import Systems
from shared.kit.casework.journal import Journal
from shared.kit.casework.process import Casework, register
from shared.kit.casework.registration import new_entry
from shared.kit.casework.seals import Seals
from shared.kit.casework.untold import Untold
from shared.kit.database import Database
from shared.kit.identifiers import uuid7
from shared.law.hours import ALMATY, ProviderHours
from tests.fakes import ClockAt
from tests.forwarded import asked_of, forwarded
from tests.home_visit.people import ADULT, PROVIDER, TUESDAY_TEN
from tests.home_visit.surroundings import FakeRegister, FakeRegistry

DOCTOR, PAEDIATRICIAN, COLLEAGUE = "D-7", "D-9", "D-8"
WEDNESDAY = "2026-11-25"
KINDS = {DOCTOR: "therapist", COLLEAGUE: "therapist", PAEDIATRICIAN: "paediatrician"}


def at(clock: str, day: str = WEDNESDAY) -> datetime:
    """A moment of a day in Almaty."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ALMATY)


def form(clock: str = "09:00", doctor: str = DOCTOR, day: str = WEDNESDAY, **changes: Any) -> dict[str, Any]:
    starts_at = at(clock, day).isoformat()
    asked = {"provider_bin": PROVIDER.bin, "doctor_id": doctor, "starts_at": starts_at, "phone": "+77012345678"}
    return asked | changes


def schedule(doctor: str = DOCTOR, day: str = WEDNESDAY, hours: str = "09:00-11:00", **changes: Any) -> dict[str, Any]:
    begins, ends = hours.split("-")
    told = {
        "id": f"{doctor}-{day}",
        "provider_bin": PROVIDER.bin,
        "doctor": {"id": doctor, "name": f"Дәрігер {doctor}", "kind": KINDS[doctor]},
        "date": day,
        "hours": {"from": begins, "to": ends},
        "minutes": 20,
        "room": "305",
    }
    return told | changes


def request_json(  # noqa: PLR0913 - each may be asked otherwise, all have defaults.
    request_id: UUID | None = None,
    *,
    applicant: str = ADULT,
    subject: str | None = None,
    asked: dict[str, Any] | None = None,
    signed_at: datetime = TUESDAY_TEN,
    content: bytes | None = None,
) -> bytes:
    """Return one forwarded request; what is signed says the same unless ``content`` is given."""
    request_id, subject, asked = request_id or uuid7(signed_at), subject or applicant, asked or form()
    said = asked_of("appointment", request_id, (applicant, subject), asked)
    return json.dumps(forwarded(said, signed_at, content)).encode()


@dataclass
class Surroundings:
    """One world and the parts of it that a test moves."""

    world: World
    work: Casework
    clock: ClockAt
    registry: FakeRegistry
    register: FakeRegister
    database: Database
    trust: Trust

    async def enter(self, *schedules: dict[str, Any]) -> list[ScheduleConflict]:
        days = [ScheduleBody.model_validate_json(json.dumps(one)).as_day() for one in schedules]
        return await self.world.schedules.enter(days, self.clock.now())

    async def draft(self, asked: dict[str, Any], applicant: str = ADULT, subject: str | None = None) -> UUID:
        """Make a draft, which holds its slot; gives its id. Raises SlotTaken and NoSuchSlot."""
        return (await self.told(asked, applicant, subject))[0]

    async def told(
        self, asked: dict[str, Any], applicant: str = ADULT, subject: str | None = None
    ) -> tuple[UUID, DraftAnswer]:
        request_id = uuid7(self.clock.now())
        said = {"request_id": str(request_id), "applicant_iin": applicant, "subject_iin": subject or applicant}
        draft = DraftBody.model_validate_json(json.dumps(said | {"form": asked}))
        return request_id, await say_of_draft(self.world, draft)

    async def taken(self, **asked: Any) -> Entry:
        """Register a signed request; nothing is decided yet."""
        body = RequestBody.model_validate_json(request_json(**{"signed_at": self.clock.now()} | asked))
        now = self.clock.now()
        term = term_of(self.world, body)
        entry = await register(self.work, new_entry(body, body.form.provider_bin, term, received_at=now, now=now))
        assert entry is not None
        return entry

    async def answered(self, **asked: Any) -> tuple[Standing, Any]:
        """Register a request, answer it within the exchange; gives the standing and the opened document."""
        entry = await self.taken(**asked)
        await try_within_exchange(self.work, entry)
        return await self.outcome(entry.request_id)

    async def booked(self, clock: str = "09:00", **asked: Any) -> tuple[Standing, Any]:
        """Draft, sign and have answered; the usual way."""
        wanted = asked.pop("asked", None) or form(clock)
        people = {name: asked[name] for name in ("applicant", "subject") if name in asked}
        return await self.answered(request_id=await self.draft(wanted, **people), asked=wanted, **asked)

    async def outcome(self, request_id: UUID) -> tuple[Standing, Any]:
        found = await self.work.journal.standing(request_id)
        assert found is not None
        assert found.jws is not None
        # The test's seals live for a year, its clock goes further.
        sealed = open_sealed(found.jws, typ="phc-document+json", trust=self.trust, at=TUESDAY_TEN, bin=PROVIDER.bin)
        return found, json.loads(sealed)

    async def grounds(self, **asked: Any) -> list[str]:
        _, document = await self.answered(**asked)
        return [ground["code"] for ground in document.get("grounds", [])]

    async def states(self) -> list[tuple[str, str]]:
        """Who has what: each booking's time of day and state, in the order in which they came."""
        async with self.database.connection() as connection:
            rows = await connection.fetch("SELECT starts_at, state FROM bookings ORDER BY booking_id")
        return [(f"{row['starts_at'].astimezone(ALMATY):%H:%M}", row["state"]) for row in rows]

    async def status(self, token: str | None) -> str:
        assert token is not None
        found = await self.work.journal.issued(token)
        assert found is not None
        return found.status

    def later(self, **by: int) -> None:
        self.clock.pass_by(timedelta(**by))


def surroundings(database: Database, seals: Path, trust: Trust, clock: ClockAt) -> Surroundings:
    registry, register_ = FakeRegistry(), FakeRegister()
    hours = ProviderHours(KazakhstanCalendar())
    world = World(
        clock=clock,
        hours=hours,
        answers=Answers(database),
        bookings=Bookings(database),
        schedules=Schedules(database, hours),
        slots=Slots(database, hours),
        appointments=Appointments(database),
        untold=Untold(database, TELLING),
        systems=Systems(registry, register_, clock),
    )

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    journal = Journal(database, PASSPORT.code, PASSPORT.regulation)
    work = Casework(clock, journal, Answers(database), Seals(seals), settle_here)
    return Surroundings(world, work, clock, registry, register_, database, trust)


def times(slots: Sequence[Any]) -> list[str]:
    """The times of day of slots."""
    return [f"{one.starts_at.astimezone(ALMATY):%H:%M}" for one in slots]
