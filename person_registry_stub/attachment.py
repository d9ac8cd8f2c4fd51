"""Which clinic of Appendix 3 somebody is attached to: told from street and age, to fill the register of attachments."""

from typing import Final

from person_registry_stub.addresses import Street
from person_registry_stub.demo_people import demo_people, kit_people
from person_registry_stub.draws import Draws
from person_registry_stub.identity import same_day_in
from person_registry_stub.kindred import EPOCH, OF_AGE
from person_registry_stub.population import Resident

CLINICS: Final = range(1, 34)
"""Rows of Appendix 3; those from the 29th on are for children alone."""
CLINICS_FOR_ADULTS: Final = range(1, 29)
STUDENTS_CLINIC: Final = 24
VETERANS_CLINIC: Final = 28

_ATTACHED_NOWHERE_PER_MILLE: Final = 30
_CHOSE_ANOTHER_PER_MILLE: Final = 40
_STUDENTS_PER_MILLE: Final = 250
_VETERANS_PER_MILLE: Final = 250
_STUDENTS: Final = range(18, 24)
_VETERANS: Final = range(75, 130)
_DEMO_CLINICS: Final = {
    demo.person.iin: demo.clinic for people in (demo_people(), kit_people()) for demo in people.values()
}


def attachment_of(resident: Resident) -> int | None:
    """Return the row of Appendix 3, 1 to 33, of the clinic somebody is attached to on the epoch, or None."""
    if resident.iin in _DEMO_CLINICS:
        return _DEMO_CLINICS[resident.iin]
    draws = Draws("attachment", resident.iin)
    if resident.deceased is not None or draws.per_mille(_ATTACHED_NOWHERE_PER_MILLE):
        return None
    age = EPOCH.year - resident.birth_date.year - (same_day_in(EPOCH.year, resident.birth_date) > EPOCH)
    if draws.per_mille(_CHOSE_ANOTHER_PER_MILLE):
        return draws.one_of(CLINICS if age < OF_AGE else CLINICS_FOR_ADULTS)
    return _nearby(resident.street, age, draws)


def _nearby(street: Street, age: int, draws: Draws) -> int:
    if age in _STUDENTS and draws.per_mille(_STUDENTS_PER_MILLE):
        return STUDENTS_CLINIC
    if age in _VETERANS and draws.per_mille(_VETERANS_PER_MILLE):
        return VETERANS_CLINIC
    return street.children if age < OF_AGE else street.adults
