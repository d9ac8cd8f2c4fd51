"""Waiting for an answer: a few calls of one account at a time, and none beyond its log-out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio

from gateway.watch import MOST_AT_ONCE
from tests.system.asking import Told
from tests.system.citizen import Citizen
from tests.system.people import request_for
from tests.system.system import System
from tests.waiting import eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Waiter:
    """A citizen with a draft, and the calls that wait for it."""

    def __init__(self, citizen: Citizen, draft: dict[str, Any]) -> None:
        self.citizen = citizen
        self.draft = draft
        self.waiting: list[asyncio.Task[Told]] = []

    def follow(self) -> asyncio.Task[Told]:
        return self._begin(self.citizen.call("GET", self.draft["links"]["events"]))

    def poll(self, seconds: int = 60) -> asyncio.Task[Told]:
        return self._begin(
            self.citizen.call("GET", self.draft["links"]["self"], headers=(("Prefer", f"wait={seconds}"),))
        )

    async def all_wait(self) -> None:
        watchers = self.citizen.system.gateway.watchers
        await eventually(lambda: sum(watchers._by_account.values()) == len(self.waiting))

    async def leave(self) -> None:
        """Hang up, as a browser does whose page is closed."""
        for task in self.waiting:
            task.cancel()
        for task in self.waiting:
            with suppress(asyncio.CancelledError):
                await task
        self.waiting.clear()

    def _begin(self, call: Any) -> asyncio.Task[Told]:
        task = asyncio.create_task(call)
        self.waiting.append(task)
        return task


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def people(system: System) -> tuple[Citizen, Citizen]:
    return await Citizen(system, "adult").enter(), await Citizen(system, "elderly").enter()


@pytest_asyncio.fixture(loop_scope="module")
async def waiter(people: tuple[Citizen, Citizen]) -> AsyncIterator[Waiter]:
    citizen = await people[0].log_in()
    waiter = Waiter(citizen, await citizen.draft(request_for()))
    yield waiter
    await waiter.leave()


async def test_ten_calls_of_an_account_wait_and_the_eleventh_is_told_to_come_back(waiter: Waiter) -> None:
    assert MOST_AT_ONCE == 10
    for _ in range(5):
        waiter.follow()
        waiter.poll()
    await waiter.all_wait()
    for refused in (
        await waiter.citizen.call("GET", waiter.draft["links"]["events"]),
        await waiter.citizen.call("GET", waiter.draft["links"]["self"], headers=(("Prefer", "wait=1"),)),
    ):
        assert (refused.status, refused.json["type"]) == (429, "/problems/too-many-waiting")
        assert refused.header("retry-after") == "15"
    assert (await waiter.citizen.call("GET", waiter.draft["links"]["self"])).status == 200


async def test_who_hangs_up_gives_the_place_back(waiter: Waiter) -> None:
    for _ in range(10):
        waiter.follow()
    await waiter.all_wait()
    await waiter.leave()
    waiter.follow()
    await waiter.all_wait()
    assert set(waiter.citizen.system.gateway.watchers._by_account.values()) == {1}


async def test_one_account_takes_no_place_of_another(waiter: Waiter, people: tuple[Citizen, Citizen]) -> None:
    for _ in range(10):
        waiter.follow()
    await waiter.all_wait()
    other = people[1]
    draft = await other.draft(request_for())
    told = await other.call("GET", draft["links"]["self"], headers=(("Prefer", "wait=1"),))
    assert told.status == 200


async def test_nothing_is_told_to_a_stream_whose_session_has_ended(waiter: Waiter) -> None:
    following = waiter.follow()
    await waiter.all_wait()
    assert (await waiter.citizen.call("DELETE", "/v1/sessions/current")).status == 204
    other_page = await Citizen(waiter.citizen.system, "adult").log_in()
    signed = await other_page.call("POST", waiter.draft["links"]["signature"], await other_page.signature(waiter.draft))
    assert signed.json["status"] == "granted"
    waiter.citizen.system.gateway.watchers.tell(waiter.draft["id"])
    told = (await following).text
    assert '"status": "draft"' in told
    assert "granted" not in told


async def test_a_long_poll_whose_session_has_ended_is_refused(waiter: Waiter) -> None:
    polling = waiter.poll()
    await waiter.all_wait()
    assert (await waiter.citizen.call("DELETE", "/v1/sessions/current")).status == 204
    waiter.citizen.system.gateway.watchers.tell(waiter.draft["id"])
    told = await polling
    assert (told.status, told.json["type"]) == (401, "/problems/session-not-valid")
