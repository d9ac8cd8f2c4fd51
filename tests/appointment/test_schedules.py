"""Schedules and the slots that follow (AP-1, AP-3, AP-9)."""

from datetime import date
from typing import Any

import pytest

from appointment_svc.search import Query
from appointment_svc.timetable import slots_of
from tests.appointment.surroundings import (
    COLLEAGUE,
    DOCTOR,
    WEDNESDAY,
    Surroundings,
    at,
    form,
    schedule,
    times,
)
from tests.home_visit.people import ADULT, PROVIDER

SIX = ["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"]
SUBSTITUTE = {"id": COLLEAGUE, "name": "Дәрігер D-8", "kind": "therapist"}


async def free(around: Surroundings, doctor: str | None = DOCTOR, day: str = WEDNESDAY) -> list[str]:
    query = Query(PROVIDER.bin, at("00:00", day), at("23:59", day), doctor)
    return times((await around.world.slots.search(query, around.clock.now())).slots)


async def ids(around: Surroundings) -> list[int]:
    async with around.database.connection() as connection:
        return [row["slot_id"] for row in await connection.fetch("SELECT slot_id FROM slots ORDER BY slot_id")]


async def codes(around: Surroundings, *schedules: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.id, one.code) for one in await around.enter(*schedules)]


async def test_slots_follow_from_the_length_of_an_appointment_and_leave_breaks_out(around: Surroundings) -> None:
    breaks = [{"from": "09:30", "to": "09:50"}, {"from": "10:20", "to": "10:30"}]
    assert await around.enter(schedule(minutes=15, breaks=breaks)) == []
    assert await free(around) == ["09:00", "09:15", "09:50", "10:05", "10:30", "10:45"]


async def test_no_slot_reaches_past_the_end(around: Surroundings) -> None:
    assert await around.enter(schedule(minutes=50)) == []
    assert await free(around) == ["09:00", "09:50"]


async def test_the_same_entry_twice_changes_nothing(around: Surroundings) -> None:
    before = await ids(around)
    assert await around.enter(schedule(), schedule() | {"id": "other", "date": "2026-11-26"}) == []
    assert (await ids(around))[: len(before)] == before
    again = await ids(around)
    assert await around.enter(schedule(), schedule() | {"id": "other", "date": "2026-11-26"}) == []
    assert await ids(around) == again


async def test_a_changed_day_keeps_the_slots_that_stay(around: Surroundings) -> None:
    before = set(await ids(around))
    assert await around.enter(schedule(hours="09:20-11:20")) == []
    assert await free(around) == ["09:20", "09:40", "10:00", "10:20", "10:40", "11:00"]
    assert len(before & set(await ids(around))) == len(before) - 1


async def test_a_change_that_would_drop_a_booked_slot_is_refused_and_names_it(around: Surroundings) -> None:
    await around.booked("10:40")
    [conflict] = await around.enter(schedule(hours="09:00-10:40"))
    assert (conflict.code, conflict.taken) == ("appointments_booked", (at("10:40"),))
    assert await free(around) == SIX[:-1]
    assert await codes(around, schedule(leave=True)) == [(f"{DOCTOR}-{WEDNESDAY}", "appointments_booked")]
    assert await around.enter(schedule(hours="09:20-11:00", room="306")) == []


async def test_a_held_slot_is_not_dropped_either_until_the_hold_is_over(around: Surroundings) -> None:
    await around.draft(form("10:40"))
    assert await codes(around, schedule(leave=True)) == [(f"{DOCTOR}-{WEDNESDAY}", "appointments_booked")]
    around.later(minutes=6)
    assert await around.enter(schedule(leave=True)) == []
    assert await around.states() == [("10:40", "released")]


async def test_what_unsigned_drafts_held_is_forgotten_after_a_day(around: Surroundings) -> None:
    await around.draft(form("10:00"))
    await around.draft(form("10:40"))
    await around.booked("09:00", applicant=ADULT, asked=form("09:00"))
    around.later(minutes=10)
    await around.enter(schedule(day="2026-11-26"))
    assert len(await around.states()) == 3
    around.later(days=1)
    await around.enter(schedule(day="2026-11-27"))
    assert await around.states() == [("09:00", "booked")]


async def test_the_other_days_of_a_body_are_entered_all_the_same(around: Surroundings) -> None:
    await around.booked("10:40")
    other = schedule(day="2026-11-26")
    assert await codes(around, schedule(leave=True), other) == [(f"{DOCTOR}-{WEDNESDAY}", "appointments_booked")]
    assert await free(around, day="2026-11-26") == SIX


async def test_on_leave_nobody_receives_but_a_replacement_does_in_the_same_slots(around: Surroundings) -> None:
    await around.booked("09:00")
    assert await around.enter(schedule(leave=True, replacement=SUBSTITUTE)) == []
    assert await free(around) == SIX[1:]
    found = await around.world.bookings.find(PROVIDER.bin, DOCTOR, at("09:20"))
    assert found is not None
    assert (found.slot.doctor.id, found.slot.replacement) == (DOCTOR, "Дәрігер D-8")
    _, said = await around.booked("09:40")
    assert said["appointment"]["doctor"]["replaced_by"] == "Дәрігер D-8"
    assert "Дәрігер D-8" in said["text"]["ru"]


