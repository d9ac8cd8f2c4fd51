"""The people of the registry: a synthetic population of any size, the same wherever it is made, and the demo people.

Only the IINs are kept; everything else about a person is told from the seed when somebody asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from person_registry_stub.addresses import Street
from person_registry_stub.demo_people import NOBODY, DemoPerson, demo_people, kit_people
from person_registry_stub.kindred import SIZE, kindred_of
from person_registry_stub.names import Sex
from person_registry_stub.numbering import issue_iins
from person_registry_stub.portraits import portrait, street_of
from shared.kit.persons import Person

DEFAULT_SIZE: Final = 20_000
DEFAULT_SEED: Final = 3561


@dataclass(frozen=True, slots=True)
class Resident:
    """What is needed of a person to fill another register: light, and the same for demo people and all others."""

    iin: str
    birth_date: date
    sex: Sex
    deceased: date | None
    street: Street


class Population:
    """``size`` synthetic people told by ``seed``, and the demo people beside them.

    ``kit``: also the persons of the public test keys, whose numbers fail the check digit.
    """

    def __init__(self, size: int = DEFAULT_SIZE, seed: int = DEFAULT_SEED, *, kit: bool = False) -> None:
        self._seed = seed
        told = (*demo_people().values(), *(kit_people().values() if kit else ()))
        self._demo: Mapping[str, DemoPerson] = {demo.person.iin: demo for demo in told}
        self._iins = issue_iins(seed, size, self._demo.keys() | {NOBODY})
        self._indexes = {iin: index for index, iin in enumerate(self._iins)}

    def __len__(self) -> int:
        return len(self._iins) + len(self._demo)

    def all(self) -> Iterator[Resident]:
        """Return everyone, the demo people first."""
        for demo in self._demo.values():
            known = demo.person
            yield Resident(known.iin, known.birth_date, known.sex, known.deceased, demo.street)
        for index, iin in enumerate(self._iins):
            number, place = divmod(index, SIZE)
            kindred = kindred_of(self._seed, number)
            street = street_of(self._seed, index)
            yield Resident(iin, kindred.births[place], kindred.sex_of(place), kindred.deaths.get(place), street)

    def person(self, iin: str) -> Person | None:
        """Return all that is known of the person with this IIN, or None."""
        demo = self._demo.get(iin)
        if demo is not None:
            return demo.person
        index = self._indexes.get(iin)
        return None if index is None else portrait(self._seed, index, self._iins)

    def person_at(self, index: int) -> Person | None:
        """Return a synthetic person by number, counted from 0, or None past the last."""
        return portrait(self._seed, index, self._iins) if index < len(self._iins) else None
