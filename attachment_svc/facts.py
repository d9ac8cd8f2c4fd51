"""The only file that asks other systems: the person registry (AT-14). The register of the attached is our own."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from attachment_svc.holdings import plain_street
from attachment_svc.placing import Asked
from shared.kit.casework.entries import Entry
from shared.kit.casework.people import People, PersonRegistry, Purposes, ask_people
from shared.kit.clock import Clock
from shared.kit.persons import Address, Person

PURPOSES: Final = Purposes(subject="AT-14.1", representative="AT-1")


@dataclass(frozen=True, slots=True)
class Systems:
    """The systems that facts come from."""

    registry: PersonRegistry
    clock: Clock


async def gather_facts(systems: Systems, entry: Entry) -> People:
    """Return all that can be known now of the people of a request, on the day from which it counts."""
    return await ask_people(systems.registry, systems.clock, entry, PURPOSES)


def asked_by(entry: Entry, subject: Person, on: date) -> Asked:
    """Return what is asked of the register: age and address are those that the person registry has."""
    home = subject.registered_address
    return Asked(
        provider_bin=entry.provider_bin,
        on=on,
        age=subject.age_on(on),
        address=None if home is None else address_line(home),
        streets=frozenset() if home is None else frozenset(map(plain_street, (home.street.kk, home.street.ru))),
    )


def address_line(home: Address) -> str:
    """Return the registered address on one line, in Kazakh; two addresses are the same when their lines are."""
    parts = (home.city.kk, home.district.kk, home.street.kk, home.house, home.apartment)
    return ", ".join(part for part in parts if part)
