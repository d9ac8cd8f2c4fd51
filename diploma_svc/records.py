"""The record journal (DP-15): every application, every paper handed in, every document handed over, with its day.

Applications enter it by the database itself, at their registration. No entry is ever changed.
"""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from diploma_svc.world import World
from shared.forms.diploma_records import RecordEntry, RecordPage, RecordsAsked
from shared.kit.database import Connection
from shared.law.hours import ALMATY
from shared.law.iin import mask

_WRITE: Final = """
INSERT INTO record_journal (request_id, at, kind, what, whose, employee, identity_document)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_READ: Final = """
SELECT j.entry, j.at, j.kind, j.what, j.whose, j.employee, j.identity_document, r.number, r.channel, r.applicant_iin
FROM record_journal j JOIN requests r USING (request_id)
WHERE j.entry > $1 AND (j.at AT TIME ZONE 'Asia/Almaty')::date BETWEEN $2 AND $3 AND ($4::text IS NULL OR j.kind = $4)
ORDER BY j.entry LIMIT $5
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What was handed in or over: what, by or to whom, taken or given by which employee, on which document."""

    kind: Literal["paper", "handed_over"]
    what: str
    whose: str
    employee: str | None = None
    identity_document: str | None = None


async def write_record(c: Connection, request_id: UUID, world: World, record: Record) -> None:
    """Write an entry (DP-15, DP-16.6)."""
    await c.execute(
        _WRITE, request_id, world.now(), record.kind, record.what, record.whose, record.employee,
        record.identity_document,
    )  # fmt: skip


async def read_records(world: World, asked: RecordsAsked) -> RecordPage:
    """Return the entries of a span of local days, in their order, from a place on."""
    async with world.database.connection() as c:
        rows = await c.fetch(_READ, asked.after, asked.since, asked.until, asked.kind, asked.limit + 1)
    entries = [
        RecordEntry(
            entry=row["entry"],
            at=row["at"].astimezone(ALMATY),
            kind=row["kind"],
            request_number=row["number"],
            channel=row["channel"],
            applicant_iin=mask(row["applicant_iin"]),
            what=row["what"],
            whose=row["whose"],
            employee=row["employee"],
            identity_document=row["identity_document"],
        )
        for row in rows[: asked.limit]
    ]
    return RecordPage(entries=entries, next=entries[-1].entry if len(rows) > asked.limit else None)
