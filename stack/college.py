"""The medical college of the demonstration: two graduations with sixty people each, and its employees.

Whoever studied there is drawn from the registry's population. The older graduation has its documents already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from gateway import offices
from nca_stub.authority import Authority
from nca_stub.orders import Order
from nca_stub.register import write_file
from person_registry_stub.population import Population
from person_registry_stub.settings import RegistrySettings
from shared.eds.verdict import Role
from shared.kit.clock import Clock
from shared.kit.persons import Person
from shared.law.college import COLLEGE
from shared.law.roles import StaffRole
from stack.environment import Surroundings

A_GRADUATION: Final = 60
OFFICIALS: Final = {StaffRole.DEPUTY_FOR_STUDIES: Role.RIGHT_TO_SIGN, StaffRole.HEAD: Role.HEAD}
STAFF: Final = (
    StaffRole.ADMINISTRATOR, StaffRole.CLERK, StaffRole.RESPONSIBLE, StaffRole.EXECUTOR, *OFFICIALS
)  # fmt: skip
KEEPERS: Final = (StaffRole.LIBRARIAN, StaffRole.ACCOUNTANT)
"""Who keeps the debts; their people come after the graduates, whose places stay what they were."""
OLD_DECISION: Final = date(2019, 6, 20)
SERIES: Final = "ТКБ"
PRICE: Final = 8500
_OF_AGE: Final = timedelta(days=20 * 366)


@dataclass(frozen=True, slots=True)
class Graduate:
    """Somebody in a graduation: ``place`` is their place in it, which their ids at the college carry."""

    graduation: str
    place: int
    person: Person

    @property
    def person_id(self) -> str:
        """Return the college's own id of the person."""
        return f"S-{self.graduation}-{self.place:03d}"


@cache
def adults() -> tuple[Person, ...]:
    """Return the people of the cases' employees first, then the two graduations, then the keepers of debts."""
    settings = RegistrySettings()
    return tuple(islice(_adults(settings), len(STAFF) + 2 * A_GRADUATION + len(KEEPERS)))


def _adults(settings: RegistrySettings) -> Iterator[Person]:
    population = Population(settings.population_size, settings.population_seed)
    for index in range(settings.population_size):
        person = population.person_at(index)
        if person is not None and person.deceased is None and person.documents and _grown_up(person):
            yield person


def _grown_up(person: Person) -> bool:
    return person.birth_date < OLD_DECISION - _OF_AGE


def employees() -> list[tuple[StaffRole, Person]]:
    """Return everybody who works at the college, the administrator first."""
    people = adults()
    return [*zip(STAFF, people, strict=False), *zip(KEEPERS, people[-len(KEEPERS) :], strict=True)]


def graduates(graduation: str) -> list[Graduate]:
    """Return who is in the graduation ``old`` or ``new``."""
    first = len(STAFF) + (0 if graduation == "old" else A_GRADUATION)
    return [Graduate(graduation, place, one) for place, one in enumerate(adults()[first : first + A_GRADUATION])]


def college_rows(today: date) -> dict[str, list[dict[str, Any]]]:
    """Return what the college's system loads, of which the new graduation was decided a week ago."""
    rows = _shared_rows()
    for graduation, decided in (("old", OLD_DECISION), ("new", today - timedelta(days=7))):
        said = {"number": f"{decided:%y%m}-Қ", "order_number": f"{decided:%y%m}-б", "decided_by": "commission"}
        days = {"decided_on": decided.isoformat(), "order_on": (decided + timedelta(days=1)).isoformat()}
        rows["decisions"].append({"decision_id": f"D-{graduation}", **said, **days})
        for one in graduates(graduation):
            rows["people"].append({"person_id": one.person_id, "iin": one.person.iin})
            rows["graduates"].append(_graduate_row(one))
            if graduation == "old":
                rows["documents"].append(_document_row(one))
    return rows


def _shared_rows() -> dict[str, list[dict[str, Any]]]:
    programme = {"programme_id": "M-1", "kind": "diploma", "title_kk": "Мейіргер ісі", "title_ru": "Сестринское дело"}
    qualification = {"qualification_kk": "Жалпы практика мейіргері", "qualification_ru": "Медицинская сестра"}
    blanks = [{"series": SERIES, "number": f"{1000 + number:07d}", "form_id": "F-1"} for number in range(200)]
    return {
        "programmes": [programme | qualification],
        "people": [],
        "decisions": [],
        "graduates": [],
        "blank_forms": [{"form_id": "F-1", "kind": "diploma", "in_force_from": "2013-07-01"}],
        "blanks": blanks,
        "prices": [{"kind": "diploma", "in_force_from": "2026-01-01", "amount": PRICE}],
        "documents": [],
    }


def _graduate_row(one: Graduate) -> dict[str, Any]:
    names = one.person.names
    ids = {"graduate_id": f"G-{one.person_id}", "decision_id": f"D-{one.graduation}", "person_id": one.person_id}
    told = {"name_kk": names.kk.full(), "name_ru": names.ru.full(), "hours": 2880, "passed": True}
    return {**ids, "programme_id": "M-1", **told}


def _document_row(one: Graduate) -> dict[str, Any]:
    blank = {"series": SERIES, "blank_number": f"{456000 + one.place:07d}", "issued_on": "2019-07-01"}
    return {
        "document_id": f"T-{one.place}",
        "graduate_id": f"G-{one.person_id}",
        "number": f"{3000 + one.place}",
        **blank,
    }


async def open_offices(around: Surroundings, clock: Clock) -> int:
    """Make the employees' keys, and the first of them the administrator, as the operator's command does."""
    authority = Authority.open(around.layout.authority)
    for role, person in employees():
        make_key(authority, around.layout.demo, f"college-{role}", person, clock)
        if role in OFFICIALS:
            employer = (COLLEGE.bin, COLLEGE.name)
            order = Order.official(person.iin, person.names.kk.full(), employer, OFFICIALS[role], clock.now())
            write_file(around.layout.demo / f"college-{role}-official.pem", authority.issue(order).pem(), secret=True)
    first = adults()[0]
    names = (first.names.kk.full(), first.names.ru.full())
    address = f"{around.database_address}/gateway"
    await offices.appoint_first(address, clock, (COLLEGE.bin, first.iin), names)
    return len(employees())


def make_key(authority: Authority, folder: Path, name: str, person: Person, clock: Clock) -> Path:
    """Make somebody's signing key in the folder, and return its path."""
    path = folder / f"{name}.pem"
    write_file(
        path, authority.issue(Order.individual(person.iin, person.names.kk.full(), clock.now())).pem(), secret=True
    )
    return path
