"""All that is known of one synthetic person, told anew from the seed and the person's number whenever somebody asks."""

from collections.abc import Iterable, Sequence
from typing import Final

from person_registry_stub.addresses import STREETS, Street, draw_address
from person_registry_stub.draws import Draws
from person_registry_stub.identity import draw_documents
from person_registry_stub.kindred import (
    ADULT,
    CHILDREN,
    COUPLES,
    EPOCH,
    FATHER,
    GRANDFATHER,
    GRANDMOTHER,
    MOTHER,
    SIZE,
    UNCLE,
    YOUNG_ADULT,
    Kindred,
    kindred_of,
)
from person_registry_stub.names import GivenName, compose, draw_given, draw_people, draw_surname
from shared.kit.persons import BothNames, Person

_HOUSEHOLDS: Final = (0, 0, 1, 1, 1, 1, 1, 2, 3, 4)
"""Who lives with whom, by place in the kindred."""
_FATHER_OF: Final = {FATHER: GRANDFATHER, UNCLE: GRANDFATHER} | dict.fromkeys(CHILDREN, FATHER)
_KEPT_HER_NAME_PER_MILLE: Final = 400


def street_of(seed: int, index: int) -> Street:
    """Return the street on which a person lives."""
    number, place = divmod(index, SIZE)
    return Draws("street", seed, number, _HOUSEHOLDS[place]).one_of(STREETS)


def portrait(seed: int, index: int, iins: Sequence[str]) -> Person:
    """Return a person; ``iins`` are all that were issued: who is not among them is nobody's relative."""
    number, place = divmod(index, SIZE)
    kindred = kindred_of(seed, number)
    birth, death = kindred.births[place], kindred.deaths.get(place)

    def numbers_of(places: Iterable[int]) -> tuple[str, ...]:
        return tuple(iins[at] for relative in places if (at := number * SIZE + relative) < len(iins))

    house = Draws("house", seed, number, _HOUSEHOLDS[place])
    return Person(
        iin=iins[index],
        names=_names(seed, index, kindred),
        birth_date=birth,
        sex=kindred.sex_of(place),
        documents=draw_documents(Draws("documents", seed, index), birth, death or EPOCH),
        registered_address=draw_address(house, street_of(seed, index)),
        deceased=death,
        parents=numbers_of(parent for *parents, children in COUPLES if place in children for parent in parents),
        guardians=numbers_of(guardian for ward, guardian in kindred.guardians.items() if ward == place),
        children=numbers_of(child for *parents, children in COUPLES if place in parents for child in children),
        wards=numbers_of(ward for ward, guardian in kindred.guardians.items() if guardian == place),
    )


def _names(seed: int, index: int, kindred: Kindred) -> BothNames:
    number, place = divmod(index, SIZE)
    family = place if place in {YOUNG_ADULT, ADULT} else FATHER
    people = draw_people(Draws("people", seed, number, family))

    def given_of(member: int) -> GivenName:
        return draw_given(Draws("given", seed, number, member), people, kindred.sex_of(member))

    draws = Draws("name", seed, index)
    kept_hers = place in {GRANDMOTHER, MOTHER} and draws.per_mille(_KEPT_HER_NAME_PER_MILLE)
    surname = draw_surname(Draws("surname", seed, number, place if kept_hers else family), people)
    father = given_of(_FATHER_OF[place]) if place in _FATHER_OF else draw_given(draws, people, "male")
    return compose(surname, given_of(place), father, kindred.sex_of(place), kindred.births[place].year)
