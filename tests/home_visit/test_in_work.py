"""Home visits in work: the visits of a day, what became of them, and to whom they are given (HV-8)."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from home_visit_svc.acts import Act, Outcome, RoundClosed, VisitNotBegun, VisitNoted
from home_visit_svc.in_work import Call
from shared.kit.problems import NotFound, PreconditionFailed, Problem, Unprocessable
from tests.home_visit.people import ADULT, CHILD, OTHER_PROVIDER, PROVIDER, TUESDAY_TEN
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_process import answered
from tests.home_visit.test_rounds import DAY, duty, round_of

DESK = {"kind": "employee", "id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b91", "name": "Тіркеуші Айша"}
COLLEAGUE = {"doctor_id": "D-9", "doctor_name": "Серікова Дана"}


async def called(around: Surroundings, *rounds: Any, **asked: Any) -> UUID:
    await around.world.rounds.enter(list(rounds), TUESDAY_TEN)
    standing, _ = await answered(around, **asked)
    assert standing.outcome == "granted"
    return standing.request_id


def act(around: Surroundings, request_id: UUID, version: int = 1, **changes: Any) -> Act:
    said = {"provider_bin": PROVIDER.bin, "doctor_id": None, "actor": DESK, "at": around.clock.now()} | changes
    return Act(request_id=request_id, version=version, **said)


async def note(around: Surroundings, asked: Act, outcome: Outcome = "visited", reason: str | None = None) -> Call:
    return await around.world.acts.note(asked, outcome, reason)


async def taken(around: Surroundings) -> dict[str, int]:
    return {one.id: one.given for one in await around.world.in_work.rounds_of(PROVIDER.bin, DAY, None)}


async def told(around: Surroundings, heard: Any = ()) -> list[tuple[UUID, str]]:
    return [(one.request_id, one.state) for one in await around.world.untold.after(heard)]


async def test_hv_8_the_visits_of_a_day_stand_by_round_and_doctor_and_a_doctor_has_their_own(
    around: Surroundings,
) -> None:
    afternoon = round_of("afternoon", 14, 18)
    first = await called(around, afternoon, subject=CHILD)  # A paediatrician has no round: the duty doctor goes.
    second = await called(around)
    visits = await around.world.in_work.visits_of(PROVIDER.bin, DAY, None)
    assert [(one.request_id, one.walk.id if one.walk else None) for one in visits] == [
        (second, "afternoon"), (first, None)]  # fmt: skip
    assert (visits[0].patient_iin, visits[0].version, visits[0].standing) == (ADULT, 1, None)
    assert all(visits[0].patient_name)
    assert [one.request_id for one in await around.world.in_work.visits_of(PROVIDER.bin, DAY, "D-7")] == [second]
    assert await around.world.in_work.visits_of(PROVIDER.bin, DAY + timedelta(days=1), None) == []
    assert await around.world.in_work.visits_of(OTHER_PROVIDER.bin, DAY, None) == []


async def test_hv_8_calls_that_share_a_visit_are_shown_with_it_and_go_with_it(around: Surroundings) -> None:
    first = await called(around, round_of("afternoon", 14, 18))
    second = await called(around)
    [visit] = await around.world.in_work.visits_of(PROVIDER.bin, DAY, None)
    assert (visit.request_id, [UUID(one["request_id"]) for one in visit.further]) == (first, [second])
    noted = await note(around, act(around, second), "nobody_home")  # By either's number.
    assert (noted.request_id, noted.standing, noted.version) == (first, "nobody_home", 2)
    assert sorted(await told(around)) == sorted([(first, "nobody_home"), (second, "nobody_home")])
    own = await around.world.in_work.of_request(second, ADULT)
    assert own is not None
    assert (own.standing, await around.world.in_work.of_request(second, CHILD)) == ("nobody_home", None)


async def test_hv_8_an_outcome_says_who_and_when_and_is_corrected_with_a_reason_while_the_day_lasts(
    around: Surroundings,
) -> None:
    call = await called(around, round_of("afternoon", 14, 18))
    noted = await note(around, act(around, call), "nobody_home")
    assert (noted.noted_by, noted.noted_at) == (DESK, TUESDAY_TEN)
    around.clock.pass_by(timedelta(hours=2))
    with pytest.raises(Unprocessable):
        await note(around, act(around, call, 2))
    corrected = await note(around, act(around, call, 2), "visited", "Есік қағылғанын естімеген")
    assert (corrected.standing, corrected.version, corrected.noted_at) == ("visited", 3, TUESDAY_TEN)
    around.clock.pass_by(timedelta(hours=12))  # Past midnight in Almaty.
    with pytest.raises(VisitNoted):
        await note(around, act(around, call, 3), "not_needed", "Кеш")
    async with around.database.connection() as c:
        acts = await c.fetch("SELECT act, outcome, reason FROM visit_acts ORDER BY act_id")
    assert [(one["act"], one["outcome"]) for one in acts] == [("noted", "nobody_home"), ("corrected", "visited")]


async def test_hv_8_what_nobody_noted_in_time_is_noted_late(around: Surroundings) -> None:
    call = await called(around, round_of("afternoon", 14, 18))
    around.clock.pass_by(timedelta(days=2))
    assert (await note(around, act(around, call))).standing == "visited"


async def test_hv_8_a_visit_of_tomorrow_cannot_have_been_made_but_may_be_needed_no_more(around: Surroundings) -> None:
    call = await called(around, round_of("afternoon", 14, 18))
    yesterday = TUESDAY_TEN - timedelta(days=1)
    with pytest.raises(VisitNotBegun):
        await note(around, act(around, call, at=yesterday))
    assert (await note(around, act(around, call, at=yesterday), "not_needed")).standing == "not_needed"


async def test_a_stale_version_another_clinic_and_another_doctor_change_nothing(around: Surroundings) -> None:
    call = await called(around, round_of("afternoon", 14, 18))
    refused: list[tuple[type[Problem], Act]] = [
        (PreconditionFailed, act(around, call, 2)),
        (NotFound, act(around, call, provider_bin=OTHER_PROVIDER.bin)),
        (NotFound, act(around, call, doctor_id="D-9")),
        (NotFound, act(around, UUID(int=7))),
    ]
    for problem, asked in refused:
        with pytest.raises(problem):
            await note(around, asked)
        with pytest.raises(problem):
            await around.world.acts.move(asked, "afternoon", None)
    assert (await note(around, act(around, call, doctor_id="D-7"))).version == 2


async def test_of_two_who_note_at_once_one_is_told_that_it_changed(around: Surroundings) -> None:
    call = await called(around, round_of("afternoon", 14, 18))
    both = [note(around, act(around, call), "visited"), note(around, act(around, call), "nobody_home")]
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["Call", "PreconditionFailed"]


async def test_hv_8_a_call_goes_to_another_doctor_with_its_place(around: Surroundings) -> None:
    other = round_of("other", 15, 19, calls=1, **COLLEAGUE)
    call = await called(around, round_of("afternoon", 14, 18), other)
    moved = await around.world.acts.move(act(around, call), "other", "Дәрігер ауырып қалды")
    assert moved.walk is not None
    assert (moved.walk.doctor_id, moved.starts_at, moved.ends_at) == ("D-9", other.starts_at, other.ends_at)
    assert (await taken(around), moved.standing, moved.moved) == ({"afternoon": 0, "other": 1}, "reassigned", True)
    assert await told(around) == [(call, "reassigned")]
    assert await told(around, [(call, "reassigned")]) == []
    again = await around.world.acts.move(act(around, call, 2), "other", None)
    assert (again.version, await taken(around)) == (2, {"afternoon": 0, "other": 1})  # It is there already.
    back = await around.world.acts.move(act(around, call, 2), "afternoon", None)
    assert (back.version, await taken(around)) == (3, {"afternoon": 1, "other": 0})


async def test_hv_8_a_call_without_a_round_is_given_to_one(around: Surroundings) -> None:
    call = await called(around)
    await around.world.rounds.enter([duty()], TUESDAY_TEN)
    moved = await around.world.acts.move(act(around, call), "duty", None)
    assert (moved.walk is not None and moved.walk.duty, await taken(around)) == (True, {"duty": 1})


async def test_hv_8_a_call_is_not_given_to_a_full_round_a_past_one_or_that_of_another_day(
    around: Surroundings,
) -> None:
    rounds = [
        round_of("afternoon", 14, 18),
        round_of("full", 15, 19, calls=0, **COLLEAGUE),
        round_of("tomorrow", 14, 18, day=DAY + timedelta(days=1)),
        round_of("theirs", 14, 18, provider_bin=OTHER_PROVIDER.bin),
        round_of("early", 8, 10, **COLLEAGUE),
    ]
    call = await called(around, *rounds)
    for name, problem in {"full": RoundClosed, "early": RoundClosed, "tomorrow": Unprocessable,
                          "theirs": Unprocessable, "none": Unprocessable}.items():  # fmt: skip
        with pytest.raises(problem):
            await around.world.acts.move(act(around, call), name, None)
    await note(around, act(around, call))
    with pytest.raises(VisitNoted):
        await around.world.acts.move(act(around, call, 2), "full", None)
    assert (await taken(around))["afternoon"] == 1


async def test_hv_8_moves_that_cross_never_overfill_a_round_nor_lose_a_place(around: Surroundings) -> None:
    around.register.attach(CHILD, *around.register.attachments[ADULT])
    rounds = [round_of("one", 14, 18, calls=1), round_of("two", 15, 19, calls=2, **COLLEAGUE)]
    calls = [await called(around, *rounds), await called(around, subject=CHILD)]
    for attempt in range(6):
        versions = {one.request_id: one for one in await around.world.in_work.visits_of(PROVIDER.bin, DAY, None)}
        to = ["two", "one"] if attempt % 2 else ["one", "two"]
        acts = [around.world.acts.move(act(around, call, versions[call].version), name, None)
                for call, name in zip(calls, to, strict=True)]  # fmt: skip
        answers = await asyncio.gather(*acts, return_exceptions=True)
        assert {type(one) for one in answers} <= {Call, RoundClosed}
        counted = await taken(around)
        visits = await around.world.in_work.visits_of(PROVIDER.bin, DAY, None)
        assert counted == {name: sum(one.walk is not None and one.walk.id == name for one in visits)
                           for name in counted}  # fmt: skip
        assert counted["one"] <= 1


async def test_hv_8_after_what_was_noted_a_new_call_is_a_new_visit(around: Surroundings) -> None:
    first = await called(around, round_of("afternoon", 14, 18))
    await note(around, act(around, first), "nobody_home")
    second = await called(around)
    visits = {one.request_id: one for one in await around.world.in_work.visits_of(PROVIDER.bin, DAY, None)}
    assert (set(visits), visits[second].standing, await taken(around)) == ({first, second}, None, {"afternoon": 2})
