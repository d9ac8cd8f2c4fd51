"""What the tests of the appointment stand on: a sealed provider, a real migrated database, a world over it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio

from shared.eds.trust import Trust
from shared.kit.database import Database
from tests.appointment.surroundings import PAEDIATRICIAN, Surroundings, schedule, surroundings
from tests.fakes import ClockAt
from tests.home_visit.conftest import sealed
from tests.home_visit.people import ADULT, CHILD, TUESDAY_TEN, attachment, child, person

__all__ = ["sealed"]
TABLES = "requests, bookings, slots, schedules, doctors, deciding_choices"


@pytest_asyncio.fixture
async def database(database_of: Callable[[str], str]) -> AsyncIterator[Database]:
    """The test file's copy of the migrated database, emptied for each test."""
    database = Database(database_of("appointment_svc"), 20, wait=60.0, name="tests")
    async with database.connection() as connection:
        await connection.execute(f"TRUNCATE {TABLES} CASCADE")
    yield database
    await database.close()


@pytest_asyncio.fixture
async def around(database: Database, sealed: Path) -> Surroundings:
    """A Tuesday at ten: an adult and their child, attached to PROVIDER; a therapist and a paediatrician receive."""
    around = surroundings(database, sealed / "seals", Trust.from_folder(sealed / "trust"), ClockAt(TUESDAY_TEN))
    around.registry.know(person(ADULT, children=(CHILD,)), child(CHILD, parents=(ADULT,)))
    around.register.attach(ADULT, attachment())
    around.register.attach(CHILD, attachment(doctor=PAEDIATRICIAN, kind="paediatrician"))
    assert await around.enter(schedule(), schedule(PAEDIATRICIAN)) == []
    return around
