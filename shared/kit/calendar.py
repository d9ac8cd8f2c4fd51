"""The working days of Kazakhstan: holidays, days off in lieu, transferred working days, and a table of overrides.

The dates come from the ``holidays`` package. A working day that the Government moved to a weekend is a full working
day (08:00-20:00); the day it was moved from, and the day in lieu of a holiday on a weekend, are closed (HV-3).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final

import holidays

from shared.law.hours import DayKind

NO_OVERRIDES: Final[Mapping[date, "Override"]] = MappingProxyType({})
_SATURDAY = 5
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Override:
    """What a date is by a legal act that the package does not know yet."""

    kind: DayKind
    act: str


class KazakhstanCalendar:
    """Tells the kind of every date in Almaty; overrides win over the package."""

    version: Final[str]
    """Names the package's version and the number of overrides; stored beside every deadline."""

    def __init__(self, overrides: Mapping[date, Override] = NO_OVERRIDES) -> None:
        self.overrides = MappingProxyType(dict(overrides))
        # Read once: importlib looks the package's version up in its files, which takes as long as a whole request.
        self.version = f"holidays {version('holidays')} + {len(self.overrides)} overrides"

    def kind_of(self, day: date) -> DayKind:
        """Return the kind of a local date (HV-3)."""
        if override := self.overrides.get(day):
            return override.kind
        closed, worked = _special_days(day.year)
        if day in worked:
            return DayKind.WORKING
        if day in closed or day.weekday() == _SUNDAY:
            return DayKind.CLOSED
        return DayKind.SATURDAY if day.weekday() == _SATURDAY else DayKind.WORKING


def read_overrides(path: Path) -> dict[date, Override]:
    """Read overrides from a CSV file with the columns ``date`` (ISO), ``kind`` (a DayKind's value) and ``act``.

    Raises ValueError for a line that is not one, with its number.
    """
    overrides: dict[date, Override] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                day, override = date.fromisoformat(row["date"]), Override(DayKind(row["kind"]), row["act"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"Line {number} of {path.name} is not an override.") from error
            if not override.act or day in overrides:
                raise ValueError(f"Line {number} of {path.name} names no legal act, or its date a second time.")
            overrides[day] = override
    return overrides


@lru_cache(maxsize=64)
def _special_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days off and the working weekend days of a year.

    The neighbouring years are loaded too: 28 December 2013 was worked for 3 January 2014.
    """
    package = holidays.country_holidays("KZ", years=(year - 1, year, year + 1))
    return frozenset(package), frozenset(package.weekend_workdays)
