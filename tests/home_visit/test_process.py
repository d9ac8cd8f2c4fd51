import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from home_visit_svc.process import settle, term_of
from home_visit_svc.schemas import RequestBody
from shared.eds.jws import SealNotValid, open_sealed
from shared.kit.casework.attempts import loop_of, try_within_exchange
from shared.kit.casework.entries import Entry, Standing
from shared.kit.casework.gathering import Systems
from shared.kit.casework.process import issue, register, take_up
from shared.kit.casework.registration import RequestIdReused, known_provider, new_entry
from shared.kit.casework.silence import WatchedRegister, WatchedRegistry
from shared.kit.casework.timing import CLOSES_BEFORE, LEASE
from shared.kit.problems import Unprocessable
from tests.home_visit.people import ADULT, CHILD, FORM, PROVIDER, STRANGER, TUESDAY_TEN, attachment
from tests.home_visit.requests import request_body
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_rounds import duty, round_of


async def take(around: Surroundings, body: RequestBody) -> Entry | None:
    now = around.clock.now()
    new = new_entry(body, body.form.provider_bin, term_of(around.world, body), received_at=now, now=now)
    return await register(around.work, new)


async def registered(around: Surroundings, **asked: Any) -> Entry:
    entry = await take(around, request_body(**asked))
    assert entry is not None
    return entry


async def standing(around: Surroundings, request_id: UUID) -> Standing:
    found = await around.work.journal.standing(request_id)
    assert found is not None
    return found


def opened(around: Surroundings, jws: str | None) -> Any:
    assert jws is not None
    sealed = open_sealed(jws, typ="phc-document+json", trust=around.trust, at=around.clock.now(), bin=PROVIDER.bin)
    return json.loads(sealed)


async def answered(around: Surroundings, **asked: Any) -> tuple[Standing, Any]:
    """Register, answer within the exchange, and return the standing with the opened document."""
    entry = await registered(around, **asked)
    await try_within_exchange(around.work, entry)
    found = await standing(around, entry.request_id)
    return found, opened(around, found.jws)


async def unanswered(around: Surroundings) -> int:
    async with around.database.connection() as connection:
        return int(await connection.fetchval("SELECT count(*) FROM requests WHERE state <> 'answered'"))


def watched(around: Surroundings) -> Systems:
    """Return the systems as the service itself asks them."""
    return Systems(
        WatchedRegistry(around.registry, around.clock), WatchedRegister(around.register, around.clock), around.clock
    )


async def count(around: Surroundings, table: str, request_id: UUID) -> int:
    async with around.database.connection() as connection:
        sql = f"SELECT count(*) FROM {table} WHERE request_id = $1"  # noqa: S608 - the tests' own words.
        return int(await connection.fetchval(sql, request_id))


async def test_hv_16_9_the_entry_is_committed_under_a_number_before_anything_is_asked(around: Surroundings) -> None:
    entry = await registered(around)
    found = await standing(around, entry.request_id)
    assert found.number.startswith("HV-2026-0")
    assert found.answer_by == TUESDAY_TEN + timedelta(minutes=30)
    assert [(step.step, step.limit_seconds, step.met) for step in found.steps] == [(6, 60, True)]
    assert (found.outcome, found.token, around.registry.asked) == (None, None, [])


async def test_hv_9_the_term_of_a_request_of_the_night_runs_from_the_next_opening(around: Surroundings) -> None:
    night = TUESDAY_TEN + timedelta(hours=12)
    around.clock.at = night
    entry = await registered(around, signed_at=night)
    assert entry.counts_from == TUESDAY_TEN + timedelta(hours=22)
    assert entry.answer_by == TUESDAY_TEN + timedelta(hours=22, minutes=30)
    await try_within_exchange(around.work, entry)
    document = opened(around, (await standing(around, entry.request_id)).jws)
    assert document["visit"]["date"] == "2026-11-25"
    assert document["visit"]["from"] == "2026-11-25T08:00:00+05:00"


async def test_hv_8_2_a_granted_call_is_a_sealed_certificate_with_a_visit(around: Surroundings) -> None:
    await around.world.rounds.enter([round_of("process", 14, 18)], TUESDAY_TEN)
    found, document = await answered(around)
    assert (found.outcome, document["kind"], document["number"]) == ("granted", "home-visit-certificate", found.number)
    assert document["check"]["token"] == found.token
    assert document["visit"]["from"] == "2026-11-24T14:00:00+05:00"
    assert document["patient"]["name"] == {"kk": "Серікова Айгүл Маратқызы", "ru": "Серикова Айгуль Маратовна"}
    assert [step.step for step in found.steps] == [6, 8]
    assert await count(around, "evidence", found.request_id) == 2


async def test_hv_8_2_a_childs_call_goes_to_its_paediatrician(around: Surroundings) -> None:
    rounds = [round_of("child", 15, 17, doctor_id="D-9", doctor_kind="paediatrician")]
    await around.world.rounds.enter(rounds, TUESDAY_TEN)
    found, document = await answered(around, subject=CHILD)
    assert (document["applicant"]["iin"], document["patient"]["iin"]) == (ADULT, CHILD)
    assert document["visit"]["doctor"]["kind"] == "paediatrician"
    assert found.outcome == "granted"


