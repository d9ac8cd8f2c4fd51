"""The visits and rounds of a day, as the clinic works with them (HV-8)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from shared.kit.database import Connection, Database
from shared.law.hours import ALMATY

MOST_VISITS: Final = 300
"""In one answer; a day that has more is asked by doctor."""
_VISITS = """
SELECT v.request_id, q.number, q.channel, q.registered_at, q.subject_iin, q.form::text AS form,
    v.starts_at, v.ends_at, v.standing, v.changed_at, v.moved, v.noted_at,
    v.noted_by::text AS noted_by, v.reason, v.version,
    convert_from(d.payload, 'UTF8')::jsonb #>> '{patient,name,kk}' AS name_kk,
    convert_from(d.payload, 'UTF8')::jsonb #>> '{patient,name,ru}' AS name_ru,
    to_jsonb(r.*)::text AS round,
    (SELECT jsonb_agg(jsonb_build_object('request_id', f.request_id, 'number', f.number, 'address', f.form->'address',
            'phone', f.form->'phone', 'complaint', f.form->'complaint') ORDER BY f.number)
        FROM visits s JOIN requests f USING (request_id) WHERE s.same_as = v.request_id)::text AS further
FROM visits v JOIN requests q USING (request_id) JOIN documents d USING (request_id) LEFT JOIN rounds r USING (round_id)
"""
_ORDER = " ORDER BY r.starts_at NULLS LAST, r.doctor_name, r.round_id, v.starts_at, q.number LIMIT $5"
_OF_DAY = f"""{_VISITS}
WHERE q.provider_bin = $1 AND v.starts_at >= $2 AND v.starts_at < $3 AND v.same_as IS NULL
    AND ($4::text IS NULL OR r.doctor_id = $4) {_ORDER}
"""
_ONE = f"{_VISITS} WHERE v.request_id = $1"
_STANDING = f"""{_VISITS}
WHERE v.request_id = coalesce((SELECT same_as FROM visits WHERE request_id = $1), $1)
    AND EXISTS (SELECT FROM requests WHERE request_id = $1 AND applicant_iin = $2)
"""  # noqa: S608 - constants of ours.
_ROUNDS = """
SELECT to_jsonb(r.*)::text AS round,
    (SELECT count(*) FROM visits v WHERE v.round_id = r.round_id AND v.same_as IS NULL AND v.noted_at IS NOT NULL)
    AS done
FROM rounds r WHERE provider_bin = $1 AND day = $2 AND ($3::text IS NULL OR doctor_id = $3)
ORDER BY duty, starts_at, doctor_name, round_id
"""


@dataclass(frozen=True, slots=True)
class Walk:
    """A doctor's round as it is in work: ``given`` calls of ``calls``, ``done`` of them noted; a duty takes any number.

    ``id`` is the clinic's own; times are aware.
    """

    id: str
    doctor_id: str
    doctor_name: str
    doctor_kind: str
    starts_at: datetime
    ends_at: datetime
    duty: bool
    calls: int
    given: int
    done: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A visit in work, with the calls that share it; ``walk`` is None while no round has it (HV-8, HV-13)."""

    request_id: UUID
    number: str
    channel: str
    registered_at: datetime
    patient_iin: str
    patient_name: tuple[str | None, str | None]
    form: Mapping[str, Any]
    starts_at: datetime
    ends_at: datetime
    standing: str | None
    changed_at: datetime | None
    noted_at: datetime | None
    noted_by: Mapping[str, Any] | None
    reason: str | None
    version: int
    moved: bool
    walk: Walk | None
    further: tuple[Mapping[str, Any], ...]


class InWork:
    """The tables ``visits`` and ``rounds``, as a clinic's people and its system read them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def visits_of(self, provider_bin: str, day: date, doctor_id: str | None) -> list[Call]:
        """Return a provider's visits of a local day, by round and doctor; at most one more than MOST_VISITS."""
        begins = datetime.combine(day, time(), ALMATY)
        ends = begins + timedelta(days=1)
        async with self._database.connection() as c:
            rows = await c.fetch(_OF_DAY, provider_bin, begins, ends, doctor_id, MOST_VISITS + 1)
        return [_call(row) for row in rows]

    async def rounds_of(self, provider_bin: str, day: date, doctor_id: str | None) -> list[Walk]:
        """Return a provider's rounds of a local day, the duty last."""
        async with self._database.connection() as c:
            rows = await c.fetch(_ROUNDS, provider_bin, day, doctor_id)
        return [_walk(json.loads(row["round"]), row["done"]) for row in rows]

    async def of_request(self, request_id: UUID, applicant_iin: str) -> Call | None:
        """Return the visit that an applicant's own request was granted, or shares; None where there is none."""
        async with self._database.connection() as c:
            row = await c.fetchrow(_STANDING, request_id, applicant_iin)
        return _call(row) if row else None


async def read_call(connection: Connection, request_id: UUID) -> Call:
    """Return a visit as it is now, inside the caller's transaction, which holds it."""
    return _call(await connection.fetchrow(_ONE, request_id))


def _call(row: Mapping[str, Any]) -> Call:
    walk = json.loads(row["round"]) if row["round"] else None
    same = ("request_id", "number", "channel", "registered_at", "starts_at", "ends_at", "standing", "changed_at",
            "noted_at", "reason", "version", "moved")  # fmt: skip
    return Call(
        **{name: row[name] for name in same},
        patient_iin=row["subject_iin"],
        patient_name=(row["name_kk"], row["name_ru"]),
        form=json.loads(row["form"]),
        noted_by=json.loads(row["noted_by"]) if row["noted_by"] else None,
        walk=_walk(walk) if walk else None,
        further=tuple(json.loads(row["further"])) if row["further"] else (),
    )


def _walk(row: Mapping[str, Any], done: int = 0) -> Walk:
    return Walk(
        id=row["clinic_round_id"],
        doctor_id=row["doctor_id"],
        doctor_name=row["doctor_name"],
        doctor_kind=row["doctor_kind"],
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]),
        duty=row["duty"],
        calls=row["calls"],
        given=row["taken"],
        done=done,
    )
