"""For whom a person may ask: children under eighteen and wards, as the registry has them today (HV-1, AP-1, AT-1)."""

import asyncio
from dataclasses import dataclass
from typing import Final

from gateway.conditions import PersonRegistry, ask_registry
from gateway.world import World
from shared.kit.persons import Person
from shared.kit.representation import Relation, relation_of
from shared.law.hours import ALMATY

AT_ONCE: Final = 4
MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Represented:
    """Somebody for whom the person may ask, and why."""

    person: Person
    relation: Relation


async def represented_by(world: World, iin: str) -> list[Represented]:
    """Return whom the person may ask for, children first, eldest first; raises RegistryUnavailable."""
    asking = (await ask_registry(world.registry, iin)).person
    if asking is None:
        return []
    today = world.now().astimezone(ALMATY).date()
    related = list(dict.fromkeys((*asking.children, *asking.wards)))[:MOST]
    known = await _persons(world.registry, related)
    found = [
        Represented(person, relation)
        for person in known
        if person.deceased is None and (relation := relation_of(asking, person, today)) is not None
    ]
    return sorted(found, key=lambda one: (one.relation, one.person.birth_date, one.person.iin))


async def _persons(registry: PersonRegistry, iins: list[str]) -> list[Person]:
    """Ask for several persons, a few at a time; the first silence of the registry ends the others."""
    places = asyncio.Semaphore(AT_ONCE)

    async def ask(iin: str) -> Person | None:
        async with places:
            return (await ask_registry(registry, iin)).person

    return [person for person in await asyncio.gather(*map(ask, iins)) if person is not None]
