"""Who on the clinic's side opened whose data, what of them, and what for; the person reads it at ``GET /v1/me/looks``.

Whatever shows an employee or a clinic's system a person's data calls ``record_looks`` on the connection whose
transaction makes the answer: an answer that was not recorded is not given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from shared.kit.database import Connection, Database
from shared.kit.identifiers import uuid7
from shared.law.text import Text


class Opened(StrEnum):
    """What was opened of a person's data."""

    REGISTRY = "registry"
    QUESTIONS = "questions"
    REQUEST = "request"
    JOURNAL = "journal"
    DOCUMENT = "document"
    EVIDENCE = "evidence"
    SCAN = "scan"
    PROPOSAL = "proposal"
    HOME_VISIT = "home_visit"
    APPOINTMENT = "appointment"
    EXPORT = "export"


OPENED_WORDS: Final[Mapping[Opened, Text]] = MappingProxyType(
    {
        Opened.REGISTRY: Text(
            "«Жеке тұлғалар» мемлекеттік дерекқорындағы мәліметтер",
            "Сведения государственной базы данных «Физические лица»",
            "Data of the state database “Natural Persons”",
        ),
        Opened.QUESTIONS: Text(
            "Телефон арқылы қойылған бақылау сұрақтары, мәліметтердің өзі көрсетілмеді",
            "Контрольные вопросы по телефону, сами сведения не показаны",
            "Control questions by telephone; the data themselves were not shown",
        ),
        Opened.REQUEST: Text("Сұрау салу", "Запрос", "A request"),
        Opened.JOURNAL: Text("Журналдағы жазба", "Запись в журнале", "An entry of the journal"),
        Opened.DOCUMENT: Text("Қызмет нәтижесінің құжаты", "Документ с результатом услуги", "The document of a result"),
        Opened.EVIDENCE: Text(
            "Сұрау салу ісі және қолтаңбаның дәлелі", "Дело запроса и доказательства подписи", "A case file, evidence"
        ),
        Opened.SCAN: Text("Сканерленген құжат", "Скан документа", "A scanned document"),
        Opened.PROPOSAL: Text("Шешімнің жобасы", "Проект решения", "A proposed decision"),
        Opened.HOME_VISIT: Text("Үйге шақыру", "Вызов врача на дом", "A home visit"),
        Opened.APPOINTMENT: Text("Қабылдауға жазылу", "Запись на приём", "An appointment"),
        Opened.EXPORT: Text("Журналдың көшірмесі", "Выгрузка журнала", "An export of the journal"),
    }
)
_INSERT: Final = """
INSERT INTO looks (look_id, looked_at, person_iin, organisation_bin, employee_id, client_id, service, purpose, opened,
    request_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_LIST: Final = """
SELECT look_id, looked_at, l.organisation_bin, employee_id, client_id, service, purpose, opened, request_id, name_kk,
    name_ru, roles
FROM looks l LEFT JOIN employees USING (employee_id)
WHERE person_iin = $1 AND ($2::uuid IS NULL OR look_id < $2) ORDER BY look_id DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks: an employee of an organisation, or its own system; exactly one of the two is given."""

    organisation_bin: str
    employee_id: UUID | None = None
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What is opened of whom: ``service`` is a public code or None, ``purpose`` the id of a clause (``HV-17.3``)."""

    person_iin: str = field(repr=False)
    opened: Opened
    purpose: str
    service: str | None = None
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A look as its person reads it; name and roles are None where the clinic's own system looked."""

    look_id: UUID
    looked_at: datetime
    organisation_bin: str
    employee_id: UUID | None
    client_id: UUID | None
    service: str | None
    purpose: str
    opened: str
    request_id: UUID | None
    name_kk: str | None
    name_ru: str | None
    roles: Sequence[str] | None


async def record_looks(c: Connection, looker: Looker, looks: Sequence[Look], at: datetime) -> None:
    """Write down what is opened, in the caller's transaction; of one person once, however often they are named."""
    once = dict.fromkeys(looks)
    await c.executemany(
        _INSERT,
        [
            (uuid7(at), at, one.person_iin, looker.organisation_bin, looker.employee_id, looker.client_id, one.service,
             one.purpose, one.opened, one.request_id)
            for one in once
        ],
    )  # fmt: skip


async def looks_at(database: Database, iin: str, *, before: UUID | None, limit: int) -> list[Looked]:
    """Return who looked at a person's data, the latest first, at most ``limit``, those before ``before``."""
    async with database.connection() as c:
        rows: Sequence[Mapping[str, Any]] = await c.fetch(_LIST, iin, before, limit)
    return [Looked(**row) for row in rows]
