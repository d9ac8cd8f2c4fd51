"""The people of the demonstration, one or two for every case; ``demo_cases`` tells what comes of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from person_registry_stub.addresses import STREETS, Street, address_in
from person_registry_stub.identity import birth_certificate, ten_years
from person_registry_stub.kindred import EPOCH, OF_AGE
from shared.kit.persons import BothNames, DocumentKind, IdentityDocument, Names, Person
from shared.law.text import Text

NOBODY: Final = "720606390011"
"""A valid IIN that the registry does not know."""
_RELATIONS: Final = ("parents", "guardians", "children", "wards")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person with a short name for the command line; ``clinic`` is the row of Appendix 3 they are attached to.

    ``also`` is a second row that the clinics' data name (AT-17.1.4).
    """

    slug: str
    person: Person
    street: Street
    clinic: int | None
    purpose: Text
    also: int | None = None

    @property
    def signs(self) -> bool:
        """Say whether a demo key is made for them: they are of age and alive."""
        return self.person.deceased is None and self.person.age_on(EPOCH) >= OF_AGE


@cache
def demo_people() -> Mapping[str, DemoPerson]:
    """Return the demo people by slug, in the order of the demonstration."""
    return _people_in("demo_people.toml")


@cache
def kit_people() -> Mapping[str, DemoPerson]:
    """Return the persons of the public test keys of the National Certification Authority; the keys are in its kit."""
    return _people_in("kit_people.toml")


def _people_in(file: str) -> Mapping[str, DemoPerson]:
    text = resources.files("person_registry_stub").joinpath(file).read_text(encoding="utf-8")
    told = tomllib.loads(text)
    iins = {slug: row["iin"] for slug, row in told.items()}
    return {slug: _demo_person(slug, row, iins) for slug, row in told.items()}


def _demo_person(slug: str, row: dict[str, Any], iins: Mapping[str, str]) -> DemoPerson:
    name, house, apartment = row["home"]
    street = next(street for street in STREETS if street.name.kk == name)
    person = Person(
        iin=row["iin"],
        names=BothNames(kk=_names(row["kk"]), ru=_names(row["ru"])),
        birth_date=row["born"],
        sex=row["sex"],
        documents=tuple(_documents(row)),
        registered_address=address_in(street, house, apartment),
        deceased=row.get("deceased"),
        **{relation: tuple(iins[relative] for relative in row.get(relation, ())) for relation in _RELATIONS},
    )
    return DemoPerson(slug, person, street, row.get("clinic"), Text(**row["purpose"]), row.get("also"))


def _names(full: str) -> Names:
    surname, given, patronymic = full.split(" ")
    return Names(surname=surname, given=given, patronymic=patronymic)


def _documents(row: dict[str, Any]) -> list[IdentityDocument]:
    if "birth_certificate" in row:
        return [birth_certificate(row["birth_certificate"], row["born"])]
    held: list[tuple[DocumentKind, list[Any]]] = [(kind, row[kind]) for kind in DocumentKind if kind in row]
    return [ten_years(kind, number, issued) for kind, (number, issued) in held]
