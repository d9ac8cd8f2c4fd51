"""Looking for a free time (AP-9): what is free, and where nothing is, why, and when there is something again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from appointment_svc.journal import FREE, SLOT, slots_in
from appointment_svc.timetable import Slot
from shared.kit.database import Connection, Database
from shared.law.hours import ALMATY, LONGEST_CLOSURE_DAYS, ProviderHours

WhyNone = Literal["no_schedule_published", "all_taken", "provider_closed", "doctor_away"]
AT_ONCE: Final = 200
"""The most slots in one answer."""
NEAREST: Final = 3
"""As many times are told to somebody whose choice is taken."""
_WHERE = """d.provider_bin = $1 AND ($2::text IS NULL OR d.clinic_doctor_id = $2)
    AND ($3::text[] IS NULL OR d.kind = ANY($3))"""
_SEARCH = f"""
{SLOT} WHERE {_WHERE} AND s.starts_at >= $4 AND s.starts_at < $5 AND {FREE.format(now="$6")} AND s.starts_at > $6
ORDER BY d.clinic_doctor_id <> ALL($7::text[]), s.starts_at, d.clinic_doctor_id LIMIT {AT_ONCE + 1}
"""
_NEXT = f"""
SELECT min(s.starts_at) FROM slots s JOIN doctors d USING (doctor_key)
WHERE {_WHERE} AND s.starts_at >= $4 AND {FREE.format(now="$4")}
"""  # noqa: S608 - constants of ours.
_PUBLISHED = f"""
SELECT count(*) AS days, count(c.seen_by) AS worked
FROM schedules c JOIN doctors d USING (doctor_key) WHERE {_WHERE} AND c.starts_at < $5 AND c.ends_at > $4
"""  # noqa: S608 - constants of ours.
_NEAREST = f"""
{SLOT} WHERE d.provider_bin = $1 AND s.starts_at > $2 AND (d.clinic_doctor_id = $3
    OR d.kind = (SELECT kind FROM doctors WHERE provider_bin = $1 AND clinic_doctor_id = $3))
    AND {FREE.format(now="$2")}
ORDER BY d.clinic_doctor_id <> $3, abs(extract(epoch FROM s.starts_at - $4::timestamptz)), s.slot_id LIMIT $5
"""  # noqa: S608 - constants of ours.


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: at which provider, with which doctor or kinds of doctor, from when until when (aware).

    The slots of ``own_doctors`` come first: those of the person's district.
    """

    provider_bin: str
    begins: datetime
    ends: datetime
    doctor_id: str | None = None
    kinds: tuple[str, ...] | None = None
    own_doctors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What was found; where nothing is free, why. ``next_free`` is the first free time from now on, of those asked."""

    slots: list[Slot]
    more: bool
    why_none: WhyNone | None
    next_free: datetime | None
    opens_at: datetime | None


class Slots:
    """Free slots, as anybody may look for them: nothing of who has the others."""

    def __init__(self, database: Database, hours: ProviderHours) -> None:
        self._database, self._hours = database, hours

    async def search(self, query: Query, now: datetime) -> Outlook:
        """Return the free slots, the person's own doctor first, then by time."""
        async with self._database.connection() as connection:
            kinds = None if query.kinds is None else list(query.kinds)
            where = (query.provider_bin, query.doctor_id, kinds)
            rows = await connection.fetch(_SEARCH, *where, query.begins, query.ends, now, list(query.own_doctors))
            opens_at = next_opening(self._hours, now)
            if rows:
                return Outlook(slots_in(rows[:AT_ONCE]), len(rows) > AT_ONCE, None, None, opens_at)
            why = await self._why(connection, query, where, max(query.begins, now))
            return Outlook([], False, why, await connection.fetchval(_NEXT, *where, now), opens_at)

    async def nearest(self, provider_bin: str, doctor_id: str, to: datetime, now: datetime) -> list[Slot]:
        """Return the free slots nearest in time: the doctor's, else those of the same kind at the provider."""
        async with self._database.connection() as connection:
            return slots_in(await connection.fetch(_NEAREST, provider_bin, now, doctor_id, to, NEAREST))

    async def _why(
        self, connection: Connection, query: Query, where: tuple[str, str | None, list[str] | None], begins: datetime
    ) -> WhyNone:
        """Say why there is nothing from ``begins`` on: what has passed is no reason."""
        published = await connection.fetchrow(_PUBLISHED, *where, begins, query.ends)
        if published["worked"]:
            return "all_taken"
        if published["days"]:
            return "doctor_away"
        opening = next_opening(self._hours, begins)
        return "provider_closed" if opening is None or opening >= query.ends else "no_schedule_published"


def next_opening(hours: ProviderHours, at: datetime) -> datetime | None:
    """Return when the provider is open next: the moment itself while it is open (AP-3); None if not for a month."""
    day = at.astimezone(ALMATY).date()
    for after in range(LONGEST_CLOSURE_DAYS + 1):
        opening = hours.open_on(day + timedelta(days=after))
        if opening is not None and at < opening[1]:
            return max(at, opening[0]).astimezone(ALMATY)
    return None
