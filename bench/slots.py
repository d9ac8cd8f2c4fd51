"""Appointments on a real database: looking for free times at 33 × 10 doctors × 28 days, booking while many want a slot.

``python -m bench.slots``. What matters are the ratios: a search beside a round trip on the same connection, a search in
the full database beside one with a single clinic, a hold that all want beside one that nobody else does.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import asyncpg

from appointment_svc.journal import Asked, Bookings
from appointment_svc.schedules import Schedules
from appointment_svc.search import Query, Slots
from appointment_svc.timetable import Doctor, WorkingDay
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.database import Database
from shared.kit.migrations import upgrade
from shared.law.hours import ALMATY, ProviderHours
from shared.law.providers import PROVIDERS
from stack.postgres import PostgresServer

DOCTORS, DAYS, CLIENTS, LANES = 10, 28, 1000, 16
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HOURS = ProviderHours(KazakhstanCalendar())
Act = Callable[[], Awaitable[object]]


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{line}\n")


def days_of(provider_bin: str) -> list[WorkingDay]:
    """Return four hours of twelve appointments a day for each doctor on each open day."""
    found = []
    for ahead in range(DAYS):
        day = (NOW + timedelta(days=ahead)).astimezone(ALMATY).date()
        opening = HOURS.open_on(day)
        for number in range(DOCTORS) if opening else ():
            doctor = Doctor(f"D-{number}", f"Doctor {number}", "therapist" if number % 2 else "paediatrician")
            begins = opening[0] if opening else NOW
            name = f"{doctor.id}-{day}"
            found.append(WorkingDay(provider_bin, name, doctor, begins, begins + timedelta(hours=4), 20, (), "305"))
    return found


async def median(act: Act, times: int = 200) -> float:
    """Return the median milliseconds of an act."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        await act()
        taken.append(1000 * (perf_counter() - begun))
    return statistics.median(taken)


async def filled(address: str, name: str, providers: int) -> Database:
    """Return a migrated database with the schedules of so many providers."""
    connection = await asyncpg.connect(f"{address}/postgres")
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    await upgrade(f"{address}/{name}", "appointment_svc")
    database = Database(f"{address}/{name}", LANES, wait=60.0, name="bench")
    begun, slots = perf_counter(), 0
    for provider in PROVIDERS[:providers]:
        await Schedules(database, HOURS).enter(days_of(provider.bin), NOW)
    async with database.connection() as c:
        slots = await c.fetchval("SELECT count(*) FROM slots")
        await c.execute("ANALYZE")
    say(f"{slots} slots of {providers} providers entered in {perf_counter() - begun:.1f} s")
    return database


async def searches(database: Database, small: Database) -> None:
    """Print what looking costs, beside a round trip and beside a small database."""
    week = Query(PROVIDERS[0].bin, NOW, NOW + timedelta(days=7))
    month = Query(PROVIDERS[0].bin, NOW, NOW + timedelta(days=DAYS), kinds=("paediatrician",), own_doctors=("D-4",))
    doctor = Query(PROVIDERS[0].bin, NOW, NOW + timedelta(days=DAYS), doctor_id="D-3")
    trip = await median(database.ping)
    for name, query in (("a week of a clinic", week), ("four weeks, one kind", month), ("one doctor", doctor)):
        here = await median(lambda query=query: Slots(database, HOURS).search(query, NOW))  # type: ignore[misc]
        there = await median(lambda query=query: Slots(small, HOURS).search(query, NOW))  # type: ignore[misc]
        say(f"{name}: {here:.2f} ms, {here / trip:.1f} × a round trip, {here / there:.2f} × with one clinic alone")


async def races(database: Database) -> None:
    """Print how fast slots are held: each client another slot, and all the same one."""
    bookings = Bookings(database)
    async with database.connection() as c:
        sql = "SELECT starts_at, clinic_doctor_id, provider_bin FROM slots JOIN doctors USING (doctor_key)"
        rows = await c.fetch(f"{sql} WHERE starts_at > $1 ORDER BY slot_id LIMIT $2", NOW, CLIENTS)
    found = [await bookings.find(row["provider_bin"], row["clinic_doctor_id"], row["starts_at"]) for row in rows]
    until = NOW + timedelta(minutes=5)

    async def all_at_once(same: bool) -> tuple[float, int]:  # noqa: FBT001 - one of two cases.
        async def hold(number: int) -> bool:
            slot = found[-1 if same else number]
            asked = Asked(uuid4(), f"{number + (10**11 if same else 0):012d}", f"{number:012d}")
            return slot is not None and await bookings.hold(slot, asked, until, NOW)

        begun = perf_counter()
        got = await asyncio.gather(*(hold(number) for number in range(CLIENTS - 1)))
        return (CLIENTS - 1) / (perf_counter() - begun), sum(got)

    apart, held = await all_at_once(False)
    together, won = await all_at_once(True)
    say(f"{CLIENTS - 1} clients, each another slot: {apart:.0f} a second, {held} held")
    say(f"{CLIENTS - 1} clients, all the same slot: {together:.0f} a second, {won} held ({together / apart:.2f} ×)")


async def main() -> None:
    """Start a server of its own, measure, end it."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(Path(folder))
        address = server.start()
        try:
            small, database = await filled(address, "small", 1), await filled(address, "all", len(PROVIDERS))
            await searches(database, small)
            await races(database)
            await small.close()
            await database.close()
        finally:
            server.stop()


if __name__ == "__main__":
    asyncio.run(main())
