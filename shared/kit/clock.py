"""The only room with a clock: every other file is told the time by ``world.now()``."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by a fixed offset, so that a demonstration can begin on any day and hour."""

    offset: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the machine's time plus the offset, aware, in UTC."""
        return datetime.now(UTC) + self.offset  # noqa: TID251 - this is the one place that reads the time.
