"""Streets of Almaty by district, with the clinics of Appendix 3 that stand near them."""

from dataclasses import dataclass
from typing import Final

from person_registry_stub.draws import Draws
from person_registry_stub.names import read_table
from shared.kit.persons import Address, Bilingual

ALMATY: Final = Bilingual(kk="Алматы қаласы", ru="город Алматы")
DISTRICTS: Final = {
    "almaly": Bilingual(kk="Алмалы ауданы", ru="Алмалинский район"),
    "auezov": Bilingual(kk="Әуезов ауданы", ru="Ауэзовский район"),
    "bostandyk": Bilingual(kk="Бостандық ауданы", ru="Бостандыкский район"),
    "zhetysu": Bilingual(kk="Жетісу ауданы", ru="Жетысуский район"),
    "medeu": Bilingual(kk="Медеу ауданы", ru="Медеуский район"),
    "turksib": Bilingual(kk="Түрксіб ауданы", ru="Турксибский район"),
    "alatau": Bilingual(kk="Алатау ауданы", ru="Алатауский район"),
    "nauryzbai": Bilingual(kk="Наурызбай ауданы", ru="Наурызбайский район"),
}


@dataclass(frozen=True, slots=True)
class Street:
    """A street with the numbers (rows of Appendix 3) of the clinics for its adults and its children."""

    district: str
    name: Bilingual
    adults: int
    children: int


STREETS: Final = tuple(
    Street(row["district"], Bilingual(kk=row["kk"], ru=row["ru"]), int(row["adults"]), int(row["children"]))
    for row in read_table("streets.csv")
)


def draw_address(draws: Draws, street: Street) -> Address:
    """Draw a house of the street, with a flat in it or without."""
    house = f"{draws.between(1, 240)}{draws.one_of(('', '', '', '', 'А', 'Б', '/1', '/2'))}"
    apartment = str(draws.between(1, 120)) if draws.per_mille(750) else None
    return address_in(street, house, apartment)


def address_in(street: Street, house: str, apartment: str | None) -> Address:
    """Return the full address of a house on the street."""
    district = DISTRICTS[street.district]
    return Address(city=ALMATY, district=district, street=street.name, house=house, apartment=apartment)
