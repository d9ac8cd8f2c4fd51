"""Ten people of one kindred: who is whose parent, child and guardian, when they were born and when they died.

Three generations and two people without relatives. Everything is told by the seed and the kindred's number.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from person_registry_stub.draws import Draws

EPOCH: Final = date(2026, 11, 24)
"""The day on which ages, deaths and expiries are set; it is fixed, so the population does not change with the clock."""
SIZE: Final = 10
GRANDFATHER, GRANDMOTHER, FATHER, MOTHER, FIRST_CHILD, SECOND_CHILD, THIRD_CHILD, UNCLE, YOUNG_ADULT, ADULT = range(
    SIZE
)
CHILDREN: Final = (FIRST_CHILD, SECOND_CHILD, THIRD_CHILD)
COUPLES: Final = ((GRANDFATHER, GRANDMOTHER, (FATHER, UNCLE)), (FATHER, MOTHER, CHILDREN))
"""Who brought up whom: two parents and their children."""
OF_AGE: Final = 18

_DAYS_A_YEAR: Final = 365.25
_ORPHANED_PER_MILLE: Final = 15
_UNDER_GUARDIANSHIP_PER_MILLE: Final = 15
_DIED_PER_MILLE: Final = {GRANDFATHER: 140, GRANDMOTHER: 70, FATHER: 8, MOTHER: 4, UNCLE: 4, YOUNG_ADULT: 2, ADULT: 20}


@dataclass(frozen=True, slots=True)
class Kindred:
    """The people by their place, 0 to 9; ``guardians`` maps the place of a ward to its guardian's."""

    births: tuple[date, ...]
    women: frozenset[int]
    deaths: dict[int, date]
    guardians: dict[int, int]

    def sex_of(self, place: int) -> Literal["female", "male"]:
        """Return the sex of the person at a place."""
        return "female" if place in self.women else "male"


@lru_cache(maxsize=4)
def kindred_of(seed: int, number: int) -> Kindred:
    """Return the kindred of this number."""
    draws = Draws("kindred", seed, number)
    births = _births(draws)
    women = frozenset({GRANDMOTHER, MOTHER} | {p for p in (*CHILDREN, UNCLE, YOUNG_ADULT, ADULT) if draws.below(2)})
    orphaned = draws.per_mille(_ORPHANED_PER_MILLE)
    deaths = {
        place: draws.day_between(max(_alive_until(place, births), EPOCH - timedelta(days=3650)), EPOCH)
        for place, chance in _DIED_PER_MILLE.items()
        if draws.per_mille(chance) or (orphaned and place in {FATHER, MOTHER})
    }
    if orphaned or not of_age_on(births[UNCLE], EPOCH):
        # A child is not left without a parent or a guardian.
        deaths.pop(GRANDMOTHER, None)
    return Kindred(births, women, deaths, _guardians(draws, births, deaths))


def of_age_on(birth: date, day: date) -> bool:
    """Say whether someone born on ``birth`` is eighteen on ``day``."""
    return (day.year - OF_AGE, day.month, day.day) >= (birth.year, birth.month, birth.day)


def _births(draws: Draws) -> tuple[date, ...]:
    third = EPOCH - _years(draws, 0.1, 19)
    second = third - _years(draws, 1.1, 4)
    first = second - _years(draws, 1.1, 3.5)
    mother = first - _years(draws, 19.5, 26)
    father = mother - _years(draws, -1, 6)
    uncle = father + _years(draws, 1.1, 6)
    grandmother = father - _years(draws, 19.5, 33)
    grandfather = grandmother - _years(draws, -1, 7)
    young, adult = EPOCH - _years(draws, 18.5, 40), EPOCH - _years(draws, 40, 88)
    return grandfather, grandmother, father, mother, first, second, third, uncle, young, adult


def _years(draws: Draws, least: float, most: float) -> timedelta:
    return timedelta(days=draws.between(int(least * _DAYS_A_YEAR), int(most * _DAYS_A_YEAR)))


def _alive_until(place: int, births: tuple[date, ...]) -> date:
    """Nobody dies before the youngest child is born, nor as a child."""
    youngest = [births[child] for *parents, children in COUPLES if place in parents for child in children]
    return max([births[place] + timedelta(days=6575), *youngest])


def _guardians(draws: Draws, births: tuple[date, ...], deaths: dict[int, date]) -> dict[int, int]:
    """An orphan's guardian is the grandmother; a grown-up without legal capacity has his brother for one."""
    orphans = {FATHER, MOTHER} <= deaths.keys()
    guardians = {child: GRANDMOTHER for child in CHILDREN if orphans and not of_age_on(births[child], EPOCH)}
    if draws.per_mille(_UNDER_GUARDIANSHIP_PER_MILLE) and not {UNCLE, FATHER} & deaths.keys():
        guardians |= {UNCLE: FATHER} if of_age_on(births[UNCLE], EPOCH) else {}
    return guardians
