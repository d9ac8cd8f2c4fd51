"""What became of a booked appointment: kept, cancelled by the citizen or by the clinic, moved; came, did not come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kit.casework.entries import Entry
from shared.kit.casework.signed_content import says_the_same
from shared.kit.database import Connection, Database

_STANDING = """
SELECT b.request_id, b.state, b.starts_at, b.moved_to, b.changed_at, r.provider_bin, r.number, r.applicant_iin,
    coalesce(d.clinic_doctor_id, r.form->>'doctor_id') AS doctor_id
FROM bookings b JOIN requests r USING (request_id) LEFT JOIN doctors d USING (doctor_key)
WHERE b.request_id = $1 AND b.state NOT IN ('held', 'released')
"""
_DOCUMENT = """
UPDATE documents SET status = 'cancelled', status_at = $2
WHERE request_id = ANY($1::uuid[]) AND outcome = 'granted' AND status = 'valid'
"""
_BY_CITIZEN = """
UPDATE bookings SET state = 'cancelled_by_citizen', changed_at = $2
WHERE request_id = $1 AND (state = 'without_time' OR (state = 'booked' AND starts_at > $2)) RETURNING true
"""
_KEEP_CANCELLATION = """
INSERT INTO cancellations (request_id, content, cms, evidence, cancelled_at) VALUES ($1, $2, $3, $4::jsonb, $5)
"""
_BY_CLINIC = """
UPDATE bookings b SET state = 'cancelled_by_clinic', changed_at = $4
FROM requests r, slots s, schedules c
WHERE r.request_id = b.request_id AND s.slot_id = b.slot_id AND c.schedule_id = s.schedule_id AND c.provider_bin = $1
  AND b.state = 'booked' AND b.starts_at > $4
  AND (c.clinic_schedule_id = ANY($2::text[]) OR r.number = ANY($3::text[]))
RETURNING b.request_id, r.number
"""
_LOCK_DAYS = """
SELECT s.slot_id FROM slots s JOIN schedules c USING (schedule_id)
WHERE c.provider_bin = $1 AND c.clinic_schedule_id = ANY($2::text[]) ORDER BY s.slot_id FOR UPDATE OF s
"""
_AWAY = """
WITH away AS (UPDATE schedules SET seen_by = NULL, changed_at = $3
    WHERE provider_bin = $1 AND clinic_schedule_id = ANY($2::text[]) RETURNING schedule_id),
let_go AS (UPDATE bookings b SET state = 'released', changed_at = $3 FROM slots s JOIN away USING (schedule_id)
    WHERE b.slot_id = s.slot_id AND b.state = 'held' RETURNING b.booking_id)
SELECT (SELECT count(*) FROM away) AS days, (SELECT count(*) FROM let_go) AS let_go
"""
_NO_SLOTS = """
DELETE FROM slots s USING schedules c WHERE c.schedule_id = s.schedule_id AND c.provider_bin = $1
  AND c.clinic_schedule_id = ANY($2::text[])
  AND NOT EXISTS (SELECT FROM bookings b WHERE b.slot_id = s.slot_id AND b.state IN ('held', 'booked'))
"""
_OUTCOME = """
UPDATE bookings b SET state = $3, changed_at = $4 FROM requests r, doctors d
WHERE r.request_id = b.request_id AND d.doctor_key = b.doctor_key AND d.provider_bin = $1 AND r.number = $2
  AND b.state IN ('booked', 'over', 'came', 'did_not_come') AND b.starts_at <= $4
  AND ($5::timestamptz IS NULL OR b.changed_at = $5) RETURNING true
"""
_CANCELLED_BEFORE = """
SELECT origin.request_id, origin.form::text AS form
FROM requests moved JOIN bookings b USING (request_id) JOIN requests origin ON origin.content = moved.content
WHERE moved.request_id = $1 AND b.state IN ('cancelled_by_clinic', 'without_time') AND moved.content = $2
  AND moved.applicant_iin = $3 AND moved.subject_iin = $4 AND moved.provider_bin = $5 AND origin.request_id = $6
"""


@dataclass(frozen=True, slots=True)
class StandingAppointment:
    """An appointment as it is now; ``doctor_id`` is the clinic's own, ``moved_to`` the request that took its place.

    ``without_time`` it has none yet: ``starts_at`` is then the time that was asked for.
    """

    request_id: UUID
    state: str
    starts_at: datetime
    moved_to: UUID | None
    changed_at: datetime
    provider_bin: str
    number: str
    applicant_iin: str
    doctor_id: str


@dataclass(frozen=True, slots=True)
class SignedCancellation:
    """The citizen's signature under the cancellation, with the gateway's account of its verification."""

    content: bytes
    cms: bytes
    evidence: dict[str, Any]


class Appointments:
    """The table ``bookings``, from the certificate on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_request(self, request_id: UUID) -> StandingAppointment | None:
        """Return the appointment that a request was granted; None where there is none."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_STANDING, request_id)
        return None if row is None else StandingAppointment(**row)

    async def cancel(self, request_id: UUID, signed: SignedCancellation, now: datetime) -> bool:
        """Cancel as the citizen signed: the slot is free, the certificate is cancelled; False once it has begun."""
        async with self._database.transaction() as connection:
            if not await connection.fetchval(_BY_CITIZEN, request_id, now):
                return False
            evidence = json.dumps(signed.evidence, ensure_ascii=False)
            await connection.execute(_KEEP_CANCELLATION, request_id, signed.content, signed.cms, evidence, now)
            await connection.execute(_DOCUMENT, [request_id], now)
        return True

    async def cancel_by_clinic(
        self, provider_bin: str, schedules: Sequence[str], numbers: Sequence[str], now: datetime
    ) -> list[tuple[UUID, str]]:
        """Cancel whole days (the doctor is away then) and single appointments; return requests with their numbers."""
        async with self._database.transaction() as connection:
            await connection.fetch(_LOCK_DAYS, provider_bin, list(schedules))
            rows = await connection.fetch(_BY_CLINIC, provider_bin, list(schedules), list(numbers), now)
            await connection.execute(_DOCUMENT, [row["request_id"] for row in rows], now)
            await _close_days(connection, provider_bin, list(schedules), now)
        return [(row["request_id"], row["number"]) for row in rows]

    async def note_visit(
        self, provider_bin: str, number: str, now: datetime, *, came: bool, as_of: datetime | None = None
    ) -> bool:
        """Write down whether the patient came; False where there is no such appointment that has begun.

        With ``as_of`` False, too, where it has changed since.
        """
        async with self._database.connection() as connection:
            state = "came" if came else "did_not_come"
            return bool(await connection.fetchval(_OUTCOME, provider_bin, number, state, now, as_of))

    async def signed_before(self, entry: Entry, moves: UUID | None) -> bool:
        """Say whether it moves what the clinic cancelled or had no time for, by the bytes that were signed for that."""
        if moves is None:
            return False
        try:
            origin_id = UUID(json.loads(entry.content)["request_id"])
        except (ValueError, KeyError, TypeError):
            return False
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                _CANCELLED_BEFORE, moves, entry.content, entry.applicant_iin, entry.subject_iin, entry.provider_bin,
                origin_id,
            )  # fmt: skip
        if row is None:
            return False
        return says_the_same(replace(entry, request_id=row["request_id"], form=json.loads(row["form"]), anew_of=None))


async def _close_days(connection: Connection, provider_bin: str, schedules: list[str], now: datetime) -> None:
    if schedules:
        await connection.fetch(_AWAY, provider_bin, schedules, now)
        await connection.execute(_NO_SLOTS, provider_bin, schedules)
