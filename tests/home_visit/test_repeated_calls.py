"""One patient's calls of a day take one place of a doctor's round (HV-8, HV-15; docs/decisions/0014)."""

import asyncio
from datetime import timedelta
from typing import Any

from shared.kit.casework.process import take_up
from tests.home_visit.people import ADULT, CHILD, TUESDAY_TEN
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_process import answered, registered
from tests.home_visit.test_rounds import round_of


async def taken(around: Surroundings) -> dict[str, int]:
    async with around.database.connection() as c:
        return {row["clinic_round_id"]: row["taken"] for row in await c.fetch("SELECT * FROM rounds")}


def visit_of(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document["visit"][name] for name in ("date", "from", "to", "doctor")}


async def test_hv_8_a_second_call_of_the_day_is_granted_with_the_visit_that_stands(around: Surroundings) -> None:
    await around.world.rounds.enter([round_of("one", 14, 18)], TUESDAY_TEN)
    first, certificate = await answered(around)
    second, again = await answered(around)
    assert (first.outcome, second.outcome) == ("granted", "granted")
    assert first.number != second.number
    assert visit_of(again) == visit_of(certificate)
    assert (certificate["visit"].get("called_before"), again["visit"]["called_before"]) == (None, first.number)
    assert all(first.number in text for text in again["text"].values())
    assert await taken(around) == {"one": 1}


async def test_hv_8_another_patient_of_the_same_applicant_has_a_place_of_their_own(around: Surroundings) -> None:
    rounds = [round_of("adult", 14, 18), round_of("child", 15, 17, doctor_id="D-9", doctor_kind="paediatrician")]
    await around.world.rounds.enter(rounds, TUESDAY_TEN)
    await answered(around, subject=ADULT)
    _, childs = await answered(around, subject=CHILD)
    assert "called_before" not in childs["visit"]
    assert await taken(around) == {"adult": 1, "child": 1}


async def test_hv_8_after_the_visit_a_new_call_is_a_new_visit(around: Surroundings) -> None:
    await around.world.rounds.enter([round_of("morning", 10, 12), round_of("afternoon", 15, 18)], TUESDAY_TEN)
    await answered(around)
    around.clock.pass_by(timedelta(hours=3))
    _, again = await answered(around)
    assert "called_before" not in again["visit"]
    assert await taken(around) == {"morning": 1, "afternoon": 1}


async def test_hv_8_calls_of_one_patient_at_once_share_one_place(around: Surroundings) -> None:
    await around.world.rounds.enter([round_of("race", 14, 18)], TUESDAY_TEN)
    entries = [await registered(around) for _ in range(6)]
    await asyncio.gather(*(take_up(around.work, entry) for entry in entries))
    assert await taken(around) == {"race": 1}
    async with around.database.connection() as c:
        assert await c.fetchval("SELECT count(*) FROM visits WHERE same_as IS NOT NULL") >= 5
