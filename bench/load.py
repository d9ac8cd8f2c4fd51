"""Two ways to load a server: as much as it takes (closed loop), and a given number of requests a second (open loop)."""

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.wire import Address, Answer, Line, open_line

CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Load:
    """How a load was borne: the answers in the order in which they came, and the seconds from first to last."""

    answers: Sequence[Answer]
    seconds: float

    @property
    def per_second(self) -> float:
        """Return the answers in a second."""
        return len(self.answers) / self.seconds

    def latency(self, share: float) -> float:
        """Return the seconds within which this share of the answers came (0.5: the median)."""
        ordered = sorted(answer.seconds for answer in self.answers)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


async def as_much_as_it_takes(address: Address, requests: Sequence[bytes]) -> Load:
    """Keep every connection busy: each sends its next request when it has its answer."""
    return await _bear(address, requests, None)


async def at_rate(address: Address, requests: Sequence[bytes], per_second: float) -> Load:
    """Send requests at even intervals, whether or not the server keeps up; latency counts from when each was due."""
    return await _bear(address, requests, per_second)


async def _bear(address: Address, requests: Sequence[bytes], per_second: float | None) -> Load:
    lines = [await open_line(address) for _ in range(min(CONNECTIONS, len(requests)))]
    answers: list[Answer] = []
    left = iter(enumerate(requests))
    begun = perf_counter()

    async def send(line: Line) -> None:
        for number, request in left:
            due = perf_counter() if per_second is None else begun + number / per_second
            if (early := due - perf_counter()) > 0:
                await asyncio.sleep(early)
            status, body = await line.exchange(request)
            answers.append(Answer(status, body, perf_counter() - due))

    async with asyncio.TaskGroup() as group:
        for line in lines:
            group.create_task(send(line))
    seconds = perf_counter() - begun
    for line in lines:
        line.close()
    return Load(answers, seconds)


def middle(figures: Sequence[float]) -> float:
    """Return the median, by which rounds are told."""
    return statistics.median(figures)
