"""A whole day without a system, by the clock: each request is answered in its term all the same (HV-14)."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from shared.kit.casework.timing import CLOSES_BEFORE
from shared.law.tables import TABLE_1
from tests.faults.town import Town
from tests.home_visit.people import TUESDAY_TEN

OPENING = TUESDAY_TEN - timedelta(hours=2)
EVERY, LOOK = timedelta(minutes=30), timedelta(minutes=5)
LAST_LOOK = timedelta(seconds=20)
"""After the closing moment the gateway asks again within its longest pause; the clock stops there as well."""


async def through_the_day(town: Town) -> AsyncIterator[datetime]:
    """Sign a call every half hour of the intake; yield at every moment at which something is due, until all is over."""
    town.clock.at, due = OPENING, {OPENING}
    while due:
        town.clock.at = now = min(due)
        due.discard(now)
        if (now - OPENING) % EVERY == timedelta() and town.service.world.hours.intake_at(now).open:
            await town.sign()
            closing = town.term_of(now) - CLOSES_BEFORE
            due |= {closing, closing + LAST_LOOK, now + EVERY, *(now + LOOK * n for n in range(1, 6))}
        await town.tick()
        yield now


@pytest.mark.parametrize(
    "systems", [("person_registry",), ("attachment_register",), ("person_registry", "attachment_register")]
)
async def test_hv_17_5_a_day_without_a_system_ends_every_request_in_its_term_and_names_the_system(
    town: Town, systems: tuple[str, ...]
) -> None:
    town.service.registry.silent = "person_registry" in systems
    town.service.register.silent = "attachment_register" in systems
    async for _ in through_the_day(town):
        assert await town.overdue() == []
    requests = await town.requests()
    assert len(requests) == len(town.signed) > 15
    for request in requests:
        assert request.signed_at is not None
        assert request.answered_at is not None
        assert request.answer_by == town.term_of(request.signed_at)
        assert request.answer_by - CLOSES_BEFORE <= request.answered_at <= request.answer_by
        assert request.updated_at <= request.answer_by
        (ground,) = town.opened(request)["grounds"]
        assert (ground["code"], ground["systems"]) == ("data_cannot_be_had", list(systems))
    town.service.registry.silent = town.service.register.silent = False
    town.clock.at = TUESDAY_TEN + timedelta(days=1)
    assert (await town.sign()).outcome == "granted"


async def test_hv_14_a_service_that_is_back_within_the_term_answers_all_that_was_signed_meanwhile_in_time(
    town: Town,
) -> None:
    async for now in through_the_day(town):
        town.line.cut = (now - OPENING) % EVERY < timedelta(minutes=25)
        assert await town.overdue() == []
    requests = await town.requests()
    assert {request.outcome for request in requests} == {"granted"}
    assert all(request.answered_at <= request.answer_by for request in requests)  # type: ignore[operator]


async def test_hv_14_what_is_signed_on_a_day_without_the_service_is_kept_shown_and_answered_once_it_is_back(
    town: Town,
) -> None:
    town.line.cut = True
    async for _ in through_the_day(town):
        pass
    requests = await town.requests()
    assert {request.state for request in requests} == {"signed"}
    assert len(await town.overdue()) == len(requests) > 15
    town.clock.pass_by(timedelta(seconds=1))
    shown = (await town.portal.get("/v1/requests?limit=100", await town.token())).json()["requests"]
    assert [(one["status"], one["overdue"]) for one in shown] == [("signed", True)] * len(requests)
    town.line.cut = False
    town.clock.pass_by(timedelta(minutes=1))
    await town.tick()
    requests = await town.requests()
    assert {request.outcome for request in requests} == {"granted"}
    assert len({request.number for request in requests}) == len(requests)
    async with town.service.database.connection() as c:
        late = await c.fetch("SELECT met, limit_seconds FROM steps WHERE step = 8")
    assert [row["met"] for row in late] == [False] * len(requests)
    assert TABLE_1[8].limit.total_seconds() == late[0]["limit_seconds"]
