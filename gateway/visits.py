"""How often a network may ask what needs no login: counted in this process, in windows of the clock."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from shared.kit.problems import TooManyRequests

MOST_KNOWN: Final = 20_000
"""Networks counted at once; those that came first are forgotten first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many visits in so long a time."""

    name: str
    most: int
    within: timedelta


LOOKS: Final = Allowance("look", 120, timedelta(minutes=1))
CODES: Final = Allowance("code", 10, timedelta(minutes=10))
"""Codes typed: ten tries of 2^40."""
FILES: Final = Allowance("file", 20, timedelta(minutes=1))


@dataclass(slots=True)
class Visits:
    """The counts, by what is done and who does it."""

    counts: "OrderedDict[tuple[str, str], tuple[datetime, int]]" = field(default_factory=OrderedDict)

    def count(self, allowance: Allowance, who: str, at: datetime) -> None:
        """Count a visit; raises TooManyRequests, with when to come again, for one too many."""
        key = (allowance.name, who)
        begun, so_far = self.counts.pop(key, (at, 0))
        if not timedelta() <= at - begun < allowance.within:
            begun, so_far = at, 0
        self.counts[key] = (begun, so_far + 1)
        while len(self.counts) > MOST_KNOWN:
            self.counts.popitem(last=False)
        if so_far >= allowance.most:
            left = allowance.within - (at - begun)
            raise TooManyRequests(retry_after=max(1, int(left.total_seconds()) + 1))