async def test_a_doctor_does_not_receive_twice_at_a_time(around: Surroundings) -> None:
    twice = schedule(hours="10:00-12:00", id="twice")
    assert await codes(around, twice) == [("twice", "doctor_elsewhere")]
    assert await codes(around, schedule(hours="11:00-12:00", id="later")) == []
    assert await around.enter(schedule(COLLEAGUE)) == []
    assert await codes(around, schedule(leave=True, replacement=SUBSTITUTE)) == [
        (f"{DOCTOR}-{WEDNESDAY}", "doctor_elsewhere")
    ]


async def test_two_days_of_one_body_that_clash_are_both_refused(around: Surroundings) -> None:
    both = [schedule(COLLEAGUE, id=name, hours=hours) for name, hours in (("a", "09:00-11:00"), ("b", "10:00-12:00"))]
    assert sorted(await codes(around, *both)) == [("a", "doctor_elsewhere"), ("b", "doctor_elsewhere")]
    assert await free(around, COLLEAGUE) == []


async def test_two_days_change_places_in_one_body(around: Surroundings) -> None:
    early, late = schedule(COLLEAGUE, id="a"), schedule(COLLEAGUE, id="b", hours="11:00-13:00")
    assert await around.enter(early, late) == []
    assert await around.enter(early | {"hours": late["hours"]}, late | {"hours": early["hours"]}) == []


CLOSED = [
    "2013-10-14", "2013-12-16", "2014-01-01", "2014-01-03", "2014-03-21", "2023-01-07", "2024-01-01", "2024-01-02",
    "2024-03-08", "2024-03-21", "2024-03-22", "2024-03-23", "2024-03-25", "2024-05-01", "2024-05-08", "2024-12-16",
    "2025-01-01", "2025-01-02", "2025-01-03", "2025-03-21", "2025-03-22", "2025-03-24", "2025-03-25", "2026-01-01",
    "2026-01-02", "2026-03-21", "2026-03-23", "2026-03-24", "2026-03-25", "2026-11-22", "2027-01-01", "2027-01-04",
]  # fmt: skip
OPEN = [  # Worked for a day off, as whole working days: 2013-10-12, 2013-12-28, 2024-05-04; 2025-01-05, a Sunday.
    "2013-07-13", "2013-10-12", "2013-12-18", "2013-12-28", "2014-01-04", "2024-01-03", "2024-02-29", "2024-03-01",
    "2024-03-26", "2024-05-04", "2025-01-05", "2026-01-03", "2026-03-26", "2026-11-28", "2026-12-31", "2027-01-05",
]  # fmt: skip


@pytest.mark.parametrize("day", CLOSED)
async def test_ap_3_nobody_receives_on_sundays_holidays_and_the_days_in_lieu_of_them(
    around: Surroundings, day: str
) -> None:
    assert await codes(around, schedule(day=day)) == [(f"{DOCTOR}-{day}", "provider_closed")]


@pytest.mark.parametrize("day", OPEN)
async def test_ap_3_on_working_days_and_saturdays_that_are_worked_doctors_receive(
    around: Surroundings, day: str
) -> None:
    assert await codes(around, schedule(day=day)) == []


@pytest.mark.parametrize(
    ("day", "hours", "fits"),
    [
        ("2026-11-25", "08:00-20:00", True),
        ("2026-11-25", "07:40-09:00", False),
        ("2026-11-25", "19:00-20:20", False),
        ("2026-11-28", "09:00-14:00", True),
        ("2026-11-28", "08:00-14:00", False),
        ("2026-11-28", "13:00-14:20", False),
        ("2024-05-04", "08:00-20:00", True),  # A Saturday worked as a full day.
        ("2013-10-12", "08:00-20:00", True),
        ("2013-12-28", "08:00-20:00", True),
        ("2025-01-05", "08:00-20:00", True),  # A Sunday worked as a full day.
        ("2026-01-03", "08:00-20:00", False),  # The Saturday after New Year is a Saturday.
    ],
)
async def test_ap_3_doctors_receive_within_the_providers_hours(
    around: Surroundings, day: str, hours: str, *, fits: bool
) -> None:
    assert (await codes(around, schedule(COLLEAGUE, day, hours)) == []) is fits


@pytest.mark.parametrize(("day", "offset"), [("2024-02-29", 6), ("2024-03-01", 5), ("2013-07-08", 6)])
def test_ap_9_nine_in_the_morning_is_nine_in_almaty_on_both_sides_of_the_zone_change(day: str, offset: int) -> None:
    from appointment_svc.schedule_schemas import ScheduleBody  # noqa: PLC0415 - used here alone.

    body = schedule(day=day) | {"date": date.fromisoformat(day)}
    first, _ = next(slots_of(ScheduleBody.model_validate(body).as_day()))
    assert first.isoformat() == f"{day}T{9 - offset:02d}:00:00+00:00"
