"""All that the processes touch, as one value; tests make their own."""

from dataclasses import dataclass
from datetime import datetime

from home_visit_svc.answers import Answers
from home_visit_svc.facts import Systems
from home_visit_svc.journal import Journal
from home_visit_svc.rounds import Rounds
from home_visit_svc.seals import Seals
from shared.kit.clock import Clock
from shared.law.hours import ProviderHours


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the hours, what is kept, whom we ask, and what seals."""

    clock: Clock
    hours: ProviderHours
    journal: Journal
    answers: Answers
    rounds: Rounds
    systems: Systems
    seals: Seals

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return self.clock.now()
