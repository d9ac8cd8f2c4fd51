"""Slots under whatever order of drafts, signatures, cancellations, entries and time, on real PostgreSQL (AP-9)."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from appointment_svc.journal import Asked, Bookings
from appointment_svc.schedules import Schedules
from appointment_svc.taking import Wanted, take
from appointment_svc.timetable import Doctor, WorkingDay
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.database import Database
from shared.law.hours import ProviderHours
from tests.appointment.surroundings import at
from tests.home_visit.people import PROVIDER, TUESDAY_TEN, iin_of

PEOPLE = [iin_of(200 + number) for number in range(4)]
STARTS = [at(clock) for clock in ("09:00", "09:20", "09:40", "10:00")]
LIVE = "state = 'booked' OR (state = 'held' AND held_until > $1)"
people, doctors, starts = st.sampled_from(PEOPLE), st.sampled_from(["D-7", "D-8"]), st.sampled_from(STARTS)


class Slots(RuleBasedStateMachine):
    """Clinic, citizens and clock, each step against a model of who may have what."""

    url: ClassVar[str]

    @initialize()
    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.database = Database(self.url, 2, name="stateful")
        self.bookings = Bookings(self.database)
        self.schedules = Schedules(self.database, ProviderHours(KazakhstanCalendar()))
        self.now: datetime = TUESDAY_TEN
        self.holds: dict[UUID, tuple[str, str, datetime, datetime]] = {}
        self.run(self._empty())
        for doctor in ("D-7", "D-8"):
            assert self.run(self.schedules.enter([day_of(doctor, 4)], self.now)) == []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def _empty(self) -> None:
        async with self.database.connection() as connection:
            await connection.execute("TRUNCATE bookings, slots, schedules, doctors CASCADE")

    async def _rows(self, sql: str, *values: object) -> list[Any]:
        async with self.database.connection() as connection:
            return list(await connection.fetch(sql, *values))

    @rule(who=people, doctor=doctors, starts_at=starts)
    def draft(self, who: str, doctor: str, starts_at: datetime) -> None:
        found = self.run(self.bookings.find(PROVIDER.bin, doctor, starts_at))
        if found is None:
            return
        taken = self.run(
            self._rows(
                f"SELECT FROM bookings WHERE slot_id = $2 AND applicant_iin <> $3 AND ({LIVE})",
                self.now,
                found.slot.slot_id,
                who,
            )
        )
        booked = self.run(
            self._rows("SELECT FROM bookings WHERE slot_id = $1 AND state = 'booked'", found.slot.slot_id)
        )
        asked, until = Asked(uuid4(), who, who), self.now + timedelta(minutes=5)
        got = self.run(self.bookings.hold(found, asked, until, self.now))
        assert got is (not taken and not booked and starts_at > self.now)
        if got:
            self.holds[asked.request_id] = (who, doctor, starts_at, until)

    @rule(data=st.data())
    def sign(self, data: st.DataObject) -> None:
        if not self.holds:
            return
        request_id = data.draw(st.sampled_from(sorted(self.holds)))
        who, doctor, starts_at, _ = self.holds.pop(request_id)
        held = self.run(
            self._rows(
                "SELECT FROM bookings WHERE request_id = $1 AND state = 'held' AND held_until > $2",
                request_id,
                self.now,
            )
        )
        wanted = Wanted(Asked(request_id, who, who), PROVIDER.bin, doctor, "therapist", starts_at, None)
        slot = self.run(self._take(wanted))
        if held and starts_at > self.now:
            assert (slot.doctor.id, slot.starts_at) == (doctor, starts_at)
        assert slot is None or slot.starts_at > self.now

    async def _take(self, wanted: Wanted) -> Any:
        async with self.database.transaction() as connection:
            return await take(connection, wanted, self.now)

    @rule(who=people)
    def cancel(self, who: str) -> None:
        self.run(
            self._rows(
                "UPDATE bookings SET state = 'cancelled_by_citizen' WHERE patient_iin = $1 AND state = 'booked'", who
            )
        )

    @rule(doctor=doctors, slots=st.integers(0, 4))
    def change_the_day(self, doctor: str, slots: int) -> None:
        before = self.run(self._live())
        conflicts = self.run(self.schedules.enter([day_of(doctor, slots)], self.now))
        assert self.run(self._live()) == before
        lost = [row for row in before if row["doctor"] == doctor and row["starts_at"] >= at("09:00") + slots * LENGTH]
        # What is held past its time may still stand in its row; only what is live hinders.
        assert bool(conflicts) is bool(lost)

    async def _live(self) -> list[Any]:
        return await self._rows(
            "SELECT d.clinic_doctor_id AS doctor, b.starts_at, b.request_id, b.slot_id FROM bookings b JOIN doctors d"  # noqa: S608 - ours.
            f" USING (doctor_key) WHERE {LIVE} ORDER BY b.booking_id",
            self.now,
        )

    @rule(minutes=st.sampled_from([1, 3, 6, 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nobody_shares_a_slot_and_nobody_has_two_appointments_with_a_doctor(self) -> None:
        live = self.run(self._live())
        assert len({row["slot_id"] for row in live}) == len(live)
        assert all(row["slot_id"] is not None for row in live)
        twice = self.run(
            self._rows(
                "SELECT FROM bookings WHERE state = 'booked' GROUP BY doctor_key, patient_iin HAVING count(*) > 1"
            )
        )
        assert twice == []

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.run(self.database.close())
            self.loop.close()


LENGTH = timedelta(minutes=20)


def day_of(doctor: str, slots: int) -> WorkingDay:
    """A Wednesday morning of so many appointments; of none: the doctor is on leave."""
    begins = at("09:00")
    ends = begins + LENGTH * max(slots, 1)
    person = Doctor(doctor, f"Дәрігер {doctor}", "therapist")
    return WorkingDay(PROVIDER.bin, f"{doctor}-1", person, begins, ends, 20, (), "305", leave=not slots)


@pytest.fixture
def url(database_of: Any) -> str:
    return str(database_of("appointment_svc"))


def test_ap_9_no_order_of_steps_gives_a_slot_to_two_or_drops_a_booked_one(url: str, tmp_path: Path) -> None:
    Slots.url = url
    run_state_machine_as_test(
        Slots,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )  # fmt: skip
