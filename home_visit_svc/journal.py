"""The rounds that clinics enter, and the one place where a call is given to a round: never more than it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from home_visit_svc.regulation import SHORTEST_WINDOW
from home_visit_svc.visits import DISTRICT_DOCTOR, DUTY_DOCTOR, Doctor, Opportunity, Visit, by_duty_doctor
from shared.kit.database import Connection, Database
from shared.law.hours import ALMATY

# Whoever waited for a round's lock has the condition read again on the row as it is then, and goes on to the next round
# if it does not hold any more: two calls never share the last place.
_TAKE = """
UPDATE rounds SET taken = taken + 1 WHERE round_id = (
    SELECT round_id FROM rounds
    WHERE provider_bin = $1 AND day = $2 AND ends_at >= $3 AND (duty OR (doctor_id = $4 AND taken < calls))
    ORDER BY duty, duty AND doctor_kind <> $5, starts_at, round_id LIMIT 1 FOR UPDATE)
RETURNING round_id, doctor_name, doctor_kind, starts_at, ends_at, duty
"""
# A round that patients were promised keeps its doctor, day and hours; its calls never fall below those given out.
_UPSERT = """
INSERT INTO rounds (provider_bin, clinic_round_id, doctor_id, doctor_name, doctor_kind, day, starts_at, ends_at, calls,
    duty, changed_at)
SELECT given.*, $11::timestamptz
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::timestamptz[],
    $8::timestamptz[], $9::int[], $10::boolean[])
    AS given(provider_bin, clinic_round_id, doctor_id, doctor_name, doctor_kind, day, starts_at, ends_at, calls, duty)
ORDER BY given.provider_bin, given.duty, given.starts_at, given.clinic_round_id
ON CONFLICT (provider_bin, clinic_round_id) DO UPDATE SET doctor_id = excluded.doctor_id,
    doctor_name = excluded.doctor_name, doctor_kind = excluded.doctor_kind, day = excluded.day,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, calls = excluded.calls, duty = excluded.duty,
    changed_at = excluded.changed_at
WHERE rounds.taken = 0 OR (
    (rounds.doctor_id, rounds.doctor_name, rounds.doctor_kind, rounds.day, rounds.starts_at, rounds.ends_at,
       rounds.duty)
    = (excluded.doctor_id, excluded.doctor_name, excluded.doctor_kind, excluded.day, excluded.starts_at,
       excluded.ends_at, excluded.duty)
    AND (excluded.duty OR excluded.calls >= rounds.taken))
RETURNING provider_bin, clinic_round_id
"""

_SAME = """
SELECT clinic_round_id FROM rounds
JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::timestamptz[],
    $8::timestamptz[], $9::int[], $10::boolean[])
    AS given(provider_bin, clinic_round_id, doctor_id, doctor_name, doctor_kind, day, starts_at, ends_at, calls, duty)
    USING (provider_bin, clinic_round_id, doctor_id, doctor_name, doctor_kind, day, starts_at, ends_at, calls, duty)
"""


@dataclass(frozen=True, slots=True)
class Round:
    """A doctor's round as the clinic entered it, under the clinic's own id; a duty round takes any number of calls."""

    provider_bin: str
    clinic_round_id: str
    doctor_id: str
    doctor_name: str
    doctor_kind: str
    day: date
    starts_at: datetime
    ends_at: datetime
    calls: int
    duty: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A visit asked for: at which provider, by which district's doctor, and when it can be."""

    provider_bin: str
    doctor_id: str
    doctor_kind: str
    when: Opportunity


async def reserve(connection: Connection, wanted: Wanted) -> Visit:
    """Give the call to a round, inside the caller's transaction.

    The earliest round of the district's doctor that lasts long enough and has room; else a duty round, rather of the
    same kind of doctor (a paediatrician for a child); else the provider's duty doctor until closing time.
    """
    when = wanted.when
    ends = when.earliest + SHORTEST_WINDOW
    row = await connection.fetchrow(_TAKE, wanted.provider_bin, when.day, ends, wanted.doctor_id, wanted.doctor_kind)
    if row is None:
        return by_duty_doctor(when)
    doctor = Doctor(DUTY_DOCTOR if row["duty"] else DISTRICT_DOCTOR, row["doctor_name"], row["doctor_kind"])
    begins, ends = max(row["starts_at"], when.earliest), row["ends_at"]
    return Visit(row["round_id"], doctor, begins.astimezone(ALMATY), ends.astimezone(ALMATY))


async def keep_visit(connection: Connection, request_id: UUID, visit: Visit, same_as: UUID | None) -> None:
    """Write down what is promised to the patient, inside the caller's transaction; ``same_as`` took the place."""
    await connection.execute(
        "INSERT INTO visits (request_id, round_id, starts_at, ends_at, same_as) VALUES ($1, $2, $3, $4, $5)",
        request_id,
        visit.round_id,
        visit.starts_at,
        visit.ends_at,
        same_as,
    )


class Rounds:
    """The table ``rounds``, as clinics write it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, rounds: Sequence[Round], at: datetime) -> list[Round]:
        """Write the rounds, each at most once by the clinic's id; return those that calls already given forbid."""
        columns = [[getattr(one, name) for one in rounds] for name in Round.__slots__]
        async with self._database.connection() as connection:
            written = await connection.fetch(_UPSERT, *columns, at)
        known = {(row["provider_bin"], row["clinic_round_id"]) for row in written}
        return [one for one in rounds if (one.provider_bin, one.clinic_round_id) not in known]

    async def unchanged(self, rounds: Sequence[Round]) -> list[str]:
        """Return the clinic's ids of those rounds that stand exactly so already."""
        columns = [[getattr(one, name) for one in rounds] for name in Round.__slots__]
        async with self._database.connection() as connection:
            return [row["clinic_round_id"] for row in await connection.fetch(_SAME, *columns)]
