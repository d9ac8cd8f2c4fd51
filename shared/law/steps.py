"""One row of a table of the decree's Appendix 1: who does what, in what time, and what follows."""

from dataclasses import dataclass
from datetime import timedelta

from shared.law.text import Text


@dataclass(frozen=True, slots=True)
class Following:
    """The step that comes next, and when."""

    step: int
    when: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step; ``limit`` is the upper figure of its term, ``usual`` the lower one where the table gives both.

    ``clauses`` are HV's; AP and AT number the same items 16 and 17, 18 and 19.
    """

    number: int
    clauses: tuple[str, ...]
    unit: Text
    action: Text
    outcome: Text
    limit: timedelta
    usual: timedelta | None = None
    following: tuple[Following, ...] = ()


IF_VIOLATED = Text(
    kk="пайдаланушының деректерінде бұзушылықтар болса",
    ru="если в данных пользователя есть нарушения",
    en="if there are violations in the user's data",
)
IF_AUTHORISED = Text(
    kk="авторластыру жемісті өтсе",
    ru="если авторизация прошла успешно",
    en="if the authorisation succeeded",
)
IF_NOT_VIOLATED = Text(
    kk="егер бұзушылықтар болмаса",
    ru="если нарушений нет",
    en="if there are no violations",
)
CONSUMER = Text(kk="Тұтынушы", ru="Потребитель", en="Consumer")
PORTAL = Text(kk="ЭҮП", ru="Портал «электронного правительства»", en="“Electronic government” portal")
EMPLOYEE = Text(kk="Қызмет берушінің қызметкері", ru="Сотрудник поставщика услуги", en="Provider's employee")
HEALTH_SYSTEM = Text(
    kk="ДБАЖ (денсаулық сақтаудың бірыңғай ақпараттық жүйесі)",
    ru="Единая информационная система здравоохранения",
    en="Provider's system (unified health information system)",
)
