"""Provider hours and the hours of intake (HV-3, HV-9, AP-3, AT-2, AT-16), in the time of Almaty."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

ALMATY: Final = ZoneInfo("Asia/Almaty")
INTAKE_ENDS_BEFORE_CLOSING: Final = timedelta(hours=2)  # HV-9, AT-16
ANSWER_AT_DESK: Final = timedelta(minutes=10)  # Table 2, steps 7 and 8
LONGEST_CLOSURE_DAYS: Final = 31


class DayKind(Enum):
    """What a date is to a provider: a full working day, a short Saturday, or closed."""

    WORKING = "working"
    SATURDAY = "saturday"
    CLOSED = "closed"


OPENING_HOURS: Final = {  # HV-3, AP-3, AT-2
    DayKind.WORKING: (time(8), time(20)),
    DayKind.SATURDAY: (time(9), time(14)),
}


class Calendar(Protocol):
    """Tells the kind of each local date; the version is stored beside every deadline that was counted with it."""

    @property
    def version(self) -> str:
        """Name the source of the dates and its version."""

    def kind_of(self, day: date) -> DayKind:
        """Return the kind of a date in Almaty."""


class ZoneDataStale(RuntimeError):
    """The machine's time zone files do not know that Almaty moved to UTC+5 on 1 March 2024."""


class NeverOpens(ValueError):
    """The calendar names no open day for longer than any closure can last."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Whether requests are taken: until when if they are, and from when if they are not (times of Almaty)."""

    open: bool
    until: datetime | None
    opens_at: datetime | None


class ProviderHours:
    """The hours of every provider of Appendix 3, by one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def open_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Return the opening and closing time of a local date (HV-3), or None when the provider is closed."""
        hours = OPENING_HOURS.get(self.calendar.kind_of(day))
        if hours is None:
            return None
        opens, closes = hours
        return datetime.combine(day, opens, ALMATY), datetime.combine(day, closes, ALMATY)

    def intake_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when intake starts and ends on a local date: it ends two hours before closing (HV-9)."""
        hours = self.open_on(day)
        return None if hours is None else (hours[0], hours[1] - INTAKE_ENDS_BEFORE_CLOSING)

    def intake_at(self, at: datetime) -> Intake:
        """Tell whether intake is open at a moment; the moment of its end is already outside (HV-9).

        Raises ValueError for a time without a zone and NeverOpens when no open day follows within a month.
        """
        day = _in_almaty(at).date()
        for after in range(LONGEST_CLOSURE_DAYS + 1):
            window = self.intake_on(day + timedelta(days=after))
            if window is None or at >= window[1]:
                continue
            if at >= window[0]:
                return Intake(open=True, until=window[1], opens_at=None)
            return Intake(open=False, until=None, opens_at=window[0])
        raise NeverOpens(f"No provider opens within {LONGEST_CLOSURE_DAYS} days by calendar {self.calendar.version}.")

    def counts_from(self, at: datetime) -> datetime:
        """Return the moment from which a deadline runs: the moment itself in intake hours, else the next opening."""
        return self.intake_at(at).opens_at or at

    def served_on(self, at: datetime) -> tuple[datetime, datetime]:
        """Return from when a request made at a moment counts, and when the provider closes on that day (AT-9, AT-16).

        A request made after the end of intake or on a day off counts from the opening of the next working day.
        """
        counts_from = self.counts_from(at)
        day = _in_almaty(counts_from).date()
        _, closes = OPENING_HOURS[self.calendar.kind_of(day)]  # Nothing counts from a day that is closed.
        return counts_from, datetime.combine(day, closes, ALMATY)

    def served_at_desk(self, at: datetime) -> tuple[datetime, datetime]:
        """Return the same for who came in person: the end of intake is the portal's, the desk takes until it closes.

        Whoever comes in the last minutes is answered within the ten minutes of Table 2, step 8 (AT-16, AT-19).
        """
        opening = self.open_on(_in_almaty(at).date())
        if opening is None or not opening[0] <= at < opening[1]:
            return self.served_on(at)
        return at, max(opening[1], at + ANSWER_AT_DESK)


def check_zone(zone: tzinfo = ALMATY) -> None:
    """Raise ZoneDataStale unless the zone is UTC+6 until 29 February 2024 and UTC+5 after; call it at start-up.

    A deadline of 30 minutes would be wrong by an hour otherwise. PYTHONTZPATH="" makes Python use the tzdata package.
    """
    before, after = datetime(2024, 2, 29, 12, tzinfo=UTC), datetime(2024, 3, 1, 12, tzinfo=UTC)
    offsets = [moment.astimezone(zone).utcoffset() for moment in (before, after)]
    if offsets != [timedelta(hours=6), timedelta(hours=5)]:
        raise ZoneDataStale("Asia/Almaty is out of date on this machine: set PYTHONTZPATH to nothing to use tzdata.")


def _in_almaty(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be placed in a day.")
    return at.astimezone(ALMATY)
