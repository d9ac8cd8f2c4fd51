"""All that the processes touch, as one value; tests make their own."""

from dataclasses import dataclass
from datetime import datetime

from appointment_svc.journal import Bookings
from appointment_svc.schedules import Schedules
from appointment_svc.search import Slots
from appointment_svc.standing import Appointments
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
    bookings: Bookings
    schedules: Schedules
    slots: Slots
    appointments: Appointments
    untold: Untold
    systems: Systems

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return self.clock.now()
