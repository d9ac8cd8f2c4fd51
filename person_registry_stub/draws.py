"""Chance that repeats itself: the same seed and label give the same draws on every machine and every Python."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
_ENOUGH = 1 << 64
"""Below this the pool is filled up again, so that the remainder of a division stays fair."""


class Draws:
    """A stream of numbers that is told by its labels alone; ``random`` is not promised to repeat between versions."""

    __slots__ = ("_label", "_pool", "_refills")

    def __init__(self, *labels: str | int) -> None:
        self._label = ":".join(map(str, labels))
        self._refills = 0
        self._pool = self._more()

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to ``limit`` - 1."""
        if self._pool < _ENOUGH:
            self._pool = self._more()
        self._pool, drawn = divmod(self._pool, limit)
        return drawn

    def between(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``, both included."""
        return least + self.below(most - least + 1)

    def per_mille(self, chance: int) -> bool:
        """Return true ``chance`` times in a thousand."""
        return self.below(1000) < chance

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of the choices, each as likely."""
        return choices[self.below(len(choices))]

    def day_between(self, first: date, last: date) -> date:
        """Return a day from ``first`` to ``last``, both included; ``first`` itself if they are the wrong way round."""
        return first + timedelta(days=self.below(max((last - first).days, 0) + 1))

    def digits(self, count: int) -> str:
        """Return a number of ``count`` decimal digits, zeros in front kept."""
        return f"{self.below(10**count):0{count}d}"

    def _more(self) -> int:
        block = blake2b(f"{self._label}#{self._refills}".encode()).digest()
        self._refills += 1
        return int.from_bytes(block, "big")
