"""Slots under whatever order of drafts, signatures, moves, cancellations, entries and time, also at once (AP-9)."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from appointment_svc.journal import Asked, Bookings
from appointment_svc.schedules import ScheduleConflict, Schedules
from appointment_svc.standing import Appointments, SignedCancellation
from appointment_svc.taking import Wanted, take
from appointment_svc.timetable import Doctor, Slot, WorkingDay
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.database import Database
from shared.law.hours import ProviderHours
from tests.appointment.surroundings import at
from tests.home_visit.people import PROVIDER, TUESDAY_TEN, iin_of

PEOPLE = [iin_of(200 + number) for number in range(4)]
DOCTORS = ["D-7", "D-8"]
STARTS = [at(clock) for clock in ("09:00", "09:20", "09:40", "10:00")]
LENGTH = timedelta(minutes=20)
LIVE = "state = 'booked' OR (state = 'held' AND held_until > $1)"
TO_MOVE = "state IN ('cancelled_by_clinic', 'without_time') OR (state = 'booked' AND starts_at > $2)"
SIGNED = SignedCancellation(b"content", b"cms", {})
_REGISTERED = """
INSERT INTO requests (request_id, number, body_sha256, form_version, channel, applicant_iin, subject_iin, provider_bin,
    form, content, cms, signature_evidence, signed_at, registered_at, counts_from, answer_by, calendar_version, due_at)
