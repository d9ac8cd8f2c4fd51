"""The journal of requests: registered first, taken up again until answered. One method, one transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kit.casework.entries import Entry, IssuedDocument, NewEntry, Standing, StepTaken
from shared.kit.casework.timing import FARTHEST
from shared.kit.database import Database
from shared.kit.trace import trace_header

_REGISTER = """
WITH entry AS (
    INSERT INTO requests (request_id, number, body_sha256, form_version, channel, applicant_iin, subject_iin,
        provider_bin, form, content, cms, signature_evidence, signed_at, registered_at, counts_from, answer_by,
        calendar_version, due_at, traceparent, review_of, anew_of, awaits_official)
    SELECT $1::uuid, $2::text || '-' || lpad(nextval('request_numbers')::text, 7, '0'), $3, $4, $5, $6, $7,
        $8, $9::jsonb, $10, $11, $12::jsonb, $13, $14::timestamptz, $15, $16, $17, $18, $21, $22,
        $23, CASE WHEN $22::uuid IS NOT NULL THEN $14::timestamptz END
    WHERE NOT EXISTS (SELECT FROM requests WHERE request_id = $1::uuid)
    ON CONFLICT (request_id) DO NOTHING
    RETURNING request_id, number
)
INSERT INTO steps (request_id, step, started_at, ended_at, limit_seconds, met)
SELECT request_id, 6, $19::timestamptz, $14::timestamptz, $20::int,
    $14::timestamptz - $19::timestamptz <= $20::int * interval '1 second' FROM entry
RETURNING (SELECT number FROM entry)
"""
_STANDING = """
SELECT r.request_id, r.body_sha256, r.number, r.registered_at, r.answer_by, r.answered_at,
    CASE WHEN r.state = 'answered' THEN d.outcome END AS outcome,
    CASE WHEN r.state = 'answered' THEN d.token END AS token, d.jws,
    (SELECT array_agg((s.step, s.started_at, s.ended_at, s.limit_seconds, s.met) ORDER BY s.step)
     FROM steps s WHERE s.request_id = r.request_id) AS steps
FROM requests r LEFT JOIN documents d USING (request_id) WHERE r.request_id = $1
"""
_ENTRY = """request_id, number, applicant_iin, subject_iin, provider_bin, form, content, counts_from, answer_by,
    state, attempts, traceparent, channel, review_of, anew_of"""
_CLAIM = f"""
UPDATE requests SET due_at = $2, attempts = attempts + 1
WHERE request_id IN (
    SELECT request_id FROM requests WHERE state <> 'answered'
        AND (due_at <= $1 OR (due_at > $4 AND awaits_official IS NULL))
    ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
RETURNING {_ENTRY}
"""  # noqa: S608 - a constant list of columns.
_TAKE = f"""
UPDATE requests SET due_at = $2, attempts = attempts + 1 WHERE request_id = $1 AND state <> 'answered'
RETURNING {_ENTRY}
"""  # noqa: S608 - as above.
_ISSUED = """
SELECT d.kind, r.number, d.issued_at, r.provider_bin, d.outcome, d.status
FROM documents d JOIN requests r USING (request_id) WHERE d.token = $1 AND r.state = 'answered'
"""


class Journal:
    """The table ``requests`` and its step ledger."""

    def __init__(self, database: Database, service: str, regulation: str) -> None:
        """Keep the requests of one service (``home-visit``), numbered by its regulation's prefix (``HV``) and year."""
        self._database = database
        self._service = service
        self._regulation = regulation

    async def register(self, new: NewEntry, *, year: int, limit_seconds: int, due_at: datetime) -> Entry | None:
        """Write the entry with its number and row 6 of the ledger; None when the request id is already known.

        The entry belongs to the caller until ``due_at``; after that the loop takes it up.
        """
        async with self._database.connection() as connection:
            number = await connection.fetchval(
                _REGISTER,
                new.request_id,
                f"{self._regulation}-{year}",
                new.body_sha256,
                new.form_version,
                new.channel,
                new.applicant_iin,
                new.subject_iin,
                new.provider_bin,
                new.form,
                new.content,
                new.cms,
                new.signature_evidence,
                new.signed_at,
                new.registered_at,
                new.counts_from,
                new.answer_by,
                new.calendar_version,
                due_at,
                new.received_at,
                limit_seconds,
                trace_header(),
                new.review_of,
                new.anew_of,
            )
        return None if number is None else new.numbered(number, self._service)

    async def standing(self, request_id: UUID) -> Standing | None:
        """Return where the request stands, None for one that never came."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_STANDING, request_id)
        if row is None:
            return None
        steps = tuple(StepTaken(*step) for step in row["steps"] or ())
        return Standing(**{**row, "steps": steps})

    async def claim(self, now: datetime, until: datetime, most: int) -> list[Entry]:
        """Take up the unanswered entries that have been due longest; no one else takes them until ``until``."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(_CLAIM, now, until, most, now + FARTHEST)
        return [self._entry(row) for row in rows]

    async def take(self, request_id: UUID, until: datetime) -> Entry | None:
        """Take up one entry now, whenever it is due; None once it is answered."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_TAKE, request_id, until)
        return None if row is None else self._entry(row)

    async def put_off(self, request_id: UUID, due_at: datetime) -> None:
        """Say when the entry is to be taken up again."""
        async with self._database.connection() as connection:
            await connection.execute(
                "UPDATE requests SET due_at = $2 WHERE request_id = $1 AND state <> 'answered'", request_id, due_at
            )

    async def issued(self, token: str) -> IssuedDocument | None:
        """Return what anyone may know of the document with this token, None where none was issued."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_ISSUED, token)
        return None if row is None else IssuedDocument(**row)

    def _entry(self, row: Mapping[str, Any]) -> Entry:
        return Entry(**{**row, "service": self._service, "form": json.loads(row["form"])})
