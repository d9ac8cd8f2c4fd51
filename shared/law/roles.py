"""The roles in which employees of an organisation act: a clinic's, and the medical college's (DP-16)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from shared.law.college import COLLEGE
from shared.law.providers import PROVIDERS
from shared.law.text import Text


class StaffRole(StrEnum):
    """What an employee may be in an organisation; one may be several."""

    ADMINISTRATOR = "administrator"
    """Gives roles to the others, and sees nobody's case."""
    HEAD = "head"
    RIGHT_TO_SIGN = "right_to_sign"
    """An official with the right to sign for the head."""
    REGISTRY_DESK = "registry_desk"
    DOCTOR = "doctor"
    CLERK = "clerk"
    """At the college's desk: takes applications, hands documents over."""
    RESPONSIBLE = "responsible_person"
    EXECUTOR = "executor"
    DEPUTY_FOR_STUDIES = "deputy_for_studies"
    LIBRARIAN = "librarian"
    """Enters and clears the debts to the library (DP-13), and sees no case."""
    ACCOUNTANT = "accountant"
    """Enters and clears financial debts (DP-13), and sees no case."""


ROLE_NAMES: Final[Mapping[StaffRole, Text]] = MappingProxyType(
    {
        StaffRole.ADMINISTRATOR: Text("әкімші", "администратор", "administrator"),
        StaffRole.HEAD: Text("басшы", "руководитель", "head"),
        StaffRole.RIGHT_TO_SIGN: Text("қол қою құқығы бар лауазымды адам", "лицо с правом подписи", "right to sign"),
        StaffRole.REGISTRY_DESK: Text("тіркеу бөлімінің қызметкері", "регистратор", "registry desk"),
        StaffRole.DOCTOR: Text("дәрігер", "врач", "doctor"),
        StaffRole.CLERK: Text("құжат қабылдаушы", "регистратор документов", "desk clerk"),
        StaffRole.RESPONSIBLE: Text("жауапты тұлға", "ответственное лицо", "responsible person"),
        StaffRole.EXECUTOR: Text("орындаушы", "исполнитель", "executor"),
        StaffRole.DEPUTY_FOR_STUDIES: Text(
            "басшының оқу ісі жөніндегі орынбасары", "заместитель руководителя по учебной работе", "deputy for studies"
        ),
        StaffRole.LIBRARIAN: Text("кітапханашы", "библиотекарь", "librarian"),
        StaffRole.ACCOUNTANT: Text("есепші", "бухгалтер", "accountant"),
    }
)
_EVERYWHERE: Final = frozenset({StaffRole.ADMINISTRATOR, StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN})
ROLES_OF_PROVIDER: Final = _EVERYWHERE | {StaffRole.REGISTRY_DESK, StaffRole.DOCTOR}
DEBT_KEEPERS: Final[Mapping[str, StaffRole]] = MappingProxyType(
    {"library": StaffRole.LIBRARIAN, "financial": StaffRole.ACCOUNTANT, "other": StaffRole.RESPONSIBLE}
)
"""Who enters and clears which debts to the college (DP-13)."""
WORK_ON_CASES: Final = frozenset(
    {
        *(StaffRole.CLERK, StaffRole.RESPONSIBLE, StaffRole.EXECUTOR, StaffRole.DEPUTY_FOR_STUDIES),
        *(StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN),
    }
)
"""Who works on the college's cases (DP-16) and sees them."""
ROLES_OF_COLLEGE: Final = _EVERYWHERE | WORK_ON_CASES | frozenset(DEBT_KEEPERS.values())
ROLES_IN: Final[Mapping[str, frozenset[StaffRole]]] = MappingProxyType(
    {provider.bin: ROLES_OF_PROVIDER for provider in PROVIDERS} | {COLLEGE.bin: ROLES_OF_COLLEGE}
)
"""The roles that there are in each organisation, by its BIN."""
