"""How a slot becomes an appointment (AP-9), in the certificate's own transaction: the one held, or the nearest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appointment_svc.journal import FREE, SLOT, Asked, Found, find_slot, found_in, set_aside
from appointment_svc.timetable import Slot
from shared.kit.database import Connection

MOST_CANDIDATES = 20
_OWN_PLACE = """
DELETE FROM bookings WHERE (request_id = $1 AND state IN ('held', 'released'))
   OR (slot_id = $2 AND state = 'held' AND signed_at IS NULL AND applicant_iin = $3 AND patient_iin = $4)
"""
_MOVE_AWAY = """
UPDATE bookings SET state = 'moved', moved_to = $4::uuid, changed_at = $5
WHERE patient_iin = $1 AND request_id <> $4
  AND ((doctor_key = $2 AND state IN ('booked', 'without_time'))
       OR (request_id = $3 AND applicant_iin = $6
           AND (state IN ('cancelled_by_clinic', 'without_time') OR (state = 'booked' AND starts_at > $5))))
RETURNING request_id
"""
_REPLACED = """
UPDATE documents SET status = 'replaced', status_at = $2 WHERE request_id = ANY($1::uuid[]) AND outcome = 'granted'
"""
_BOOK = """
INSERT INTO bookings (request_id, slot_id, doctor_key, starts_at, applicant_iin, patient_iin, state, signed_at,
    changed_at)
SELECT $1::uuid, slot_id, doctor_key, starts_at, $3, $4, 'booked', $5::timestamptz, $5 FROM slots
WHERE slot_id = $2 AND starts_at > $5
ON CONFLICT DO NOTHING RETURNING true
"""
_WITHOUT_TIME = """
INSERT INTO bookings (request_id, doctor_key, starts_at, applicant_iin, patient_iin, state, signed_at, changed_at)
VALUES ($1, (SELECT doctor_key FROM doctors WHERE provider_bin = $2 AND clinic_doctor_id = $3), $4, $5, $6,
    'without_time', $7, $7)
ON CONFLICT (request_id) DO UPDATE SET state = 'without_time', slot_id = NULL, held_until = NULL,
    signed_at = excluded.signed_at, changed_at = excluded.changed_at
"""
# The same doctor before others of the same kind, what is nearest in time first.
_NEAREST = f"""
{SLOT} WHERE d.provider_bin = $1 AND s.starts_at > $2 AND (d.clinic_doctor_id = $3 OR d.kind = $4)
    AND {FREE.format(now="$2")}
ORDER BY d.clinic_doctor_id <> $3, abs(extract(epoch FROM s.starts_at - $5::timestamptz)), s.slot_id LIMIT $6
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The slot that a signed request names, by whom and for whom, and which earlier appointment it moves."""

    asked: Asked
    provider_bin: str
    doctor_id: str
    kind: str
    starts_at: datetime
    moves: UUID | None


async def take(connection: Connection, wanted: Wanted, now: datetime) -> Slot | None:
    """Book the wanted slot, inside the caller's transaction; where it is lost, the nearest that is free.

    Nearest is the same doctor's at the nearest time, else the same kind's at the provider (docs/decisions/0012). An
    earlier appointment of the patient with the same doctor, or the one that is moved, gives way: its slot is free, its
    certificate is replaced. None where nothing is free at all: the request then stands without a time, which the
    citizen picks when there is one.
    """
    found = await find_slot(connection, wanted.provider_bin, wanted.doctor_id, wanted.starts_at)
    if found is not None and await _book(connection, found, wanted, now):
        return found.slot
    while candidates := await nearest(connection, wanted, now, MOST_CANDIDATES):
        for candidate in candidates:
            if await _book(connection, candidate, wanted, now):
                return candidate.slot
    await _stand_without_time(connection, wanted, now)
    return None


async def nearest(connection: Connection, wanted: Wanted, now: datetime, most: int) -> list[Found]:
    """Return the free slots nearest to what was wanted, at most so many."""
    rows = await connection.fetch(
        _NEAREST, wanted.provider_bin, now, wanted.doctor_id, wanted.kind, wanted.starts_at, most
    )
    return [found_in(row) for row in rows]


async def _stand_without_time(connection: Connection, wanted: Wanted, now: datetime) -> None:
    asked = wanted.asked
    people = (asked.applicant_iin, asked.patient_iin)
    await connection.execute(
        _WITHOUT_TIME, asked.request_id, wanted.provider_bin, wanted.doctor_id, wanted.starts_at, *people, now
    )


class _Lost(Exception):
    """Rolls back to where the slot was not yet tried."""


async def _book(connection: Connection, found: Found, wanted: Wanted, now: datetime) -> bool:
    """Book this slot or change nothing."""
    try:
        async with connection.transaction():
            await _book_in(connection, found, wanted, now)
    except _Lost:
        return False
    return True


async def _book_in(connection: Connection, found: Found, wanted: Wanted, now: datetime) -> None:
    asked, slot_id = wanted.asked, found.slot.slot_id
    people = (asked.applicant_iin, asked.patient_iin)
    await set_aside(connection, found, asked.patient_iin, now)
    await connection.execute(_OWN_PLACE, asked.request_id, slot_id, *people)
    earlier = (asked.patient_iin, found.doctor_key, wanted.moves, asked.request_id, now, asked.applicant_iin)
    moved = await connection.fetch(_MOVE_AWAY, *earlier)
    if not await connection.fetchval(_BOOK, asked.request_id, slot_id, *people, now):
        raise _Lost
    await connection.execute(_REPLACED, [row["request_id"] for row in moved], now)
