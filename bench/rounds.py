"""How the programs take turns: round by round one after the other, so that whatever else the machine does hits all."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.consumption import processor_seconds
from bench.load import CONNECTIONS, Load, as_much_as_it_takes, at_rate, middle
from bench.wire import Address, Answer

REST_SECONDS = 0.3
"""Before each measurement, for what the preparation has left to do."""
HALF_LOAD_SECONDS = 4.0


class Contender(Protocol):
    """A program as the rounds see it; ``families`` are its processes by name, PostgreSQL among them."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    @property
    def address(self) -> Address:
        """Where it is asked."""
        ...

    @property
    def families(self) -> Mapping[str, int]:
        """Whose processor time counts."""
        ...

    async def prepare(self, count: int) -> list[bytes]:
        """Return so many requests, each to be sent once."""
        ...

    def is_right(self, answer: Answer) -> bool:
        """Say whether an answer is the one that is due."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """One round of one program: microseconds of processor time a request by process, and requests in a second."""

    cost: Mapping[str, float]
    per_second: float

    @property
    def total(self) -> float:
        """Return the microseconds of all processes together."""
        return sum(self.cost.values())


@dataclass(slots=True)
class Record:
    """All that was measured of one program."""

    samples: list[Sample] = field(default_factory=list)
    at_half_load: list[Load] = field(default_factory=list)
    sent: int = 0
    not_at_once: int = 0
    """Answers that were not the whole one within the exchange: the ledger tells in the end whether it came."""

    @property
    def per_second(self) -> float:
        """Return the greatest load that was borne, as the median of the rounds."""
        return middle([sample.per_second for sample in self.samples])

    @property
    def total(self) -> float:
        """Return the microseconds of processor time a request, as the median of the rounds."""
        return middle([sample.total for sample in self.samples])

    def cost_of(self, process: str) -> float:
        """Return the microseconds of one process a request, as the median of the rounds."""
        return middle([sample.cost.get(process, 0.0) for sample in self.samples])

    def latency(self, share: float) -> float:
        """Return the seconds within which this share of all answers at half load came."""
        ordered = sorted(answer.seconds for load in self.at_half_load for answer in load.answers)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


async def warm_up(contender: Contender, record: Record, count: int) -> None:
    """Let a program open its connections and load its keys; nothing is measured."""
    _count(record, contender, await as_much_as_it_takes(contender.address, await contender.prepare(count)))


async def one_round(contender: Contender, record: Record, count: int) -> None:
    """Give a program as much as it takes."""
    requests = await contender.prepare(count)
    await asyncio.sleep(REST_SECONDS)
    before = processor_seconds(contender.families)
    load = await as_much_as_it_takes(contender.address, requests)
    after = processor_seconds(contender.families)
    cost = {name: (after[name] - before[name]) / count * 1e6 for name in before}
    record.samples.append(Sample(cost, load.per_second))
    _count(record, contender, load)


async def half_load(contender: Contender, record: Record) -> None:
    """Give a program half of what it takes, at even intervals."""
    per_second = record.per_second / 2
    requests = await contender.prepare(max(int(per_second * HALF_LOAD_SECONDS), CONNECTIONS))
    await asyncio.sleep(REST_SECONDS)
    load = await at_rate(contender.address, requests, per_second)
    record.at_half_load.append(load)
    _count(record, contender, load)


def in_turn(contenders: Sequence[Contender], number: int) -> Sequence[Contender]:
    """Return them in another order each round: whoever comes first meets another machine than whoever comes last."""
    start = number % len(contenders)
    return [*contenders[start:], *contenders[:start]]


def _count(record: Record, contender: Contender, load: Load) -> None:
    record.sent += len(load.answers)
    record.not_at_once += sum(not contender.is_right(answer) for answer in load.answers)
