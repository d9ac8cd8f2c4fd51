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
from appointment_svc.taking import Wanted, take
from appointment_svc.timetable import Doctor, WorkingDay
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.database import Database
from shared.kit.migrations import upgrade
from shared.law.hours import ALMATY, ProviderHours
from shared.law.providers import PROVIDERS
from stack.postgres import PostgresServer

DOCTORS, DAYS, CLIENTS, LANES = 10, 28, 1000, 16
SIGNED = 200
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HOURS = ProviderHours(KazakhstanCalendar())
_SOME_SLOTS = """
SELECT clinic_doctor_id, starts_at FROM slots JOIN doctors USING (doctor_key)
WHERE provider_bin = $1 AND kind = 'therapist' AND starts_at > $2 ORDER BY slot_id LIMIT $3
"""
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


async def bookings(database: Database) -> None:
    """Print how fast signed requests are booked: each the slot that it holds, and all of them the same slot.

    The latter hold nothing any more: the one that comes first gets the slot, each other the nearest that is free.
    """
    async with database.connection() as c:
        await c.execute("DELETE FROM bookings")
        rows = await c.fetch(_SOME_SLOTS, PROVIDERS[1].bin, NOW, SIGNED)

    async def all_at_once(same: bool) -> tuple[float, list[tuple[str, datetime]]]:  # noqa: FBT001 - one of two cases.
        async def book(number: int) -> tuple[str, datetime]:
            row, person = rows[0 if same else number], f"{number + (10**11 if same else 0):012d}"
            asked = Asked(uuid4(), person, person)
            wanted = Wanted(asked, PROVIDERS[1].bin, row["clinic_doctor_id"], "therapist", row["starts_at"], None)
            async with database.transaction() as connection:
                slot = await take(connection, wanted, NOW)
            return (slot.doctor.id, slot.starts_at) if slot else ("", NOW)

        begun = perf_counter()
        given = await asyncio.gather(*(book(number) for number in range(SIGNED)))
        return SIGNED / (perf_counter() - begun), given

    apart, own = await all_at_once(False)
    together, nearest = await all_at_once(True)
    say(f"{SIGNED} signed requests, each its own slot: {apart:.0f} a second, {len(set(own))} slots given")
    say(
        f"{SIGNED} signed requests, all for one slot: {together:.0f} a second, {len(set(nearest) - {('', NOW)})} slots "
        f"given, {nearest.count(('', NOW))} without time ({together / apart:.2f} ×)"
    )


async def main() -> None:
    """Start a server of its own, measure, end it."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(Path(folder))
        address = server.start()
        try:
            small, database = await filled(address, "small", 1), await filled(address, "all", len(PROVIDERS))
            await searches(database, small)
            await races(database)
            await bookings(database)
            await small.close()
            await database.close()
        finally:
            server.stop()


if __name__ == "__main__":
    asyncio.run(main())
