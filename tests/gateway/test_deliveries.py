"""A service that refuses a call: slower tries, a loud log, a figure to be woken by, an honest word to the citizen."""

import json
from datetime import timedelta

import pytest

from gateway import deliveries, forward, own_requests
from gateway.backlog import Backlog
from gateway.forward import WAIT_OF_REFUSED
from tests.gateway.test_requests import Desk, desk

__all__ = ["desk"]


async def deliver_due(desk: Desk, later: timedelta) -> int:
    desk.portal.clock.pass_by(later)
    world = desk.portal.world
    claimed = await deliveries.claim(world.database, world.now(), 10)
    for request in claimed:
        await forward.deliver(world, request)
    return len(claimed)


async def test_hv_14_what_a_service_refuses_is_shown_honestly_and_tried_until_it_is_taken(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = (await desk.draft()).json()
    desk.provider.mood = "refuses"
    answer = await desk.sign(draft)
    said = answer.json()
    assert (answer.status_code, said["status"], said["held_up"]) == (202, "signed", True)
    assert said["answer_by"] == "2026-11-24T10:30:00+05:00"
    assert "Signed and stored" in said["status_text"]["en"]
    (loud,) = [line for line in capsys.readouterr().out.splitlines() if '"delivery.refused"' in line]
    assert (json.loads(loud)["level"], json.loads(loud)["status"]) == ("error", 422)
    assert await deliver_due(desk, WAIT_OF_REFUSED - timedelta(seconds=1)) == 0
    assert await deliver_due(desk, timedelta(seconds=1)) == 1
    assert desk.provider.refused == 2
    await Backlog(desk.portal.app.state.metrics.registry).count(desk.portal.world)
    assert "gateway_requests_not_taken 1.0" in (await desk.portal.call("GET", "/metrics")).text
    before = (await desk.call("GET", said["links"]["self"])).headers["etag"]
    desk.provider.mood = "answers"
    assert await deliver_due(desk, WAIT_OF_REFUSED) == 1
    taken = await desk.call("GET", said["links"]["self"])
    assert (taken.json()["status"], taken.json()["held_up"]) == ("granted", False)
    assert taken.headers["etag"] != before


async def test_a_service_that_is_merely_away_is_asked_sooner_and_holds_nothing_up(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    desk.provider.mood = "fails"
    assert (await desk.sign(draft)).json()["held_up"] is False
    assert await deliver_due(desk, timedelta(seconds=15)) == 1


async def test_a_request_goes_on_in_the_trace_in_which_it_was_signed(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    desk.provider.mood = "away"
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await desk.call(
        "POST", draft["links"]["signature"], await desk.signature(draft), traceparent=f"00-{trace}-00f067aa0ba902b7-01"
    )
    assert answer.status_code == 202
    desk.portal.clock.pass_by(timedelta(seconds=30))
    (claimed,) = await deliveries.claim(desk.portal.world.database, desk.portal.world.now(), 10)
    assert (claimed.traceparent or "").split("-")[1] == trace


async def test_a_list_reads_nothing_large(desk: Desk) -> None:
    said = (await desk.sign((await desk.draft()).json())).json()
    world = desk.portal.world
    async with world.database.connection() as c:
        account = await c.fetchval("SELECT account_id FROM requests")
    (listed,) = await own_requests.list_own(world.database, account, before=None, limit=5)
    assert (listed.form, listed.content, listed.cms, listed.evidence, listed.document) == ("{}", b"", b"", None, None)
    (shown,) = (await desk.call("GET", "/v1/requests")).json()["requests"]
    assert shown == said | {"to_sign": None}
