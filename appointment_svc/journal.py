"""Who holds and who has booked which slot (AP-9): a draft's hold, its extension by the signature, its end.

That a slot has one taker and a patient one appointment with a doctor are unique indexes of the database; what is over
(a hold past its time, an appointment that was) is set aside by whoever comes next, no cleaner is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from appointment_svc.timetable import Doctor, Slot
from shared.kit.database import Connection, Database

SLOT: Final = """
SELECT s.slot_id, d.provider_bin, d.clinic_doctor_id, d.name, d.kind, s.doctor_key, c.room, s.starts_at, s.ends_at,
    CASE WHEN c.seen_by <> s.doctor_key THEN seen.name END AS replacement
FROM slots s JOIN schedules c USING (schedule_id) JOIN doctors d ON d.doctor_key = s.doctor_key
    LEFT JOIN doctors seen ON seen.doctor_key = c.seen_by
"""
FREE: Final = """NOT EXISTS (SELECT FROM bookings b WHERE b.slot_id = s.slot_id
    AND (b.state = 'booked' OR (b.state = 'held' AND b.held_until > {now})))"""
"""Nobody has it now; ``{now}`` is the parameter with the time."""
_FIND = f"{SLOT} WHERE d.provider_bin = $1 AND d.clinic_doctor_id = $2 AND s.starts_at = $3"
_SET_ASIDE = """
UPDATE bookings SET state = CASE state WHEN 'held' THEN 'released' ELSE 'over' END, changed_at = $4::timestamptz
WHERE (slot_id = $1 AND state = 'held' AND held_until <= $4)
   OR (doctor_key = $2 AND patient_iin = $3 AND state = 'booked' AND starts_at <= $4)
"""
_DROP_OTHER_DRAFT = """
UPDATE bookings SET state = 'released', changed_at = $3
WHERE doctor_key = $1 AND applicant_iin = $2 AND state = 'held' AND signed_at IS NULL
"""
_HOLD = """
INSERT INTO bookings (request_id, slot_id, doctor_key, starts_at, applicant_iin, patient_iin, state, held_until,
    changed_at)
SELECT $1::uuid, slot_id, doctor_key, starts_at, $3, $4, 'held', $5, $6::timestamptz FROM slots
WHERE slot_id = $2 AND starts_at > $6
ON CONFLICT DO NOTHING RETURNING true
"""
# And: who has asked for the same patient and doctor before, and is not decided yet?
_EXTEND = """
WITH extended AS (
    UPDATE bookings SET held_until = $2, signed_at = $3, changed_at = $3
    WHERE request_id = $1 AND state = 'held' AND signed_at IS NULL AND held_until > $3
)
SELECT DISTINCT earlier.applicant_iin FROM requests own JOIN requests earlier
    USING (subject_iin, provider_bin) WHERE own.request_id = $1 AND earlier.state = 'registered'
    AND earlier.form->>'doctor_id' = own.form->>'doctor_id'
    AND (earlier.signed_at, earlier.request_id) < (own.signed_at, own.request_id)
"""
_OWN = """
SELECT starts_at FROM bookings WHERE doctor_key = $1 AND patient_iin = $2 AND state = 'booked' AND starts_at > $3
AND $4 IN (applicant_iin, patient_iin)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A slot, with our own number of its doctor."""

    slot: Slot
    doctor_key: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks by which request, and for whom."""

    request_id: UUID
    applicant_iin: str
    patient_iin: str


class Bookings:
    """The table ``bookings``, as drafts and signed requests write it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, provider_bin: str, doctor_id: str, starts_at: datetime) -> Found | None:
        """Return the slot of a doctor at a moment, taken or free; None where the schedule has none."""
        async with self._database.connection() as connection:
            return await find_slot(connection, provider_bin, doctor_id, starts_at)

    async def hold(self, found: Found, asked: Asked, until: datetime, now: datetime) -> bool:
        """Hold a slot for a draft (AP-9), instead of the one that the applicant held with this doctor until now.

        False when another has it, or it has begun; then what the applicant held before stays held.
        """
        try:
            async with self._database.transaction() as connection:
                await _hold_in(connection, found, asked, (until, now))
        except (_Taken, asyncpg.ForeignKeyViolationError, asyncpg.DeadlockDetectedError):
            return False
        return True

    async def extend(self, request_id: UUID, until: datetime, now: datetime) -> frozenset[str]:
        """Let the hold of a request that is now signed last until it is answered; this is done once.

        Returns whose earlier requests for the same patient and doctor still wait: the later one is to win.
        """
        async with self._database.connection() as connection:
            rows = await connection.fetch(_EXTEND, request_id, until, now)
        return frozenset(row["applicant_iin"] for row in rows)

    async def release(self, request_id: UUID, now: datetime) -> None:
        """Let go what a refused request held."""
        async with self._database.connection() as connection:
            await connection.execute(
                "UPDATE bookings SET state = 'released', changed_at = $2 WHERE request_id = $1 AND state = 'held'",
                request_id,
                now,
            )

    async def own_with(self, found: Found, asked: Asked, now: datetime) -> datetime | None:
        """Return when the patient's appointment to come with this doctor is, if this applicant may know of it."""
        async with self._database.connection() as connection:
            at: datetime | None = await connection.fetchval(
                _OWN, found.doctor_key, asked.patient_iin, now, asked.applicant_iin
            )
        return at


class _Taken(Exception):
    """Rolls back: the slot went to another."""


async def _hold_in(connection: Connection, found: Found, asked: Asked, times: tuple[datetime, datetime]) -> None:
    until, now = times
    # One's own drafts with a doctor follow each other: side by side each would find the other's slot, or place, taken.
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1::text, $2))", asked.applicant_iin, found.doctor_key
    )
    await set_aside(connection, found, asked.patient_iin, now)
    await connection.execute(_DROP_OTHER_DRAFT, found.doctor_key, asked.applicant_iin, now)
    people = (asked.applicant_iin, asked.patient_iin)
    if not await connection.fetchval(_HOLD, asked.request_id, found.slot.slot_id, *people, until, now):
        raise _Taken


async def find_slot(connection: Connection, provider_bin: str, doctor_id: str, starts_at: datetime) -> Found | None:
    """Return the slot of a doctor at a moment, inside the caller's transaction."""
    row = await connection.fetchrow(_FIND, provider_bin, doctor_id, starts_at)
    return None if row is None else found_in(row)


async def set_aside(connection: Connection, found: Found, patient_iin: str, now: datetime) -> None:
    """Set aside what is over: a hold of this slot past its time, the patient's appointment with the doctor that was.

    The slot is locked first, as clinics' entries and cancellations do: slots before bookings, so that nobody waits in a
    circle. It stays until the caller's transaction ends, unless it is gone already.
    """
    await connection.execute("SELECT FROM slots WHERE slot_id = $1 FOR KEY SHARE", found.slot.slot_id)
    await connection.execute(_SET_ASIDE, found.slot.slot_id, found.doctor_key, patient_iin, now)


def found_in(row: Mapping[str, Any]) -> Found:
    """Return the slot of a row that ``SLOT`` selects."""
    doctor = Doctor(row["clinic_doctor_id"], row["name"], row["kind"])
    slot = Slot(
        row["slot_id"], row["provider_bin"], doctor, row["replacement"], row["room"], row["starts_at"], row["ends_at"]
    )
    return Found(slot, row["doctor_key"])


def slots_in(rows: Sequence[Mapping[str, Any]]) -> list[Slot]:
    """Return the slots of rows that ``SLOT`` selects."""
    return [found_in(row).slot for row in rows]
