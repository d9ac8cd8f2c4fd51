"""What happens to whom, and when: drawn by a seed before anything burns."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Final, Literal

from tests.faults.walks import VICTIMS

WITHIN_AN_EXCHANGE: Final = 0.08
"""Seconds that an exchange takes: so long after a signature has left, something is being done with it."""
How = Literal["kill", "power", "stop", "end"]
"""SIGKILL; SIGKILL of PostgreSQL and all its backends at once; away for a while; SIGTERM of every door at once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to whom: once so many signatures of its stretch of the load have left, and then so much later."""

    how: How
    victim: str
    after: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How many requests are signed in a run, and how many processes are killed meanwhile."""

    requests: int
    kills: int


SHORT: Final = Scale(48, 6)
LONG: Final = Scale(300, 24)


def plan_of(chance: random.Random, scale: Scale) -> list[Fault]:
    """Return the kills, everybody's first, a PostgreSQL that stays away for a while, and an orderly end of all."""
    victims = [*VICTIMS, *chance.choices(VICTIMS, k=scale.kills - len(VICTIMS))]
    of_postgres: Iterator[How] = cycle(("power", "kill"))
    whom: list[tuple[How, str]] = [(next(of_postgres) if one == "postgres" else "kill", one) for one in victims]
    whom.append(("stop", "postgres"))
    chance.shuffle(whom)
    # Last, when nobody is dead: an end is orderly only where what it drains can be finished.
    whom.append(("end", "gateway"))
    most = max(1, scale.requests // len(whom))
    return [Fault(how, victim, chance.randint(1, most), chance.uniform(0, WITHIN_AN_EXCHANGE)) for how, victim in whom]
