"""The clock jumps, as a machine's does that was set wrongly: nothing is lost, done twice, or stuck."""

from datetime import timedelta

from gateway.deliveries import FARTHEST, LEASE
from gateway.forward import LONGEST_WAIT
from tests.faults.town import Town

AN_HOUR, A_MOMENT = timedelta(hours=1), timedelta(minutes=1)


async def test_what_waits_while_the_clock_jumps_ahead_is_answered_once(town: Town) -> None:
    town.service.registry.silent = True
    assert (await town.sign()).state == "registered"
    town.clock.pass_by(AN_HOUR)
    town.service.registry.silent = False
    await look_for_a_while(town)
    await exactly_one_answer_each(town)


async def test_what_was_put_off_by_a_clock_that_ran_ahead_is_taken_up_when_it_is_set_right(town: Town) -> None:
    town.clock.pass_by(AN_HOUR)
    town.service.registry.silent = True
    assert (await town.sign()).state == "registered"
    town.line.cut = True
    assert (await town.sign()).state == "signed"
    town.clock.pass_by(-AN_HOUR)
    town.service.registry.silent = town.line.cut = False
    await look_for_a_while(town)
    await exactly_one_answer_each(town)


async def test_a_clock_that_jumps_to_and_fro_between_signature_and_answer_loses_and_doubles_nothing(town: Town) -> None:
    for hours in (1, -1, -1, 1, 3, -3):
        town.line.loses_answers = True
        await town.sign()
        town.line.loses_answers = False
        town.clock.pass_by(hours * AN_HOUR)
        await town.sign()
    await look_for_a_while(town)
    await exactly_one_answer_each(town)
    token = await town.token()
    for request in await town.requests():
        steps = await town.portal.get(f"/v1/requests/{request.id}/steps", token)
        assert steps.status_code == 200
        assert {step["step"] for step in steps.json()["steps"]} >= {5, 6, 8}


def test_the_gateway_leaves_no_row_alone_for_as_long_as_only_a_wrong_clock_could_have_written() -> None:
    assert max(LEASE, LONGEST_WAIT) < FARTHEST


async def look_for_a_while(town: Town) -> None:
    for _ in range(3):
        town.clock.pass_by(A_MOMENT)
        await town.tick()


async def exactly_one_answer_each(town: Town) -> None:
    requests = await town.requests()
    assert [request.outcome for request in requests] == ["granted"] * len(town.signed)
    assert len({request.number for request in requests}) == len(requests)
    async with town.service.database.connection() as c:
        for table in ("requests", "documents", "visits"):
            assert await c.fetchval(f"SELECT count(*) FROM {table}") == len(requests)  # noqa: S608 - names of ours.
