"""Names of the people of Almaty, in Kazakh and Russian, with the endings that sex and father ask for."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final, Literal

from person_registry_stub.draws import Draws
from shared.kit.persons import BothNames, Names

Sex = Literal["female", "male"]
_KAZAKHS_PER_MILLE: Final = 720
_WROTE_IN_RUSSIAN_UNTIL: Final = 1992
"""Kazakhs born before mostly carry the Russian patronymic in Russian papers, those born later «-улы», «-кызы»."""
_INFLECTED: Final = ("ов", "ев", "ёв", "ин")


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name; ``patronymic`` is what its bearer's children add «ич» or «на» to in Russian."""

    kk: str
    ru: str
    patronymic: str


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname as a man bears it."""

    kk: str
    ru: str

    def borne_by(self, sex: Sex) -> "Surname":
        """Return the surname with the ending of the bearer's sex; «Ким», «Шевченко», «Байтұрсын» do not change."""
        if sex == "male" or not self.ru.endswith(_INFLECTED):
            return self
        return Surname(f"{self.kk}а", f"{self.ru}а")


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of one of this package's tables."""
    text = resources.files("person_registry_stub").joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


_GIVEN: Final[dict[tuple[str, str], list[GivenName]]] = defaultdict(list)
_SURNAMES: Final[dict[str, list[Surname]]] = defaultdict(list)
for _row in read_table("given_names.csv"):
    _GIVEN[_row["people"], _row["sex"]].append(GivenName(_row["kk"], _row["ru"], _row["patronymic"]))
for _row in read_table("surnames.csv"):
    _SURNAMES[_row["people"]].append(Surname(_row["kk"], _row["ru"]))


def draw_people(draws: Draws) -> str:
    """Draw the people, ``kazakh`` or ``russian``, whose names a kindred bears."""
    return "kazakh" if draws.per_mille(_KAZAKHS_PER_MILLE) else "russian"


def draw_given(draws: Draws, people: str, sex: Sex) -> GivenName:
    """Draw a given name."""
    return draws.one_of(_GIVEN[people, sex])


def draw_surname(draws: Draws, people: str) -> Surname:
    """Draw a surname."""
    return draws.one_of(_SURNAMES[people])


def compose(surname: Surname, given: GivenName, father: GivenName, sex: Sex, born: int) -> BothNames:
    """Put a person's name together from the family's surname, the given name and the father's; ``born`` is a year."""
    borne = surname.borne_by(sex)
    kk, ru = _patronymics(father, sex, born)
    return BothNames(
        kk=Names(surname=borne.kk, given=given.kk, patronymic=kk),
        ru=Names(surname=borne.ru, given=given.ru, patronymic=ru),
    )


def _patronymics(father: GivenName, sex: Sex, born: int) -> tuple[str, str]:
    russian = father.patronymic + ("ич" if sex == "male" else "на")
    if father in _GIVEN["russian", "male"]:
        return russian, russian
    kazakh, in_russian = ("ұлы", "улы") if sex == "male" else ("қызы", "кызы")
    return father.kk + kazakh, russian if born < _WROTE_IN_RUSSIAN_UNTIL else father.ru + in_russian