VALUES ($1::uuid, $1::uuid::text, '', 1, 'portal', $2, $2, $3, '{}', '', '', '{}', $4, $4, $4, $4, '', $4)
"""
any_of_them = st.integers(0, 11)  # Nothing is drawn by what there is: beside others, that is not the same each time.
beside_it = st.sampled_from(["cancelled", "changed", "fell_ill", "drafted"])
people, doctors, starts = st.sampled_from(PEOPLE), st.sampled_from(DOCTORS), st.sampled_from(STARTS)
Hold = tuple[UUID, str, str, datetime]
"""A draft that got its slot: request, who, with which doctor, when."""


class Slots(RuleBasedStateMachine):
    """Clinic, citizens and clock: one at a time against a model, several at once against what must always hold."""

    url: ClassVar[str]

    @initialize()
    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.database = Database(self.url, 6, wait=30.0, name="stateful")
        self.bookings, self.appointments = Bookings(self.database), Appointments(self.database)
        self.schedules = Schedules(self.database, ProviderHours(KazakhstanCalendar()))
        self.now: datetime = TUESDAY_TEN
        self.holds: list[Hold] = []
        self.run(self._empty())
        for doctor in DOCTORS:
            assert self.run(self.schedules.enter([day_of(doctor, 4)], self.now)) == []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def _empty(self) -> None:
        async with self.database.connection() as connection:
            await connection.execute("TRUNCATE requests, bookings, slots, schedules, doctors CASCADE")

    async def _rows(self, sql: str, *values: object) -> list[Any]:
        async with self.database.connection() as connection:
            return list(await connection.fetch(sql, *values))

    # What may happen. Each returns what it came to, so that it can also happen beside others.

    async def drafted(self, who: str, doctor: str, starts_at: datetime) -> bool | None:
        """A citizen makes a draft; None where the schedule has no such time."""
        found = await self.bookings.find(PROVIDER.bin, doctor, starts_at)
        if found is None:
            return None
        asked = Asked(uuid4(), who, who)
        got = await self.bookings.hold(found, asked, self.now + timedelta(minutes=5), self.now)
        if got:
            self.holds.append((asked.request_id, who, doctor, starts_at))
        return got

    async def signed(self, hold: Hold, moves: UUID | None = None) -> Slot | None:
        """A citizen signs, and the request is granted, again and again until it is, as the service does."""
        request_id, who, doctor, starts_at = hold
        await self._rows(_REGISTERED, request_id, who, PROVIDER.bin, self.now)
        wanted = Wanted(Asked(request_id, who, who), PROVIDER.bin, doctor, "therapist", starts_at, moves)
        for _ in range(9):
            try:
                async with self.database.transaction() as connection:
                    return await take(connection, wanted, self.now)
            except (asyncpg.DeadlockDetectedError, asyncpg.ForeignKeyViolationError):
                continue
        raise AssertionError("It was never granted.")

    async def cancelled(self, who: str) -> list[bool]:
        """A citizen cancels whatever they have."""
        rows = await self._rows("SELECT request_id FROM bookings WHERE patient_iin = $1 AND state = 'booked'", who)
        return [await self.appointments.cancel(row["request_id"], SIGNED, self.now) for row in rows]

    async def changed(self, doctor: str, slots: int) -> list[ScheduleConflict]:
        """The clinic enters the doctor's day anew; of no appointment: on leave."""
        return await self.schedules.enter([day_of(doctor, slots)], self.now)

    async def fell_ill(self, doctor: str) -> list[tuple[UUID, str]]:
        """The clinic cancels the doctor's day."""
        return await self.appointments.cancel_by_clinic(PROVIDER.bin, [f"{doctor}-1"], [], self.now)

    # One at a time.

    @rule(who=people, doctor=doctors, starts_at=starts)
    def draft(self, who: str, doctor: str, starts_at: datetime) -> None:
        sql = f"""SELECT applicant_iin, state FROM bookings JOIN doctors USING (doctor_key)
            WHERE clinic_doctor_id = $2 AND starts_at = $3 AND slot_id IS NOT NULL AND ({LIVE})"""  # noqa: S608 - ours.
        live = self.run(self._rows(sql, self.now, doctor, starts_at))
        hindered = any(row["applicant_iin"] != who or row["state"] == "booked" for row in live)
        got = self.run(self.drafted(who, doctor, starts_at))
        assert got in {None, not hindered and starts_at > self.now}

    @rule(which=any_of_them, moving=st.none() | any_of_them)
    def sign(self, which: int, moving: int | None) -> None:
        if not self.holds:
            return
        hold = self.holds.pop(which % len(self.holds))
        request_id, who, doctor, starts_at = hold
        sql = "SELECT FROM bookings WHERE request_id = $1 AND state = 'held' AND held_until > $2"
        held = self.run(self._rows(sql, request_id, self.now))
        sql = f"SELECT request_id FROM bookings WHERE patient_iin = $1 AND ({TO_MOVE}) ORDER BY booking_id"  # noqa: S608 - ours.
        own = [row["request_id"] for row in self.run(self._rows(sql, who, self.now))]
        moves = own[moving % len(own)] if own and moving is not None else None
        slot = self.run(self.signed(hold, moves))
        if held and starts_at > self.now:
            assert (slot.doctor.id, slot.starts_at) == (doctor, starts_at)
        [mine] = self.run(self._rows("SELECT state FROM bookings WHERE request_id = $1", request_id))
        assert mine["state"] == ("booked" if slot else "without_time")
        if slot and moves:
            [old] = self.run(self._rows("SELECT state, moved_to FROM bookings WHERE request_id = $1", moves))
            assert (old["state"], old["moved_to"]) == ("moved", request_id)
        if slot is None:
            assert self.run(self._free()) == []
        assert slot is None or slot.starts_at > self.now

    @rule(who=people)
    def cancel(self, who: str) -> None:
        sql = "SELECT starts_at FROM bookings WHERE patient_iin = $1 AND state = 'booked' ORDER BY booking_id"
        booked = self.run(self._rows(sql, who))
        assert sum(self.run(self.cancelled(who))) == sum(row["starts_at"] > self.now for row in booked)

    @rule(doctor=doctors, slots=st.integers(0, 4))
    def change_the_day(self, doctor: str, slots: int) -> None:
        before = self.run(self._live())
        conflicts = self.run(self.changed(doctor, slots))
        assert self.run(self._live()) == before
        lost = [row for row in before if row["doctor"] == doctor and row["starts_at"] >= at("09:00") + slots * LENGTH]
        # What is held past its time may still stand in its row; only what is live hinders.
        assert bool(conflicts) is bool(lost)

    @rule(doctor=doctors)
    def fall_ill(self, doctor: str) -> None:
        before = self.run(self._live())
        told = {request_id for request_id, _ in self.run(self.fell_ill(doctor))}
        to_come = [row for row in before if row["doctor"] == doctor and row["starts_at"] > self.now]
        assert told == {row["request_id"] for row in to_come if row["state"] == "booked"}
        assert not [row for row in self.run(self._live()) if row["request_id"] in told]
        assert not [slot for slot in self.run(self._free()) if slot["clinic_doctor_id"] == doctor]

    @rule(minutes=st.sampled_from([1, 3, 6, 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    # Several at once: whatever comes of each, what must hold holds afterwards (the invariants).

    @rule(who=st.lists(people, min_size=2, max_size=4, unique=True), doctor=doctors, starts_at=starts)
    def all_want_one_slot(self, who: list[str], doctor: str, starts_at: datetime) -> None:
        got = self.run(at_once(*(self.drafted(one, doctor, starts_at) for one in who)))
        assert sum(bool(one) for one in got) <= 1

    @rule(what=beside_it, who=people, doctor=doctors, start=starts)
    def all_sign_while_something_happens(self, what: str, who: str, doctor: str, start: datetime) -> None:
        beside: dict[str, Callable[[], Coroutine[Any, Any, Any]]] = {
            "cancelled": lambda: self.cancelled(who),
            "changed": lambda: self.changed(doctor, STARTS.index(start)),
            "fell_ill": lambda: self.fell_ill(doctor),
            "drafted": lambda: self.drafted(who, doctor, start),
        }
        holds, self.holds = self.holds, []

        self.run(at_once(*(self.signed(hold) for hold in holds), beside[what]()))

    # What must always hold.

    async def _live(self) -> list[Any]:
        return await self._rows(
            "SELECT d.clinic_doctor_id AS doctor, b.starts_at, b.request_id, b.slot_id, b.state FROM bookings b"  # noqa: S608 - ours.
            f" JOIN doctors d USING (doctor_key) WHERE {LIVE} ORDER BY b.booking_id",
            self.now,
        )

    async def _free(self) -> list[Any]:
        return await self._rows(
            f"""SELECT clinic_doctor_id, starts_at FROM slots JOIN doctors USING (doctor_key) WHERE starts_at > $1
            AND NOT EXISTS (SELECT FROM bookings WHERE bookings.slot_id = slots.slot_id AND ({LIVE}))""",  # noqa: S608 - ours.
            self.now,
        )

    @invariant()
    def nobody_shares_a_slot_and_what_is_live_has_one(self) -> None:
        live = self.run(self._live())
        assert len({row["slot_id"] for row in live}) == len(live)
        assert all(row["slot_id"] is not None for row in live)

    @invariant()
    def nobody_has_two_appointments_with_a_doctor_or_holds_two_slots_of_one_by_drafts(self) -> None:
        for rows in ("state = 'booked'", "state = 'held' AND signed_at IS NULL"):
            sql = f"SELECT FROM bookings WHERE {rows} GROUP BY doctor_key, patient_iin HAVING count(*) > 1"
            assert self.run(self._rows(sql)) == []

    @invariant()
    def what_was_moved_leads_to_what_took_its_place(self) -> None:
        sql = """SELECT FROM bookings old LEFT JOIN bookings new ON new.request_id = old.moved_to
            WHERE (old.state = 'moved') <> (old.moved_to IS NOT NULL)
                OR (old.state = 'moved' AND (new.state IS NULL OR new.patient_iin <> old.patient_iin))"""
        assert self.run(self._rows(sql)) == []

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.run(self.database.close())
            self.loop.close()


async def at_once(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    """Let all of it happen side by side and come to its end; then raise the first error, if there was one."""
    came = await asyncio.gather(*work, return_exceptions=True)
    for one in came:
        if isinstance(one, BaseException):
            raise one
    return came


def day_of(doctor: str, slots: int) -> WorkingDay:
    """A Wednesday morning of so many appointments; of none: the doctor is on leave."""
    begins = at("09:00")
    ends = begins + LENGTH * max(slots, 1)
    person = Doctor(doctor, f"Дәрігер {doctor}", "therapist")
    return WorkingDay(PROVIDER.bin, f"{doctor}-1", person, begins, ends, 20, (), "305", leave=not slots)


@pytest.fixture
def url(database_of: Any) -> str:
    return str(database_of("appointment_svc"))


def test_ap_9_no_order_of_steps_gives_a_slot_to_two_or_drops_a_booked_one(url: str) -> None:
    Slots.url = url
    run_state_machine_as_test(
        Slots,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )  # fmt: skip