async def test_hv_8_3_a_refusal_is_sealed_and_names_all_grounds(around: Surroundings) -> None:
    around.register.attach(ADULT)
    found, document = await answered(around, content=b"{}")
    codes = [ground["code"] for ground in document["grounds"]]
    assert codes == ["not_attached_here", "not_by_the_informatisation_law"]
    assert (found.outcome, [step.step for step in found.steps]) == ("refused", [6, 7])
    assert await count(around, "visits", found.request_id) == 0


async def test_hv_1_a_strangers_refusal_holds_nothing_of_the_other_person(around: Surroundings) -> None:
    found, document = await answered(around, subject=STRANGER)
    assert [ground["code"] for ground in document["grounds"]] == ["representative_not_entitled"]
    assert STRANGER not in json.dumps(document)
    assert around.register.asked == []
    assert found.outcome == "refused"


async def test_hv_17_4_no_such_person_is_answered_at_once(around: Surroundings) -> None:
    around.registry.people.clear()
    _, document = await answered(around)
    assert [ground["code"] for ground in document["grounds"]] == ["data_cannot_be_had"]
    assert document["grounds"][0]["systems"] == ["person_registry"]


async def test_hv_17_5_while_a_system_is_silent_the_request_waits_and_is_answered_when_it_speaks(
    around: Surroundings,
) -> None:
    around.registry.silent = True
    entry = await registered(around)
    await try_within_exchange(around.work, entry)
    assert (await standing(around, entry.request_id)).answered_at is None
    assert await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9) == []
    around.registry.silent = False
    around.clock.pass_by(timedelta(seconds=1))
    [again] = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9)
    assert (again.request_id, again.attempts) == (entry.request_id, 2)
    await take_up(around.work, again)
    assert (await standing(around, entry.request_id)).outcome == "granted"


async def test_hv_14_two_minutes_before_the_term_is_over_the_request_is_closed_naming_the_system_and_all_that_is_known(
    around: Surroundings,
) -> None:
    around.registry.silent = True
    around.register.attach(ADULT)
    entry = await registered(around)
    times = []
    await take_up(around.work, entry)
    for _ in range(60):
        around.clock.pass_by(timedelta(seconds=10))
        for due in await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9):
            times.append(around.clock.now())
            await take_up(around.work, due)
    async with around.database.connection() as connection:
        due_at = await connection.fetchval("SELECT due_at FROM requests WHERE request_id = $1", entry.request_id)
    assert (await standing(around, entry.request_id)).answered_at is None
    assert len(times) > 10
    around.clock.at = entry.answer_by - CLOSES_BEFORE
    assert due_at <= around.clock.now()
    [last] = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9)
    await take_up(around.work, last)
    found = await standing(around, entry.request_id)
    document = opened(around, found.jws)
    assert [ground["code"] for ground in document["grounds"]] == ["not_attached_here", "data_cannot_be_had"]
    assert document["grounds"][1]["systems"] == ["person_registry"]
    assert found.steps[-1].met


async def test_hv_14_an_answer_after_its_term_is_on_record_as_late(around: Surroundings) -> None:
    entry = await registered(around)
    around.clock.at = entry.answer_by + timedelta(seconds=1)
    await take_up(around.work, entry)
    assert [(step.step, step.met) for step in (await standing(around, entry.request_id)).steps] == [
        (6, True),
        (8, False),
    ]


async def test_the_same_request_again_is_the_same_registration(around: Surroundings) -> None:
    body = request_body()
    entry = await take(around, body)
    assert entry is not None
    assert await take(around, body.model_copy(update={"evidence": {"again": True}})) is None
    assert await count(around, "steps", entry.request_id) == 1


@pytest.mark.parametrize(
    "changed", [{"subject": CHILD}, {"cms": b"another"}, {"content": b"{}"}, {"form": {**FORM, "complaint": "Басқа"}}]
)
async def test_another_request_under_a_known_id_is_refused(around: Surroundings, changed: dict[str, Any]) -> None:
    entry = await registered(around)
    with pytest.raises(RequestIdReused):
        await take(around, request_body(request_id=entry.request_id, **changed))


def test_a_provider_that_left_appendix_3_cannot_be_asked() -> None:
    with pytest.raises(Unprocessable):
        known_provider("000000000000")


async def test_fifty_equal_requests_at_once_are_one_registration_and_one_answer(around: Surroundings) -> None:
    body = request_body()

    async def send() -> None:
        entry = await take(around, body)
        if entry is not None:
            await try_within_exchange(around.work, entry)

    await asyncio.gather(*(send() for _ in range(50)))
    found = await standing(around, body.request_id)
    assert found.outcome == "granted"
    assert [step.step for step in found.steps] == [6, 8]


