"""What happens to whom, and when: drawn by a seed before anything burns."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final, Literal

from tests.faults.walks import HOME_VISIT, VICTIMS

WITHIN_AN_EXCHANGE: Final = 0.08
"""Seconds that an exchange takes: so long after a signature has left, something is being done with it."""
How = Literal["kill", "power", "end", "stop"]
"""SIGKILL; SIGKILL of PostgreSQL and all its backends at once; SIGTERM amid slow exchanges; away for a while."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to whom: once so many signatures of its stretch of the load have left, and then so much later."""

    how: How
    victim: str
    after: int
    seconds: float


def plan_of(chance: random.Random, kills: int, requests: int) -> list[Fault]:
    """Return the kills, of each victim its least number, two orderly ends, and a PostgreSQL that stays away a while."""
    victims = [victim for victim, least in VICTIMS.items() for _ in range(least)]
    victims += chance.choices(list(VICTIMS), k=kills - len(victims))
    of_postgres: Iterator[How] = cycle(("power", "kill"))
    whom: list[tuple[How, str]] = [(next(of_postgres) if one == "postgres" else "kill", one) for one in victims]
    whom.append(("stop", "postgres"))
    chance.shuffle(whom)
    # Last, when little else is dead: an end is orderly only where what it drains can be finished.
    whom += [("end", HOME_VISIT.process), ("end", "gateway")]
    most = max(1, requests // len(whom))
    return [Fault(how, victim, chance.randint(1, most), chance.uniform(0, WITHIN_AN_EXCHANGE)) for how, victim in whom]
