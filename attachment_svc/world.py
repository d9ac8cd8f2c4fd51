"""All that the processes touch, as one value; tests make their own."""

from dataclasses import dataclass
from datetime import datetime

from attachment_svc.districts import Districts
from attachment_svc.facts import Systems
from attachment_svc.imports import Imports
from attachment_svc.journal import Register
from shared.eds.jws import Seal
from shared.kit.casework.answers import Answers
from shared.kit.clock import Clock
from shared.law.hours import ProviderHours


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the hours, what is kept, whom we ask, the register's own seal.

    ``record_key``: the key under which persons stand in the record of lookups.
    """

    clock: Clock
    hours: ProviderHours
    answers: Answers
    register: Register
    districts: Districts
    imports: Imports
    systems: Systems
    seal: Seal
    record_key: bytes

    def now(self) -> datetime:
        """Return the time now, aware, in UTC."""
        return self.clock.now()
