"""What clinics say of who is attached to them, taken over in bulk; it never undoes what a request decided later."""

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
UPDATE attachments kept SET ended = next.since, disputed = false, changed_at = $9
FROM (SELECT iin, provider_bin, min(since) AS since FROM given GROUP BY iin, provider_bin) AS next
WHERE (kept.iin, kept.provider_bin) = (next.iin, next.provider_bin)
    AND kept.since < next.since AND (kept.ended IS NULL OR kept.ended > next.since)
"""  # noqa: S608 - constants of ours.
# Of an attachment that a request began, a clinic may say only when it ended.
_END_ASKED = f"""{_GIVEN}
UPDATE attachments kept SET ended = given.ended, changed_at = $9 FROM given
WHERE (kept.iin, kept.provider_bin, kept.since) = (given.iin, given.provider_bin, given.since)
    AND kept.request_id IS NOT NULL AND kept.ended IS NULL AND given.ended IS NOT NULL
"""  # noqa: S608 - constants of ours.
# It ends no later than where the next one with the provider begins, or where a request attached the person elsewhere.
# What stands beside another provider's is disputed (AT-17.1.4).
_ENTER = f"""{_GIVEN}, placed AS (
    SELECT given.iin, given.provider_bin, given.number, given.kind, given.doctor_id, given.doctor_name, given.since,
        least(given.ended, (SELECT min(later.since) FROM attachments later WHERE later.iin = given.iin
            AND (later.provider_bin = given.provider_bin AND later.since > given.since
                OR later.request_id IS NOT NULL AND later.since >= given.since))) AS ended
    FROM given WHERE NOT EXISTS (SELECT FROM attachments asked WHERE (asked.iin, asked.provider_bin, asked.since)
        = (given.iin, given.provider_bin, given.since) AND asked.request_id IS NOT NULL)
), weighed AS (
    SELECT placed.*, ended IS NULL AND (count(*) FILTER (WHERE ended IS NULL) OVER (PARTITION BY iin) > 1 OR EXISTS (
        SELECT FROM attachments other WHERE other.iin = placed.iin AND other.provider_bin <> placed.provider_bin
            AND other.ended IS NULL)) AS disputed
    FROM placed
)
INSERT INTO attachments (iin, provider_bin, district_number, district_kind, doctor_id, doctor_name, since, ended,
    disputed, changed_at)
SELECT weighed.*, $9::timestamptz FROM weighed ORDER BY iin, provider_bin, since
ON CONFLICT (iin, provider_bin, since, request_id) DO UPDATE SET district_number = excluded.district_number,
    district_kind = excluded.district_kind, doctor_id = excluded.doctor_id, doctor_name = excluded.doctor_name,
    ended = excluded.ended, disputed = excluded.disputed, changed_at = excluded.changed_at
WHERE (attachments.district_number, attachments.district_kind, attachments.doctor_id, attachments.doctor_name,
    attachments.ended) IS DISTINCT FROM (excluded.district_number, excluded.district_kind, excluded.doctor_id,
    excluded.doctor_name, excluded.ended)
"""  # noqa: S608 - constants of ours.
_SETTLE = """
UPDATE attachments kept SET disputed = false, changed_at = $2 WHERE disputed AND iin = ANY($1::text[])
    AND NOT EXISTS (SELECT FROM attachments other WHERE other.iin = kept.iin AND other.ended IS NULL
        AND other.attachment_id <> kept.attachment_id)
"""


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


class Imports:
    """The table ``attachments``, as clinics fill it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, rows: Sequence[Imported], at: datetime) -> int:
        """Write attachments; the same rows again change nothing. Returns how many rows were new or changed.

        Each (iin, provider, since) at most once among the rows. A provider's norm is no bound here: what clinics
        have is what there is.
        """
        columns = [[getattr(row, name) for row in rows] for name in Imported.__slots__]
        async with self._database.transaction() as connection:
            # Two imports at once take turns, and requests wait: each must see where the other's entries begin.
            await connection.execute("LOCK TABLE attachments IN SHARE ROW EXCLUSIVE MODE")
            await connection.execute(_END, *columns, at)
            ended = await connection.execute(_END_ASKED, *columns, at)
            done = await connection.execute(_ENTER, *columns, at)
            await connection.execute(_SETTLE, columns[0], at)
        return sum(int(said.rpartition(" ")[2]) for said in (ended, done))
