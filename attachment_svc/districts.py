"""The districts of providers (учаске): number, kind, streets, doctor and norm, as the clinics' systems load them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from attachment_svc.holdings import Seat
from shared.kit.database import Database

Outcome = Literal["new", "changed", "unchanged"]

_KEY = "provider_bin, kind, number"
# Who is attached already is counted when a district is new; from then on the database counts with every change.
_LOAD = f"""
WITH given AS (
    SELECT row.*, ARRAY(SELECT jsonb_array_elements_text(row.listed::jsonb)) AS streets
    FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[])
        AS row(provider_bin, kind, number, doctor_id, doctor_name, listed, norm)
), written AS (
    INSERT INTO districts ({_KEY}, doctor_id, doctor_name, streets, norm, attached, changed_at)
    SELECT {_KEY}, doctor_id, doctor_name, streets, norm, (SELECT count(*) FROM attachments
        WHERE (attachments.provider_bin, district_kind, district_number) = (given.provider_bin, kind, number)
            AND ended IS NULL), $8::timestamptz
    FROM given ORDER BY {_KEY}
    ON CONFLICT ({_KEY}) DO UPDATE SET doctor_id = excluded.doctor_id, doctor_name = excluded.doctor_name,
        streets = excluded.streets, norm = excluded.norm, changed_at = excluded.changed_at
    WHERE (districts.doctor_id, districts.doctor_name, districts.streets, districts.norm)
        IS DISTINCT FROM (excluded.doctor_id, excluded.doctor_name, excluded.streets, excluded.norm)
    RETURNING {_KEY}, attached
)
SELECT given.provider_bin, given.kind, given.number, given.norm,
    coalesce(written.attached, before.attached) AS attached,
    CASE WHEN before.attached IS NULL THEN 'new' WHEN written.attached IS NULL THEN 'unchanged' ELSE 'changed' END
        AS outcome
FROM given LEFT JOIN districts before USING ({_KEY}) LEFT JOIN written USING ({_KEY}) ORDER BY {_KEY}
"""  # noqa: S608 - constants of ours.


@dataclass(frozen=True, slots=True)
class Loaded:
    """A district as a clinic tells of it; without ``streets`` it is the provider's whole area."""

    provider_bin: str
    seat: Seat
    streets: tuple[str, ...]
    norm: int


@dataclass(frozen=True, slots=True)
class DistrictReport:
    """What became of one row; where more are ``attached`` than the ``norm``, nobody new is taken for now."""

    provider_bin: str
    kind: str
    number: int
    norm: int
    attached: int
    outcome: Outcome


class Districts:
    """The table ``districts``, as clinics write it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, districts: Sequence[Loaded], at: datetime) -> list[DistrictReport]:
        """Write districts, each (provider, kind, number) at most once; the same again changes nothing."""
        columns: list[list[object]] = [
            [one.provider_bin for one in districts],
            [one.seat.kind for one in districts],
            [one.seat.number for one in districts],
            [one.seat.doctor_id for one in districts],
            [one.seat.doctor_name for one in districts],
            [json.dumps(one.streets, ensure_ascii=False) for one in districts],
            [one.norm for one in districts],
        ]
        async with self._database.transaction() as connection:
            # Nobody is attached meanwhile, or a new district would miss them in its count.
            await connection.execute("LOCK TABLE attachments IN SHARE ROW EXCLUSIVE MODE")
            rows = await connection.fetch(_LOAD, *columns, at)
        return [DistrictReport(**row) for row in rows]