async def test_two_workers_on_one_request_give_one_outcome_and_one_visit(around: Surroundings) -> None:
    await around.world.rounds.enter([duty("race")], TUESDAY_TEN)
    entry = await registered(around)
    around.registry.held = asyncio.Event()
    both = asyncio.gather(take_up(around.work, entry), take_up(around.work, entry))
    async with asyncio.timeout(5):
        while len(around.registry.asked) < 2:  # noqa: ASYNC110 - the fake registry counts, it does not tell.
            await asyncio.sleep(0)
    around.registry.held.set()
    await both
    assert [await count(around, table, entry.request_id) for table in ("visits", "documents", "steps")] == [1, 1, 2]
    async with around.database.connection() as connection:
        taken = await connection.fetchval("SELECT taken FROM rounds WHERE clinic_round_id = 'race'")
    assert taken == 1


async def test_after_a_crash_between_decision_and_seal_exactly_what_was_decided_is_sealed(around: Surroundings) -> None:
    entry = await registered(around)
    assert await around.work.settle(entry)
    decided = await around.work.answers.unsealed(entry.request_id)
    assert decided is not None
    around.register.attach(ADULT)
    around.clock.pass_by(LEASE)
    [again] = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9)
    assert again.state == "decided"
    await take_up(around.work, again)
    found = await standing(around, entry.request_id)
    assert opened(around, found.jws) == json.loads(decided.payload)
    assert found.outcome == "granted"


async def test_before_the_seal_nothing_is_told_of_a_decision(around: Surroundings) -> None:
    entry = await registered(around)
    await around.work.settle(entry)
    found = await standing(around, entry.request_id)
    assert (found.outcome, found.token, found.jws, found.answered_at) == (None, None, None, None)


async def test_what_is_sealed_twice_is_answered_once(around: Surroundings) -> None:
    entry = await registered(around)
    await around.work.settle(entry)
    await asyncio.gather(issue(around.work, entry.request_id), issue(around.work, entry.request_id))
    first = (await standing(around, entry.request_id)).jws
    await issue(around.work, entry.request_id)
    assert (await standing(around, entry.request_id)).jws == first
    assert await count(around, "steps", entry.request_id) == 2


async def test_after_a_crash_right_after_registration_the_loop_answers(around: Surroundings) -> None:
    entry = await registered(around)
    around.clock.pass_by(LEASE)
    loop = loop_of(around.work)
    loop.start()
    try:
        async with asyncio.timeout(10):
            while (await standing(around, entry.request_id)).answered_at is None:  # noqa: ASYNC110 - as the gateway asks.
                await asyncio.sleep(0.01)
    finally:
        await loop.stop()
    assert (await standing(around, entry.request_id)).outcome == "granted"


async def test_two_loops_never_take_up_the_same_request(around: Surroundings) -> None:
    entries = [await registered(around) for _ in range(10)]
    around.clock.pass_by(LEASE)
    now = around.clock.now()
    claimed = await asyncio.gather(*(around.work.journal.claim(now, now + LEASE, 3) for _ in range(6)))
    ids = [entry.request_id for claim in claimed for entry in claim]
    assert len(ids) == len(set(ids))
    assert {entry.request_id for entry in entries} <= set(ids) | await _still_due(around)


async def _still_due(around: Surroundings) -> set[UUID]:
    now = around.clock.now()
    return {entry.request_id for entry in await around.work.journal.claim(now, now + LEASE, 100)}


async def test_a_seal_that_is_missing_keeps_the_request_due_and_loses_nothing(
    around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    body = request_body(form={**FORM, "provider_bin": "130040900032"})
    around.register.attach(ADULT, attachment("130040900032"))
    entry = await take(around, body)
    assert entry is not None
    await try_within_exchange(around.work, entry)
    assert (await standing(around, entry.request_id)).answered_at is None
    around.clock.pass_by(timedelta(seconds=2))
    [again] = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9)
    assert (again.request_id, again.state) == (entry.request_id, "decided")


async def test_a_document_that_was_changed_does_not_hold(around: Surroundings) -> None:
    found, _ = await answered(around)
    assert found.jws is not None
    header, payload, signature = found.jws.split(".")
    with pytest.raises(SealNotValid):
        opened(around, f"{header}.{payload[:-2]}AA.{signature}")


async def test_hv_14_two_hundred_requests_that_wait_for_a_silent_registry_are_all_closed_in_time(
    around: Surroundings,
) -> None:
    around.registry.silent = True
    world = replace(around.world, systems=watched(around))
    work = replace(around.work, settle=lambda entry: settle(world, entry))
    entries = [await registered(around) for _ in range(200)]
    around.clock.at = entries[0].answer_by - CLOSES_BEFORE
    loop = loop_of(work)
    loop.start()
    try:
        async with asyncio.timeout(20):
            while await unanswered(around):  # noqa: ASYNC110 - as the gateway asks.
                await asyncio.sleep(0.02)
    finally:
        await loop.stop()
    assert len(around.registry.asked) < 40
    async with around.database.connection() as connection:
        grounds = await connection.fetch("SELECT grounds, count(*) FROM documents GROUP BY grounds")
    assert [tuple(row) for row in grounds] == [(["data_cannot_be_had"], 200)]
