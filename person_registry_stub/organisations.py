"""Legal persons by BIN: the providers of Appendix 3, the Medical College (DP-2), the registry, some companies.

Their BINs are test numbers: the month in them is 00.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from person_registry_stub.demo_people import demo_people
from person_registry_stub.kindred import EPOCH, FATHER, MOTHER, SIZE
from person_registry_stub.population import Population
from shared.kit.persons import Organisation, OrganisationName, Person
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.law.providers import PROVIDERS

COLLEGE_TEST_BIN: Final = "130040903017"
CLOSED_COMPANY: Final = "170040902036"

_PROVIDERS_REGISTERED: Final = date(2013, 7, 1)
_OTHERS: Final = (
    (REGISTRY_TEST_BIN, "«Жеке тұлғалар» мемлекеттік дерекқоры", "Государственная база данных «Физические лица»", None),
    (
        COLLEGE_TEST_BIN,
        "Шаруашылық жүргізу құқығындағы «Медициналық колледж» мемлекеттік коммуналдық кәсіпорны",
        "Государственное коммунальное предприятие на праве хозяйственного ведения «Медицинский колледж»",
        None,
    ),
    ("170040902016", "«Алатау Сауда» ЖШС", "ТОО «Алатау Сауда»", None),
    ("170040902026", "«Медеу Құрылыс» АҚ", "АО «Медеу Курылыс»", None),
    (CLOSED_COMPANY, "«Жетісу Көлік» ЖШС", "ТОО «Жетысу Колик»", date(2024, 3, 15)),
)


def organisations_of(population: Population) -> Mapping[str, Organisation]:
    """Return every legal person by BIN; their heads come from the population, each its own while there are enough."""
    rows = [(provider.bin, provider.name, None, None) for provider in PROVIDERS] + list(_OTHERS)
    return {
        bin_: Organisation(
            bin=bin_,
            name=OrganisationName(kk=kk, ru=ru),
            head_iin=_head(population, number),
            registered=_PROVIDERS_REGISTERED,
            closed=closed,
        )
        for number, (bin_, kk, ru, closed) in enumerate(rows)
    }


def _head(population: Population, number: int) -> str:
    """Take a father or a mother of an early kindred who is alive and identified, or else the demonstration's adult."""
    heads = (place + kindred * SIZE for kindred in range(number * 4, number * 4 + 4) for place in (FATHER, MOTHER))
    for index in heads:
        person = population.person_at(index)
        if person is not None and _may_head(person):
            return person.iin
    return demo_people()["adult"].person.iin


def _may_head(person: Person) -> bool:
    identified = any(document.in_force_on(EPOCH) for document in person.documents)
    return person.deceased is None and identified
