"""The only file that asks other systems: the person registry (DP-11.1). What the college keeps is our own."""

from typing import Final

from shared.kit.casework.entries import Entry
from shared.kit.casework.people import People, PersonRegistry, Purposes, ask_people
from shared.kit.clock import Clock

PURPOSES: Final = Purposes(subject="DP-11.1", representative="DP-5")


async def gather_facts(registry: PersonRegistry, clock: Clock, entry: Entry) -> People:
    """Return what the registry tells of the person now."""
    return await ask_people(registry, clock, entry, PURPOSES)


def identified(people: People) -> bool | None:
    """Say whether an identity document in force is known (DP-11.1); None while the registry has not answered."""
    if people.facts.document_in_force is None:
        return False if people.final else None
    return people.facts.document_in_force and people.facts.alive is True
