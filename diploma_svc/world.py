"""All that the processes touch, as one value; tests make their own."""

from dataclasses import dataclass
from datetime import date, datetime

from diploma_svc.college import College
from shared.kit.casework.answers import Answers
from shared.kit.casework.people import PersonRegistry
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.scans import ScanKeys
from shared.law.hours import ALMATY, Calendar


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the calendar, what is kept, whom we ask; ``public_url`` is where documents' status is told."""

    clock: Clock
    calendar: Calendar
    database: Database
    answers: Answers
    college: College
    registry: PersonRegistry
    scan_keys: ScanKeys
    public_url: str

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """Return the local day."""
        return self.now().astimezone(ALMATY).date()
