"""The tables of the cases; every query runs inside the caller's transaction."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from diploma_svc.cases import Blank, Case, Graduation, Happening, Original
from diploma_svc.deadlines import Counts, Deadline
from diploma_svc.kept import debts_of, papers_of, price_of
from diploma_svc.regulation import LIST_LENGTH
from diploma_svc.stages import Stage
from shared.kit.casework.entries import Evidence
from shared.kit.database import Connection

_GRADUATION: Final = """g.graduate_id, g.person_id, p.iin, g.name_kk, g.name_ru, m.kind, m.title_kk, m.title_ru,
    m.qualification_kk, m.qualification_ru, g.hours, d.number AS decision_number, d.decided_on, d.decided_by,
    d.order_number, d.order_on"""
_JOINED: Final = "graduates g JOIN people p USING (person_id) JOIN programmes m USING (programme_id) JOIN decisions d USING (decision_id)"  # noqa: E501 - one line that is read as one.
_FIND: Final = f"""
SELECT {_GRADUATION}, o.document_id IS NOT NULL AS has_document FROM {_JOINED}
    LEFT JOIN training_documents o ON o.graduate_id = g.graduate_id AND o.status = 'valid'
WHERE p.iin = $1 AND m.kind = $2 AND g.passed AND ($3::text IS NULL OR d.number = $3)
ORDER BY (o.document_id IS NOT NULL) = $4 DESC, d.decided_on DESC, g.graduate_id LIMIT 1
"""  # noqa: S608 - constants of ours.
_ORIGINAL: Final = """
SELECT document_id, number, series, blank_number, issued_on, request_id FROM training_documents
WHERE graduate_id = $1 AND (status = 'valid' OR document_id = $2) ORDER BY document_id = $2 DESC LIMIT 1
"""
_CASE: Final = f"""
SELECT c.*, r.number, r.channel, r.registered_at, r.applicant_iin, b.series, b.number AS blank_number, {_GRADUATION},
    c.decided_on AS duplicate_decided_on
FROM cases c JOIN requests r USING (request_id) JOIN {_JOINED.replace("graduates g", "graduates g ON g.graduate_id = c.graduate_id")}
    LEFT JOIN blanks b ON b.request_id = c.request_id AND b.state = 'used'
WHERE c.request_id = $1 FOR UPDATE OF c
"""  # noqa: S608, E501 - constants of ours; a join that is told once.
_OPEN: Final = """
INSERT INTO cases (request_id, graduate_id, duplicate, replaces, stage, identified, counts, begins, calendar_version,
    token, status_index, changed_at)
