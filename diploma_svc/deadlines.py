"""Until when a document is issued (DP-5, DP-14), when those responsible are warned, and how a suspension moves it.

A term counts days, of which the day it begins on is none. DP-5 counts the college's working days; DP-14 counts calendar
days up to the same day of the next month, or to that month's last day where it has no such day. On days on which the
service was suspended (DP-13) the clock stands still: from the day of the suspension on, up to the day before the
resumption. What would end on a day on which the college is closed has to be issued on the last working day before.
"""

import calendar as months
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from diploma_svc.regulation import COLLEGE_HOURS, DUPLICATE_WITHIN_MONTHS, INTAKE_HOURS, ISSUED_WITHIN, LUNCH
from shared.law.hours import ALMATY, Calendar, DayKind, NeverOpens

LONGEST: Final = timedelta(days=3660)
"""So far ahead a term is counted at most; a calendar that names no working day for so long is none."""
_DAY: Final = timedelta(days=1)


class Counts(StrEnum):
    """What a term counts."""

    WORKING_DAYS = "working_days"
    """DP-5: fifteen working days from the decision of the commission or of the head."""
    MONTH = "month"
    """DP-14: a calendar month from the application."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension (DP-13): its first day, and the day on which it was resumed; None while it lasts."""

    begins: date
    ends: date | None

    def covers(self, day: date) -> bool:
        """Say whether the clock stands still on the day."""
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted, from which local day on, and on which days the clock stood still."""

    counts: Counts
    begins: date
    pauses: Sequence[Pause] = ()

    @property
    def days(self) -> int:
        """Return how many days the term has."""
        if self.counts is Counts.WORKING_DAYS:
            return ISSUED_WITHIN.count
        return (a_month_after(self.begins) - self.begins).days

    @property
    def stands_still(self) -> bool:
        """Whether a suspension lasts: then there is no last day."""
        return any(pause.ends is None for pause in self.pauses)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term, and the days on which half and four fifths of it are used up."""

    due_on: date
    half_on: date
    four_fifths_on: date

    @property
    def due_at(self) -> datetime:
        """Return the moment by which the document is issued: when the college closes (DP-2)."""
        return datetime.combine(self.due_on, COLLEGE_HOURS[1], ALMATY)


def deadline_of(term: Term, calendar: Calendar) -> Deadline | None:
    """Return the deadline by this calendar; None while the clock stands still.

    Raises NeverOpens for a calendar that names too few working days.
    """
    if term.stands_still:
        return None
    counted = list(islice(_counted(term, calendar), term.days))
    if len(counted) < term.days:
        raise NeverOpens(f"Calendar {calendar.version} names too few working days.")
    half, four_fifths = counted[-(-term.days // 2) - 1], counted[-(-term.days * 4 // 5) - 1]
    return Deadline(_last_working_day(counted[-1], term.begins, calendar), half, four_fifths)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Say whether the college works: Monday to Friday but for holidays, and on days transferred to a weekend (DP-9)."""
    return calendar.kind_of(day) is DayKind.WORKING


def takes_at_desk(at: datetime, calendar: Calendar) -> bool:
    """Say whether the desk takes applications at the moment: 9:00 to 17:00 but for lunch, on working days (DP-9)."""
    local = at.astimezone(ALMATY)
    opens, closes = INTAKE_HOURS
    at_lunch = LUNCH[0] <= local.time() < LUNCH[1]
    return opens <= local.time() < closes and not at_lunch and is_working_day(local.date(), calendar)


def a_month_after(day: date) -> date:
    """Return the same day of the next month, or that month's last day where it has none (DP-14)."""
    month = day.month + DUPLICATE_WITHIN_MONTHS
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def _counted(term: Term, calendar: Calendar) -> Iterator[date]:
    """Yield the days that the term counts, the one it begins on left out."""
    day, last = term.begins, term.begins + LONGEST
    while day < last:
        day += _DAY
        works = term.counts is Counts.MONTH or is_working_day(day, calendar)
        if works and not any(pause.covers(day) for pause in term.pauses):
            yield day


def _last_working_day(day: date, begins: date, calendar: Calendar) -> date:
    """Return the day, or the last working day before it; never the day on which the term begins or an earlier one."""
    found = day
    while found > begins:
        if is_working_day(found, calendar):
            return found
        found -= _DAY
    return day
