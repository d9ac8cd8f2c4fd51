"""What an organisation's own system may be allowed, by its organisation's administrator; names as people read them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from shared.law.college import COLLEGE
from shared.law.roles import ROLES_IN
from shared.law.text import Text


class Scope(StrEnum):
    """One thing that a system may do for its organisation (RFC 6749, 3.3)."""

    JOURNAL_READ = "journal:read"
    DISTRICTS_WRITE = "districts:write"
    SCHEDULES_WRITE = "schedules:write"
    ROUNDS_WRITE = "rounds:write"
    OUTCOMES_WRITE = "outcomes:write"
    APPOINTMENTS_WRITE = "appointments:write"
    HOME_VISITS_WRITE = "home-visits:write"
    WEBHOOKS_MANAGE = "webhooks:manage"
    TRAINING_LOAD = "training:load"


SCOPE_NAMES: Final[Mapping[Scope, Text]] = MappingProxyType(
    {
        Scope.JOURNAL_READ: Text(
            "сұрау салулар журналын оқу", "чтение журнала обращений", "read the journal of requests"
        ),
        Scope.DISTRICTS_WRITE: Text("учаскелерді енгізу", "ввод участков", "enter districts"),
        Scope.SCHEDULES_WRITE: Text(
            "дәрігерлердің қабылдау кестесін енгізу", "ввод расписаний врачей", "enter schedules"
        ),
        Scope.ROUNDS_WRITE: Text("үйге шығу айналымдарын енгізу", "ввод обходов на дому", "enter rounds"),
        Scope.OUTCOMES_WRITE: Text(
            "қабылдауға келген-келмегенін белгілеу", "отметка о явке на приём", "note who came and who did not"
        ),
        Scope.APPOINTMENTS_WRITE: Text(
            "қабылдауды болдырмау және ауыстыру", "отмена и перенос приёмов", "cancel and move appointments"
        ),
        Scope.HOME_VISITS_WRITE: Text(
            "үйге шақыруларды бөлу және белгілеу",
            "распределение и отметка вызовов на дом",
            "assign and note home visits",
        ),
        Scope.WEBHOOKS_MANAGE: Text("хабарламаларды баптау", "настройка уведомлений", "manage webhooks"),
        Scope.TRAINING_LOAD: Text(
            "білім алушылардың деректерін жүктеу", "загрузка данных об обучающихся", "load the college's data"
        ),
    }
)
SCOPES_OF_COLLEGE: Final = frozenset({Scope.TRAINING_LOAD})
SCOPES_OF_PROVIDER: Final = frozenset(Scope) - SCOPES_OF_COLLEGE
SCOPES_IN: Final[Mapping[str, frozenset[Scope]]] = MappingProxyType(
    {bin_: SCOPES_OF_COLLEGE if bin_ == COLLEGE.bin else SCOPES_OF_PROVIDER for bin_ in ROLES_IN}
)
"""The scopes that there are in each organisation, by its BIN."""
