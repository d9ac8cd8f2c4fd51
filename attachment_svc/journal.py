"""The register of the attached population and the record of who looked into it. One method, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shared.kit.database import Database

# An entry ends where the person's next one with the same provider begins, whichever of the two was imported first.
_GIVEN = """
WITH given AS (
    SELECT iin, provider_bin, number, kind, doctor_id, doctor_name, since, least(ended, lead(since) OVER (
        PARTITION BY iin, provider_bin ORDER BY since)) AS ended
    FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[])
        AS row(iin, provider_bin, number, kind, doctor_id, doctor_name, since, ended)
)
"""
_END = f"""{_GIVEN}
UPDATE attachments kept SET ended = next.since, changed_at = $9
FROM (SELECT iin, provider_bin, min(since) AS since FROM given GROUP BY iin, provider_bin) AS next
WHERE (kept.iin, kept.provider_bin) = (next.iin, next.provider_bin)
    AND kept.since < next.since AND (kept.ended IS NULL OR kept.ended > next.since)
"""  # noqa: S608 - constants of ours.
_ENTER = f"""{_GIVEN}, placed AS (
    SELECT given.iin, given.provider_bin, given.number, given.kind, given.doctor_id, given.doctor_name, given.since,
        least(given.ended, (SELECT min(later.since) FROM attachments later WHERE later.iin = given.iin
            AND later.provider_bin = given.provider_bin AND later.since > given.since)) AS ended
    FROM given
)
INSERT INTO attachments (iin, provider_bin, district_number, district_kind, doctor_id, doctor_name, since, ended,
    changed_at)
SELECT placed.*, $9::timestamptz FROM placed ORDER BY iin, provider_bin, since
ON CONFLICT (iin, provider_bin, since) DO UPDATE SET district_number = excluded.district_number,
    district_kind = excluded.district_kind, doctor_id = excluded.doctor_id, doctor_name = excluded.doctor_name,
    ended = excluded.ended, changed_at = excluded.changed_at
WHERE (attachments.district_number, attachments.district_kind, attachments.doctor_id, attachments.doctor_name,
    attachments.ended) IS DISTINCT FROM (excluded.district_number, excluded.district_kind, excluded.doctor_id,
    excluded.doctor_name, excluded.ended)
"""  # noqa: S608 - constants of ours.
_LOOK_UP = """
WITH found AS (
    SELECT provider_bin, district_number, district_kind, doctor_id, doctor_name, since FROM attachments
    WHERE iin = $1 AND since <= $2 AND (ended IS NULL OR ended > $2)
), noted AS (
    INSERT INTO lookups (at, caller, purpose, person, found)
    SELECT $3, $4, $5, $6, (SELECT count(*) FROM found)
)
SELECT * FROM found ORDER BY since, provider_bin
"""


@dataclass(frozen=True, slots=True)
class Held:
    """One attachment as the register holds it; ``since`` is its first local day."""

    provider_bin: str
    district_number: int
    district_kind: str
    doctor_id: str
    doctor_name: str
    since: date


@dataclass(frozen=True, slots=True)
class Imported:
    """An attachment to be written; ``ended`` is the first day on which it no longer holds, None while it does."""

    iin: str
    provider_bin: str
    district_number: int
    district_kind: str
    doctor_id: str
    doctor_name: str
    since: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, why (a clause id), at which person (a keyed hash), and when."""

    caller: str
    purpose: str
    person: bytes
    at: datetime


class Register:
    """The tables ``attachments`` and ``lookups``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, rows: Sequence[Imported], at: datetime) -> int:
        """Write attachments; the same rows again change nothing. Returns how many rows were new or changed.

        Each (iin, provider, since) at most once among the rows.
        """
        columns = [[getattr(row, name) for row in rows] for name in Imported.__slots__]
        async with self._database.transaction() as connection:
            # Two imports at once take turns: each must see where the other's entries begin.
            await connection.execute("LOCK TABLE attachments IN SHARE ROW EXCLUSIVE MODE")
            await connection.execute(_END, *columns, at)
            done = await connection.execute(_ENTER, *columns, at)
        return int(done.rpartition(" ")[2])

    async def look_up(self, iin: str, on: date, looker: Looker) -> list[Held]:
        """Return what holds on a local day, and note who asked and why in the same transaction."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(_LOOK_UP, iin, on, looker.at, looker.caller, looker.purpose, looker.person)
        return [Held(**row) for row in rows]
