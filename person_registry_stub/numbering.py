"""Issuing IINs: day of birth, a digit for sex and century, a serial, the check digit.

Nobody may rely on this form (decree № 853 of 26 August 2013); it is kept because real numbers look like this.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final

from person_registry_stub.kindred import SIZE, kindred_of
from person_registry_stub.names import Sex
from shared.law.iin import check_digit

_CENTURIES: Final = {18: ("1", "2"), 19: ("3", "4"), 20: ("5", "6")}


def issue_iins(seed: int, size: int, taken: AbstractSet[str]) -> list[str]:
    """Return the IINs of a population in order, none of them among those ``taken``.

    The serial counts on among people of one day and sex, so a larger population begins with the smaller one.
    """
    serials: dict[str, int] = {}
    iins: list[str] = []
    for index in range(size):
        number, place = divmod(index, SIZE)
        kindred = kindred_of(seed, number)
        stem = _stem(kindred.births[place], kindred.sex_of(place))
        serial, iin = _next(stem, serials.get(stem, 0), taken)
        serials[stem] = serial
        iins.append(iin)
    return iins


def _stem(birth: date, sex: Sex) -> str:
    male, female = _CENTURIES[birth.year // 100]
    return f"{birth.year % 100:02d}{birth.month:02d}{birth.day:02d}{male if sex == 'male' else female}"


def _next(stem: str, serial: int, taken: AbstractSet[str]) -> tuple[int, str]:
    """Pass over serials that have no check digit."""
    while True:
        serial += 1
        first_eleven = f"{stem}{serial:04d}"
        check = check_digit(first_eleven)
        if check is not None and f"{first_eleven}{check}" not in taken:
            return serial, f"{first_eleven}{check}"
