"""The only file that asks other systems: the person registry and the register of the attached population (HV-12)."""

from typing import Final

from shared.kit.casework.entries import Entry
from shared.kit.casework.gathering import Clauses, Gathered, Systems, gather
from shared.kit.casework.people import Purposes

CLAUSES: Final = Clauses(Purposes(subject="HV-12.1", representative="HV-1"), attachment="HV-12.2")


async def gather_facts(systems: Systems, entry: Entry) -> Gathered:
    """Return all that can be known now of a call, on the day from which it counts."""
    return await gather(systems, entry, CLAUSES)
