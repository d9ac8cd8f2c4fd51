"""Requests flow, and at seeded random moments processes die: what was done, and what the citizens met."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final, Literal

from tests.faults.citizens import PATIENCE, Crowd, Signed
from tests.faults.stage import Stage
from tests.faults.walks import Asked, Walk

AT_ONCE: Final = 6
"""Citizens who ask side by side."""
LEAST_KILLS_EACH: Final = 2
WITHIN_AN_EXCHANGE: Final = 0.08
"""Seconds that an exchange takes: so long after a signature has left, something is being done with it."""
AWAY_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to whom: once so many signatures of its stretch of the load have left, and then so much later."""

    how: Literal["kill", "end", "stop"]
    victim: str
    after: int
    seconds: float
    family: bool = False


@dataclass(slots=True)
class Strike:
    """A fault as it happened; ``told`` is the launcher's answer, ``met`` what citizens met while it lasted."""

    fault: Fault
    told: dict[str, Any]
    met: dict[str, int] = field(default_factory=dict)
    ready: bool | None = None
    same_processes: bool | None = None


@dataclass(slots=True)
class Record:
    """All that is known of a run from outside."""

    seed: int
    signed: list[Signed]
    strikes: list[Strike]
    met: dict[str, int]


def plan_of(walk: Walk, chance: random.Random, kills: int, stretch: int) -> list[Fault]:
    """Return so many kills, each victim at least twice, two orderly ends and a PostgreSQL that stays away for a while."""
    victims = list(walk.victims) * LEAST_KILLS_EACH
    victims += chance.choices(walk.victims, k=max(0, kills - len(victims)))
    whom: list[tuple[Literal["kill", "end", "stop"], str]] = [("kill", victim) for victim in victims]
    whom += [("end", "gateway"), ("end", walk.process), ("stop", "postgres")]
    chance.shuffle(whom)
    return [
        Fault(how, victim, chance.randint(1, stretch), chance.uniform(0, WITHIN_AN_EXCHANGE), chance.random() < 0.5)
        for how, victim in whom
    ]


async def run_under_fire(stage: Stage, walk: Walk, plan: Sequence[Fault], *, requests: int, seed: int) -> Record:
    """Let the requests flow, evenly between the faults, until every signature is acknowledged."""
    chance = random.Random(seed)
    strikes: list[Strike] = []
    async with _crowd(stage, walk, chance) as (crowd, tickets, working):
        asked = _in_any_order(walk, chance)
        left = requests
        for number, fault in enumerate(plan):
            stretch = left // (len(plan) - number)
            left -= stretch
            await asyncio.to_thread(stage.await_back, fault.victim)
            begun = len(crowd.signed)
            for place in range(stretch):
                # Half of a stretch comes while PostgreSQL stays away; whatever dies at once meets all of its own.
                tickets.put_nowait(next(asked)) if fault.how != "stop" or place < stretch / 2 else held.append(next(asked))
            await _until_sent(crowd, begun + min(fault.after, stretch), working)
            await asyncio.sleep(fault.seconds)
            strikes.append(await _strike(stage, crowd, fault))
        for _ in range(AT_ONCE):
            tickets.put_nowait(None)
        await working
        return Record(seed, crowd.signed, strikes, dict(crowd.met))


@asynccontextmanager
async def _crowd(
    stage: Stage, walk: Walk, chance: random.Random
) -> "AsyncIterator[tuple[Crowd, asyncio.Queue[Asked | None], asyncio.Future[list[None]]]]":
    """Lend citizens at work: whoever is idle takes the next ticket, None sends one home."""
    crowd = Crowd(stage, walk, chance)
    tickets: asyncio.Queue[Asked | None] = asyncio.Queue()

    async def work() -> None:
        while (asked := await tickets.get()) is not None:
            await crowd.ask(asked)

    working = asyncio.gather(*(work() for _ in range(AT_ONCE)))
    try:
        yield crowd, tickets, working
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await crowd.close()


async def _until_sent(crowd: Crowd, count: int, working: "asyncio.Future[list[None]]") -> None:
    async with asyncio.timeout(PATIENCE), crowd.sent:
        await crowd.sent.wait_for(lambda: len(crowd.signed) >= count or working.done())
    if working.done():
        working.result()  # Somebody has failed.


async def _strike(stage: Stage, crowd: Crowd, fault: Fault) -> Strike:
    if fault.how == "kill":
        return Strike(fault, await asyncio.to_thread(stage.order, kill=fault.victim, all=fault.family and fault.victim == "postgres"))
    if fault.how == "end":
        return Strike(fault, await asyncio.to_thread(stage.order, end=fault.victim))
    before, processes = crowd.met.copy(), stage.order(processes=True)
    stage.order(hold=fault.victim)
    told = await asyncio.to_thread(stage.order, end=fault.victim)
    await asyncio.sleep(AWAY_SECONDS)
    ready = (await crowd.get("/readyz")).status == 200
    met = dict(crowd.met - before)
    stage.order(let=fault.victim)
    await asyncio.to_thread(stage.await_back, fault.victim)
    same = stage.order(processes=True) | {fault.victim: None} == processes | {fault.victim: None}
    return Strike(fault, told, met, ready, same)


def _in_any_order(walk: Walk, chance: random.Random) -> Iterator[Asked]:
    """Yield everything that the walk asks, again and again, each round in another order."""
    for _ in cycle([0]):
        yield from chance.sample(walk.asked, len(walk.asked))
