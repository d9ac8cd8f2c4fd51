"""Looking for a free time (AP-9), and what is said where there is none."""

from datetime import timedelta
from typing import Any

import pytest

from appointment_svc.facts import own_doctors
from appointment_svc.search import Outlook, Query
from tests.appointment.surroundings import COLLEAGUE, DOCTOR, PAEDIATRICIAN, Surroundings, at, form, schedule, times
from tests.home_visit.people import ADULT, CHILD, OTHER_PROVIDER, PROVIDER


async def search(around: Surroundings, day: str = "2026-11-25", until: str | None = None, **asked: Any) -> Outlook:
    where: dict[str, Any] = {"provider_bin": PROVIDER.bin, "begins": at("00:00", day)}
    query = Query(**(where | {"ends": at("23:59", until or day)} | asked))
    return await around.world.slots.search(query, around.clock.now())


async def test_ap_9_free_times_are_told_by_time_and_doctor_without_those_taken(around: Surroundings) -> None:
    await around.booked("09:00")
    await around.draft(form("09:00", PAEDIATRICIAN), subject=CHILD)
    found = await search(around)
    assert times(found.slots)[:3] == ["09:20", "09:20", "09:40"]
    assert (len(found.slots), found.more, found.why_none) == (10, False, None)


async def test_ap_1_one_kind_of_doctor_or_one_doctor(around: Surroundings) -> None:
    assert {one.doctor.id for one in (await search(around, kinds=("paediatrician",))).slots} == {PAEDIATRICIAN}
    assert {one.doctor.id for one in (await search(around, doctor_id=DOCTOR)).slots} == {DOCTOR}
    assert (await search(around, kinds=("general_practitioner",))).slots == []


async def test_ap_9_the_own_districts_doctor_comes_first(around: Surroundings) -> None:
    await around.enter(schedule(COLLEAGUE, hours="08:00-09:00"))
    own = await own_doctors(around.world.systems, ADULT, PROVIDER.bin, at("09:00"))
    found = await search(around, kinds=("therapist",), own_doctors=own)
    assert [one.doctor.id for one in found.slots] == [DOCTOR] * 6 + [COLLEAGUE] * 3


async def test_ap_9_whose_register_is_silent_sees_the_times_in_order(around: Surroundings) -> None:
    around.register.silent = True
    assert await own_doctors(around.world.systems, ADULT, PROVIDER.bin, at("09:00")) == ()
    assert await own_doctors(around.world.systems, None, PROVIDER.bin, at("09:00")) == ()


async def test_ap_9_a_time_that_has_passed_is_not_free(around: Surroundings) -> None:
    around.clock.at = at("09:20")
    assert times((await search(around, doctor_id=DOCTOR)).slots) == ["09:40", "10:00", "10:20", "10:40"]


async def test_ap_9_no_schedule_is_published(around: Surroundings) -> None:
    found = await search(around, "2026-11-26")
    assert (found.slots, found.why_none, found.next_free) == ([], "no_schedule_published", at("09:00"))
    other = await search(around, provider_bin=OTHER_PROVIDER.bin)
    assert (other.why_none, other.next_free) == ("no_schedule_published", None)


async def test_ap_9_all_are_taken_and_when_there_is_one_again(around: Surroundings) -> None:
    await around.enter(schedule(COLLEAGUE, hours="09:00-09:20"), schedule(COLLEAGUE, "2026-11-26"))
    await around.draft(form("09:00", COLLEAGUE))
    found = await search(around, doctor_id=COLLEAGUE)
    assert (found.why_none, found.next_free) == ("all_taken", at("09:00", "2026-11-26"))


async def test_ap_9_the_doctor_is_away(around: Surroundings) -> None:
    await around.enter(schedule(leave=True))
    assert (await search(around, doctor_id=DOCTOR)).why_none == "doctor_away"


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2026-11-29", "2026-11-29"),
        ("2027-01-01", "2027-01-03"),
        ("2024-03-21", "2024-03-25"),
        ("2026-12-16", "2026-12-16"),
    ],
)
async def test_ap_3_the_provider_is_closed(around: Surroundings, day: str, until: str) -> None:
    assert (await search(around, day, until)).why_none == "provider_closed"


async def test_ap_3_times_that_have_passed_are_no_reason_why_there_is_none(around: Surroundings) -> None:
    await around.enter(schedule(day="2026-12-31"))
    around.clock.at = at("22:30", "2026-12-31")
    assert (await search(around, "2026-12-31", "2027-01-04")).why_none == "provider_closed"


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at("10:00", "2026-11-24"), at("10:00", "2026-11-24")),
        (at("06:00", "2026-11-24"), at("08:00", "2026-11-24")),
        (at("20:00", "2026-11-24"), at("08:00", "2026-11-25")),
        (at("14:00", "2026-11-28"), at("08:00", "2026-11-30")),
        (at("20:00", "2026-12-31"), at("08:00", "2027-01-05")),
        (at("12:00", "2024-03-21"), at("08:00", "2024-03-26")),
        (at("19:59", "2024-02-29"), at("19:59", "2024-02-29")),
        (at("20:00", "2024-02-29"), at("08:00", "2024-03-01")),
    ],
)
async def test_ap_3_when_the_provider_is_open_next(around: Surroundings, now: Any, opens: Any) -> None:
    around.clock.at = now
    assert (await search(around, "2026-11-26")).opens_at == opens


async def test_ap_9_more_than_one_answer_holds_is_said(around: Surroundings) -> None:
    days = [f"2026-12-{day:02d}" for day in (1, 2, 3, 4, 7, 8)]
    await around.enter(*(schedule(COLLEAGUE, day, "08:00-20:00", minutes=15) for day in days))
    found = await search(around, days[0], days[-1])
    assert (len(found.slots), found.more) == (200, True)
    rest = await search(around, days[0], days[-1], begins=found.slots[-1].starts_at + timedelta(minutes=1))
    assert (len(rest.slots), rest.more) == (88, False)
