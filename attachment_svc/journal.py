"""The register of the attached population: who is told what, and the one place where an attachment begins by a request.

At most one attachment of a person stands that is not disputed, and no request passes a district's norm: both by the
database itself (``migrations``; docs/decisions/0011).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from attachment_svc.holdings import District, Held, Placement, Seat, Stay, Why
from shared.kit.database import Connection, Database

_STAY = """a.provider_bin, a.district_number, a.district_kind, coalesce(d.doctor_id, a.doctor_id) AS doctor_id,
    coalesce(d.doctor_name, a.doctor_name) AS doctor_name, a.since, a.ended, a.why, a.address"""
# The doctor of an attachment that stands is the district's of today; of one that has ended, the one of that time.
_OF_DISTRICT = """LEFT JOIN districts d ON (d.provider_bin, d.kind, d.number)
    = (a.provider_bin, a.district_kind, a.district_number) AND a.ended IS NULL"""
_NOTE = """
    INSERT INTO lookups (at, caller, purpose, person, found) SELECT $3, $4, $5, $6, (SELECT count(*) FROM found)
"""
_LOOK_UP = f"""
WITH found AS (
    SELECT {_STAY}, NULL::text AS number, a.attachment_id FROM attachments a {_OF_DISTRICT}
    WHERE a.iin = $1 AND a.since <= $2 AND (a.ended IS NULL OR a.ended > $2)
), noted AS ({_NOTE})
SELECT * FROM found ORDER BY since, provider_bin
"""  # noqa: S608 - constants of ours.
_HISTORY = f"""
WITH found AS (
    SELECT {_STAY}, r.number, a.attachment_id
    FROM attachments a {_OF_DISTRICT} LEFT JOIN requests r USING (request_id)
    WHERE a.iin = $1 AND $2::date IS NOT NULL
), noted AS ({_NOTE})
SELECT * FROM found ORDER BY since DESC, attachment_id DESC
"""  # noqa: S608 - constants of ours.
_STAYS = f"""
SELECT {_STAY}, NULL::text AS number FROM attachments a {_OF_DISTRICT} WHERE a.iin = $1 ORDER BY a.since, attachment_id
"""  # noqa: S608 - constants of ours.
# All districts that this decision may count anew are locked in one order, so that no two decisions wait for each other.
_DISTRICTS = """
SELECT provider_bin, number, kind, doctor_id, doctor_name, streets, norm, attached FROM districts
WHERE provider_bin = $2 OR (provider_bin, kind, number) IN (
    SELECT provider_bin, district_kind, district_number FROM attachments
    WHERE iin = $1 AND (ended IS NULL OR ended > $3))
ORDER BY provider_bin, kind, number FOR UPDATE
"""
_END = """
UPDATE attachments SET ended = greatest(since, $2::date), disputed = false, changed_at = $3
WHERE iin = $1 AND (ended IS NULL OR ended > $2::date)
"""
_BEGIN = """
INSERT INTO attachments (iin, provider_bin, district_number, district_kind, doctor_id, doctor_name, since, why,
    address, request_id, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, why (a clause id), at which person (a keyed hash), and when."""

    caller: str
    purpose: str
    person: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Beginning:
    """An attachment that a request begins, with the registered address that it is made at."""

    request_id: UUID
    iin: str
    provider_bin: str
    placement: Placement
    address: str | None


class Register:
    """The tables ``attachments`` and ``lookups``, as they are read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look_up(self, iin: str, on: date, looker: Looker) -> list[Stay]:
        """Return what holds on a local day, and note who asked and why in the same transaction."""
        return await self._told(_LOOK_UP, iin, on, looker)

    async def history(self, iin: str, on: date, looker: Looker) -> list[Stay]:
        """Return all attachments of a person, the latest first, and note who asked and why."""
        return await self._told(_HISTORY, iin, on, looker)

    async def _told(self, sql: str, iin: str, on: date, looker: Looker) -> list[Stay]:
        async with self._database.connection() as connection:
            rows = await connection.fetch(sql, iin, on, looker.at, looker.caller, looker.purpose, looker.person)
        return [_stay(row) for row in rows]


async def hold(connection: Connection, iin: str, provider_bin: str, on: date) -> Held:
    """Read what a decision rests on and keep it as it is until the caller's transaction ends.

    Locks are taken in one order: the table (against imports), the person, the districts.
    """
    await connection.execute("LOCK TABLE attachments IN ROW EXCLUSIVE MODE")
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", iin)
    stays = [_stay(row) for row in await connection.fetch(_STAYS, iin)]
    rows = await connection.fetch(_DISTRICTS, iin, provider_bin, on)
    return Held(stays, [_district(row) for row in rows if row["provider_bin"] == provider_bin])


async def begin(connection: Connection, beginning: Beginning, at: datetime) -> None:
    """End what the person has and begin the new attachment, inside the caller's transaction, after ``hold``.

    Raises asyncpg.CheckViolationError where the district's norm would be passed: the caller has not asked ``place``.
    """
    placement, seat = beginning.placement, beginning.placement.seat
    if placement.why is None:
        raise ValueError("An attachment that goes on does not begin.")
    await connection.execute(_END, beginning.iin, placement.since, at)
    await connection.execute(
        _BEGIN,
        beginning.iin,
        beginning.provider_bin,
        seat.number,
        seat.kind,
        seat.doctor_id,
        seat.doctor_name,
        placement.since,
        placement.why.value,
        beginning.address,
        beginning.request_id,
        at,
    )


def _stay(row: Mapping[str, Any]) -> Stay:
    seat = Seat(row["district_number"], row["district_kind"], row["doctor_id"], row["doctor_name"])
    return Stay(
        row["provider_bin"], seat, row["since"], row["ended"], Why(row["why"]), row["address"], row["number"]
    )  # fmt: skip


def _district(row: Mapping[str, Any]) -> District:
    seat = Seat(row["number"], row["kind"], row["doctor_id"], row["doctor_name"])
    return District(seat, tuple(row["streets"]), row["norm"], row["attached"])
