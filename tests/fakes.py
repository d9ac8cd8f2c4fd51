"""Stand-ins that behave like what they stand for."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class ClockAt:
    """A clock that stands still until it is moved; ``at`` is aware."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment at which it stands."""
        return self.at

    def pass_by(self, time: timedelta) -> None:
        """Move forward (or back) by a span of time."""
        self.at += time