VALUES ($1, $2, $3, $4, 'registered', $5, $6, $7, '', $8, $9, $10)
"""
_HAPPENED: Final = """
INSERT INTO happenings (request_id, place, at, act, stage, actor_iin, actor_name, said)
SELECT $1, count(*), $2, $3, $4, $5, $6, $7 FROM happenings WHERE request_id = $1
"""
_TIMED: Final = """
UPDATE cases SET due_on = $2, half_on = $3, four_fifths_on = $4, calendar_version = $5, warned = $6, changed_at = $7
WHERE request_id = $1
"""


async def find_graduation(
    c: Connection, iin: str, asked: tuple[str, str | None], *, duplicate: bool
) -> tuple[Graduation, bool] | None:
    """Return the passed attestation that is asked about (kind, decision's number), and whether its document exists."""
    row = await c.fetchrow(_FIND, iin, *asked, duplicate)
    return None if row is None else (_graduation(row), row["has_document"])


async def find_original(c: Connection, graduate_id: str, document_id: str | None = None) -> Original | None:
    """Return the document in force for a graduation, or the one with this id."""
    row = await c.fetchrow(_ORIGINAL, graduate_id, document_id)
    return None if row is None else Original(**row)


async def asked_already(c: Connection, graduate_id: str) -> bool:
    """Say whether a case for this graduation is open."""
    stages = ["registered", "responsible", "deciding", "preparing", "approval", "signature"]
    return bool(
        await c.fetchval("SELECT true FROM cases WHERE graduate_id = $1 AND stage = ANY ($2)", graduate_id, stages)
    )


async def open_case(  # noqa: PLR0913, PLR0917 - a case has as many parts.
    c: Connection, request_id: UUID, graduation: Graduation, original: Original | None,
    term: tuple[Counts, date], at: datetime,
) -> None:  # fmt: skip
    """Write a new case of somebody who is identified; a place in the status lists is drawn by lot."""
    taken = await c.fetchval("SELECT count(*) FROM cases")
    first = taken // (LIST_LENGTH // 2) * LIST_LENGTH
    index = first + secrets.randbelow(LIST_LENGTH)
    while await c.fetchval("SELECT true FROM cases WHERE status_index = $1", index):
        index = first + secrets.randbelow(LIST_LENGTH)
    await c.execute(
        _OPEN, request_id, graduation.graduate_id, original is not None, original.document_id if original else None,
        True, term[0].value, term[1], secrets.token_urlsafe(24), index, at,
    )  # fmt: skip


async def hold(c: Connection, request_id: UUID) -> Case | None:
    """Return the case with all that a decision about it needs, locked until the transaction ends; None for no case."""
    row = await c.fetchrow(_CASE, request_id)
    if row is None:
        return None
    graduation = _graduation(row)
    original = await find_original(c, graduation.graduate_id, row["replaces"]) if row["duplicate"] else None
    return Case(
        request_id=request_id,
        number=row["number"],
        channel=row["channel"],
        registered_at=row["registered_at"],
        applicant_iin=row["applicant_iin"],
        graduation=graduation,
        duplicate=row["duplicate"],
        original=original,
        stage=Stage(row["stage"]),
        version=row["version"],
        identified=row["identified"],
        counts=Counts(row["counts"]),
        begins=row["begins"],
        calendar_version=row["calendar_version"],
        due_on=row["due_on"],
        half_on=row["half_on"],
        four_fifths_on=row["four_fifths_on"],
        warned=row["warned"],
        decided_on=row["duplicate_decided_on"],
        prepared_by=row["prepared_by"],
        approved_by=row["approved_by"],
        payload=row["payload"],
        blank=Blank(row["series"], row["blank_number"]) if row["series"] else None,
        token=row["token"],
        status_index=row["status_index"],
        document_number=row["document_number"],
        duplicate_number=row["duplicate_number"],
        debts=await debts_of(c, graduation.person_id),
        papers=await papers_of(c, request_id),
        price=await price_of(c, graduation.kind, row["begins"]) if row["duplicate"] else None,
        pauses=await pauses_of(c, request_id),
    )


async def pauses_of(c: Connection, request_id: UUID) -> list[tuple[datetime, datetime | None]]:
    """Return the suspensions of a case, the first one first."""
    rows = await c.fetch("SELECT begins_at, ends_at FROM pauses WHERE request_id = $1 ORDER BY begins_at", request_id)
    return [(row["begins_at"], row["ends_at"]) for row in rows]


async def note(c: Connection, request_id: UUID, happened: Happening, actor_iin: str | None = None) -> None:
    """Write one line of the ledger; the caller holds the case."""
    await c.execute(
        _HAPPENED, request_id, happened.at, happened.act, happened.stage, actor_iin, happened.actor_name, happened.said
    )


async def put_deadline(c: Connection, case: Case, deadline: Deadline | None, kept: tuple[str, int, datetime]) -> None:
    """Write the deadline, none while it stands still, with the calendar's version and how far it is warned of."""
    days = (deadline.due_on, deadline.half_on, deadline.four_fifths_on) if deadline else (None, None, None)
    await c.execute(_TIMED, case.request_id, *days, *kept)


async def keep_evidence(c: Connection, request_id: UUID, evidence: Sequence[Evidence]) -> None:
    """Keep the registry's sealed answers that a case rests on."""
    await c.executemany(
        "INSERT INTO evidence (request_id, place, source, about, clause, asked_at, answer)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [(request_id, place, e.source, e.about, e.clause, e.asked_at, e.answer) for place, e in enumerate(evidence, 1)],
    )


def _graduation(row: Mapping[str, Any]) -> Graduation:
    return Graduation(**{name: row[name] for name in Graduation.__slots__})
