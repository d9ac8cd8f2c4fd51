"""Requests flow, and at seeded random moments processes die: what was done, and what the citizens met."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tests.faults.citizens import PATIENCE, Crowd, Signed
from tests.faults.plan import Fault, How
from tests.faults.stage import Stage
from tests.faults.walks import DOORS, VICTIMS, Asked, Walk

AT_ONCE: Final = 6
"""Citizens who ask side by side."""
LOOK_SECONDS: Final = 0.1
AWAY_SECONDS: Final = 2.0


@dataclass(slots=True)
class Strike:
    """A fault as it happened: the launcher's answer, who was amid an exchange, what citizens met while it lasted."""

    fault: Fault
    told: dict[str, Any]
    amid: list[Signed] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    ready: bool | None = None
    """What the gateway said of itself meanwhile."""
    restarted: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Record:
    """All that is known of a run from outside."""

    seed: int
    signed: list[Signed]
    strikes: list[Strike]
    met: dict[str, int]

    def figures(self) -> str:
        """Say what was done."""
        struck = Counter(f"{one.fault.how} {one.fault.victim}" for one in self.strikes)
        done = ", ".join(f"{what} {times}" for what, times in sorted(struck.items()))
        acknowledged = sum(one.told is not None for one in self.signed)
        again = sum(one.tries > 1 for one in self.signed)
        slowest = max(one.seconds for one in self.signed)
        return (
            f"seed {self.seed}: {len(self.signed)} signed, {acknowledged} acknowledged, {again} of them sent again, "
            f"slowest acknowledgement {slowest:.1f} s; {len(self.killed())} killed ({done}); met {self.met}"
        )

    def of(self, *how: How) -> list[Strike]:
        return [one for one in self.strikes if one.fault.how in how]

    def killed(self) -> list[str]:
        """Give everybody who was killed, as often as they were."""
        return [one.fault.victim for one in self.of("kill", "power") if one.told["process_id"]]


class Fire:
    """One run: citizens at work, and the faults that happen to them."""

    def __init__(self, stage: Stage, walks: Sequence[Walk], seed: int) -> None:
        self._stage, self._seed = stage, seed
        chance = random.Random(seed)  # noqa: S311 - it draws moments, not secrets.
        self._walks, self._asked = walks, _in_any_order(walks, chance)
        self._crowd = Crowd(stage, chance)
        self._tickets: asyncio.Queue[Asked | None] = asyncio.Queue()

    async def burn(self, plan: Sequence[Fault], requests: int) -> Record:
        """Let the requests flow, evenly between the faults, until every signature is acknowledged."""
        strikes, left = [], requests
        async with self._at_work():
            for number, fault in enumerate(plan):
                stretch = left // (len(plan) - number)
                left -= stretch
                await asyncio.to_thread(self._stage.await_back, fault.victim)
                strikes.append(await self._happen(fault, stretch))
            self._release(left)
        return Record(self._seed, self._crowd.signed, strikes, dict(self._crowd.met))

    async def _happen(self, fault: Fault, stretch: int) -> Strike:
        match fault.how:
            case "kill" | "power":
                await self._flow(fault, stretch)
                return Strike(fault, await self._order(kill=fault.victim, all=fault.how == "power"))
            case "end":
                return await self._end_all_amid_slow_exchanges(fault, stretch)
            case "stop":
                await self._flow(fault, (stretch + 1) // 2)
                return await self._stay_away(fault, stretch // 2)

    async def _end_all_amid_slow_exchanges(self, fault: Fault, stretch: int) -> Strike:
        await self._calm_down()
        await self._crowd.put_registry_into("slow")
        amid = min(AT_ONCE, stretch)
        await self._flow(replace(fault, after=amid), amid)
        signed = self._crowd.signed[-amid:]
        for walk in self._walks:
            ids = [one.request_id for one in signed if one.asked.service == walk.service]
            await self._stage.until_registered(walk.process, ids)
        strike = Strike(fault, await self._order(end=DOORS), signed)
        await self._crowd.put_registry_into("ok")
        self._release(stretch - amid)
        return strike

    async def _calm_down(self) -> None:
        """Wait until everybody is back and a request is answered within its exchange again."""
        for victim in VICTIMS:
            await asyncio.to_thread(self._stage.await_back, victim)
        async with asyncio.timeout(PATIENCE):
            while not (await self._crowd.ask(next(self._asked))).answered_at_once:  # noqa: ASYNC110 - it asks anew.
                await asyncio.sleep(LOOK_SECONDS)

    async def _stay_away(self, fault: Fault, stretch: int) -> Strike:
        """Stop the victim while half of the stretch is still to come, and let it be started again after a while."""
        met, ran = self._crowd.met.copy(), await self._order(processes=True)
        await self._order(hold=fault.victim)
        told = await self._order(end=[fault.victim])
        self._release(stretch)
        await self._meet("503" if fault.victim == "postgres" and stretch else None, met)
        strike = Strike(fault, told, [], dict(self._crowd.met - met), await self._is_ready())
        await self._order(let=fault.victim)
        async with asyncio.timeout(PATIENCE):
            while not await self._is_ready():  # noqa: ASYNC110 - another process gets ready.
                await asyncio.sleep(LOOK_SECONDS)
        run = await self._order(processes=True)
        strike.restarted = {
            name for name, process in ran.items() if name != fault.victim and process not in (None, run[name])
        }
        return strike

    async def _is_ready(self) -> bool:
        return (await self._crowd.get("/readyz")).status == 200

    async def _meet(self, status: str | None, before: Counter[str]) -> None:
        """Let it last for a while, and until somebody has met this status."""
        await asyncio.sleep(AWAY_SECONDS)
        async with asyncio.timeout(PATIENCE):
            while status is not None and self._crowd.met[status] == before[status]:  # noqa: ASYNC110 - others meet it.
                await asyncio.sleep(LOOK_SECONDS)

    async def _flow(self, fault: Fault, stretch: int) -> None:
        """Release a stretch of the load and return within an exchange of the request that the fault waits for."""
        awaited = len(self._crowd.signed) + min(fault.after, stretch)
        self._release(stretch)
        async with asyncio.timeout(PATIENCE), self._crowd.sent:
            await self._crowd.sent.wait_for(lambda: len(self._crowd.signed) >= awaited)
        await asyncio.sleep(fault.seconds)

    def _release(self, requests: int) -> None:
        for _ in range(requests):
            self._tickets.put_nowait(next(self._asked))

    async def _order(self, **order: Any) -> dict[str, Any]:
        return await asyncio.to_thread(self._stage.order, **order)

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[None]:
        """Have citizens who take ticket after ticket and leave when all is acknowledged; one's failure ends all."""
        try:
            async with asyncio.TaskGroup() as citizens:
                for _ in range(AT_ONCE):
                    citizens.create_task(self._work())
                yield
                for _ in range(AT_ONCE):
                    self._tickets.put_nowait(None)
        finally:
            await self._crowd.close()

    async def _work(self) -> None:
        while (asked := await self._tickets.get()) is not None:
            await self._crowd.ask(asked)


def _in_any_order(walks: Sequence[Walk], chance: random.Random) -> Iterator[Asked]:
    """Yield what is asked, of each service in turn, again and again, each time in another order."""
    for streams in zip(*(_again_and_again(walk.asked, chance) for walk in walks), strict=True):
        yield from streams


def _again_and_again(asked: Sequence[Asked], chance: random.Random) -> Iterator[Asked]:
    while True:
        yield from chance.sample(asked, len(asked))
