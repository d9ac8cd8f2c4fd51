"""A patient's further calls of a day: they are answered with the visit that stands (docs/decisions/0014)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from home_visit_svc.visits import DISTRICT_DOCTOR, DUTY_DOCTOR, Doctor, Visit
from shared.kit.database import Connection
from shared.law.hours import ALMATY

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 3561))"
_STANDING = """
SELECT v.request_id, q.number, v.round_id, v.starts_at, v.ends_at, r.doctor_name, r.doctor_kind, r.duty
FROM requests q JOIN visits v USING (request_id) LEFT JOIN rounds r USING (round_id)
WHERE q.subject_iin = $1 AND q.provider_bin = $2 AND v.same_as IS NULL
    AND v.ends_at > $3 AND v.starts_at >= $4 AND v.starts_at < $5 AND v.noted_at IS NULL
ORDER BY v.starts_at LIMIT 1
"""
# Until this call is decided nobody notes what became of the visit that it shares, nor gives it to another doctor.
_HOLD = """
SELECT v.request_id FROM requests q JOIN visits v USING (request_id)
WHERE q.subject_iin = $1 AND q.provider_bin = $2 AND v.same_as IS NULL
    AND v.ends_at > $3 AND v.starts_at >= $4 AND v.starts_at < $5 ORDER BY v.starts_at FOR UPDATE OF v
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit that a patient has been promised: by which request, under which number."""

    request_id: UUID
    number: str
    visit: Visit


async def standing_visit(connection: Connection, patient: tuple[str, str], day: date, now: datetime) -> Standing | None:
    """Return the visit that a patient has on a day and that is not over nor noted, inside the caller's transaction.

    Until it ends, nobody else decides a call of this patient: two at once share a visit too.

    Args:
        connection: Inside a transaction.
        patient: The patient's IIN and the provider's BIN.
        day: The local day (Almaty) for which the visit would be.
        now: The time (aware).
    """
    iin, provider_bin = patient
    await connection.execute(_LOCK, f"{provider_bin} {iin}")
    begins = datetime.combine(day, time(), ALMATY)
    asked = (iin, provider_bin, now, begins, begins + timedelta(days=1))
    await connection.fetch(_HOLD, *asked)
    row = await connection.fetchrow(_STANDING, *asked)
    if row is None:
        return None
    by_district = row["duty"] is False
    doctor = Doctor(DISTRICT_DOCTOR if by_district else DUTY_DOCTOR, row["doctor_name"], row["doctor_kind"])
    starts, ends = row["starts_at"].astimezone(ALMATY), row["ends_at"].astimezone(ALMATY)
    return Standing(row["request_id"], row["number"], Visit(row["round_id"], doctor, starts, ends))
