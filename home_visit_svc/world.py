"""All that the processes touch, as one value; tests make their own."""

from dataclasses import dataclass
from datetime import datetime

from home_visit_svc.acts import Acts
from home_visit_svc.in_work import InWork
from home_visit_svc.journal import Rounds
from shared.kit.casework.answers import Answers
from shared.kit.casework.gathering import Systems
from shared.kit.casework.untold import Untold
from shared.kit.clock import Clock
from shared.law.hours import ProviderHours


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the hours, what is kept, whom we ask, and what seals."""

    clock: Clock
    hours: ProviderHours
    answers: Answers
    rounds: Rounds
    systems: Systems
    in_work: InWork
    acts: Acts
    untold: Untold

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return self.clock.now()
