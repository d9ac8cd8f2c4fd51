from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from shared.kit.attachments import AttachmentsUnavailable
from shared.kit.casework.silence import AFTER, PAUSE, WatchedRegister, WatchedRegistry
from shared.kit.registry import RegistryUnavailable
from tests.fakes import ClockAt
from tests.home_visit.people import ADULT, TUESDAY_TEN
from tests.home_visit.surroundings import FakeRegister, FakeRegistry


@dataclass
class Watched:
    """One way to ask, the system behind it, and the clock."""

    ask: Callable[[], Awaitable[object]]
    system: FakeRegistry | FakeRegister
    clock: ClockAt

    async def fail(self, times: int) -> int:
        """Ask in vain; return how often the system itself was asked."""
        before = len(self.system.asked)
        for _ in range(times):
            with pytest.raises((RegistryUnavailable, AttachmentsUnavailable)):
                await self.ask()
        return len(self.system.asked) - before


@pytest.fixture(params=["registry", "register"])
def watched(request: pytest.FixtureRequest) -> Watched:
    clock = ClockAt(TUESDAY_TEN)
    if request.param == "registry":
        registry = FakeRegistry(silent=True)
        watch = WatchedRegistry(registry, clock)
        return Watched(lambda: watch.person(ADULT, "HV-12.1"), registry, clock)
    register = FakeRegister(silent=True)
    other = WatchedRegister(register, clock)
    return Watched(lambda: other.current(ADULT, "HV-12.2"), register, clock)


async def test_hv_14_a_silent_system_is_asked_once_a_pause_by_one_request_for_all(watched: Watched) -> None:
    assert await watched.fail(100) == AFTER
    for _ in range(5):
        watched.clock.pass_by(PAUSE)
        assert await watched.fail(100) == 1


async def test_a_system_that_answers_again_is_asked_by_everyone(watched: Watched) -> None:
    await watched.fail(AFTER)
    watched.system.silent = False
    watched.clock.pass_by(PAUSE)
    for _ in range(3):
        await watched.ask()
    assert len(watched.system.asked) == AFTER + 3


async def test_single_failures_between_answers_are_no_silence(watched: Watched) -> None:
    for _ in range(AFTER):
        watched.system.silent = True
        assert await watched.fail(AFTER - 1) == AFTER - 1
        watched.system.silent = False
        await watched.ask()


async def test_while_one_asks_for_all_the_others_do_not_wait(watched: Watched) -> None:
    await watched.fail(AFTER)
    watched.clock.pass_by(PAUSE)
    assert await watched.fail(2) == 1
    watched.clock.pass_by(PAUSE - timedelta(milliseconds=1))
    assert await watched.fail(2) == 0
