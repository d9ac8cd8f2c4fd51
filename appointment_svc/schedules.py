"""The working days that clinics enter, and the slots that follow: entered again as they are, nothing changes."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from appointment_svc import schedule_rows as rows
from appointment_svc.timetable import Doctor, Span, WorkingDay, clashing, slots_of, within_hours
from shared.kit.database import Connection, Database
from shared.law.hours import ProviderHours

Taken = Mapping[int, Sequence[Span]]
"""The spans of a schedule's slots that somebody holds or has booked, by our number of the schedule."""
DRAFTS_KEPT: Final = timedelta(days=1)
"""So long what a draft held stays on record; it goes with the clinic's next entry."""
Code = Literal["provider_closed", "doctor_elsewhere", "appointments_booked"]


@dataclass(frozen=True, slots=True)
class ScheduleConflict:
    """A day that was left as it was, and why; ``taken`` are the booked times that the new version would drop."""

    provider_bin: str
    id: str
    code: Code
    taken: tuple[datetime, ...] = ()


class Schedules:
    """The tables ``doctors``, ``schedules`` and ``slots``, as clinics write them."""

    def __init__(self, database: Database, hours: ProviderHours) -> None:
        self._database, self._hours = database, hours

    async def enter(self, days: Sequence[WorkingDay], now: datetime) -> list[ScheduleConflict]:
        """Write the days, each at most once by the clinic's id; return those that cannot be, left as they were.

        A day is refused when the provider is closed (AP-3), when the doctor would receive twice at a time, or when an
        appointment that is held or booked would have no slot any more: the clinic cancels that one first.
        """
        conflicts = [_refused(day, "provider_closed") for day in days if not within_hours(self._hours, day)]
        by_provider: dict[str, list[WorkingDay]] = defaultdict(list)
        for day in days:
            if within_hours(self._hours, day):
                by_provider[day.provider_bin].append(day)
        for provider_bin, entered in sorted(by_provider.items()):
            async with self._database.transaction() as connection:
                conflicts += await _Entering(connection, provider_bin, now).enter(entered)
        return conflicts

    async def unchanged(self, days: Sequence[WorkingDay]) -> list[str]:
        """Return the clinics' ids of those days that stand exactly so already."""
        same: list[str] = []
        async with self._database.connection() as connection:
            for provider_bin in sorted({day.provider_bin for day in days}):
                theirs = [day for day in days if day.provider_bin == provider_bin]
                ids, span = [day.id for day in theirs], (theirs[0].starts_at, theirs[0].ends_at)
                found = await connection.fetch(rows.STANDING, provider_bin, ids, [], *span)
                known = {row["clinic_schedule_id"]: day_in(provider_bin, row) for row in found}
                same += [day.id for day in theirs if known.get(day.id) == day]
        return same

    async def enter_doctors(self, provider_bin: str, doctors: Sequence[Doctor]) -> list[str]:
        """Write a provider's doctors; return the clinic's ids of those that are new or were changed."""
        columns = ([one.id for one in doctors], [one.name for one in doctors], [one.kind for one in doctors])
        async with self._database.transaction() as connection:
            known = {tuple(row) for row in await connection.fetch(rows.DOCTORS, provider_bin, columns[0])}
            await connection.fetch(rows.UPSERT_DOCTORS, provider_bin, *columns)
        return [one.id for one in doctors if (one.id, one.name, one.kind) not in known]


class _Entering:
    """The entry of one provider's days, in one transaction."""

    def __init__(self, connection: Connection, provider_bin: str, now: datetime) -> None:
        self._connection, self._provider, self._now = connection, provider_bin, now

    async def enter(self, days: Sequence[WorkingDay]) -> list[ScheduleConflict]:
        await self._connection.execute(rows.FORGET, self._provider, self._now - DRAFTS_KEPT)
        keys = await self._doctors(days)
        standing = await self._standing(days, list(keys.values()))
        as_they_are = [day for day, _ in standing.values()]
        changed = [day for day in days if day.id not in standing or standing[day.id][0] != day]
        elsewhere = clashing(changed, as_they_are)
        conflicts = [_refused(day, "doctor_elsewhere") for day in changed if day.id in elsewhere]
        fit = [day for day in changed if day.id not in elsewhere]
        taken = await self._taken([standing[day.id][1] for day in fit if day.id in standing])
        lost = {day.id: _lost(day, *standing[day.id], taken) for day in fit if day.id in standing}
        conflicts += [
            ScheduleConflict(self._provider, name, "appointments_booked", times)
            for name, times in lost.items()
            if times
        ]
        kept = [day for day in fit if not lost.get(day.id)]
        # What was left as it was may now stand in the way of another.
        late = clashing(kept, as_they_are)
        conflicts += [_refused(day, "doctor_elsewhere") for day in kept if day.id in late]
        await self._write([day for day in kept if day.id not in late], keys)
        return conflicts

    async def _doctors(self, days: Sequence[WorkingDay]) -> Mapping[str, int]:
        named = {doctor.id: doctor for day in days for doctor in (day.replacement, day.doctor) if doctor is not None}
        columns = ([d.id for d in named.values()], [d.name for d in named.values()], [d.kind for d in named.values()])
        written = await self._connection.fetch(rows.UPSERT_DOCTORS, self._provider, *columns)
        return {row["clinic_doctor_id"]: row["doctor_key"] for row in written}

    async def _standing(self, days: Sequence[WorkingDay], keys: list[int]) -> dict[str, tuple[WorkingDay, int]]:
        """Return what is entered now under these ids or for these doctors at these times, with our numbers."""
        span = (min(day.starts_at for day in days), max(day.ends_at for day in days))
        found = await self._connection.fetch(rows.STANDING, self._provider, [day.id for day in days], keys, *span)
        return {row["clinic_schedule_id"]: (day_in(self._provider, row), row["schedule_id"]) for row in found}

    async def _taken(self, schedule_ids: list[int]) -> Taken:
        """Lock the slots of days that change; return those with an appointment, so that none comes in meanwhile."""
        await self._connection.execute(rows.LOCK, schedule_ids)
        taken: dict[int, list[Span]] = defaultdict(list)
        for row in await self._connection.fetch(rows.TAKEN, schedule_ids, self._now):
            taken[row["schedule_id"]].append((row["starts_at"], row["ends_at"]))
        await self._connection.execute(rows.RELEASE, schedule_ids, self._now)
        return taken

    async def _write(self, days: Sequence[WorkingDay], keys: Mapping[str, int]) -> None:
        if not days:
            return
        seen = [day.seen_by for day in days]
        written = await self._connection.fetch(
            rows.UPSERT, self._provider, [day.id for day in days], [keys[day.doctor.id] for day in days],
            [keys[who.id] if who else None for who in seen], [day.starts_at for day in days],
            [day.ends_at for day in days], [day.minutes for day in days], [_breaks(day) for day in days],
            [day.room for day in days], self._now,
        )  # fmt: skip
        ids = {row["clinic_schedule_id"]: row["schedule_id"] for row in written}
        slots = [(ids[day.id], keys[day.doctor.id], *span) for day in days for span in slots_of(day)]
        columns = [list(column) for column in zip(*slots, strict=True)] or [[], [], [], []]
        await self._connection.execute(rows.DELETE_SLOTS, list(ids.values()), columns[0], columns[2], columns[3])
        await self._connection.execute(rows.INSERT_SLOTS, *columns)


def day_in(provider_bin: str, row: Mapping[str, Any]) -> WorkingDay:
    """Return a day as it is entered."""
    doctor = Doctor(row["clinic_doctor_id"], row["name"], row["kind"])
    replaced = row["seen_by"] not in {None, row["doctor_key"]}
    replacement = Doctor(row["seen_id"], row["seen_name"], row["seen_kind"]) if replaced else None
    breaks = tuple(
        (datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in json.loads(row["breaks"])
    )
    return WorkingDay(
        provider_bin, row["clinic_schedule_id"], doctor, row["starts_at"], row["ends_at"], row["minutes"], breaks,
        row["room"], leave=row["seen_by"] != row["doctor_key"], replacement=replacement,
    )  # fmt: skip


def _breaks(day: WorkingDay) -> str:
    return json.dumps([[begin.isoformat(), end.isoformat()] for begin, end in day.breaks])


def _lost(day: WorkingDay, known: WorkingDay, schedule_id: int, taken: Taken) -> tuple[datetime, ...]:
    """Return the taken times of a day as it is known that its new version would not have, with the same doctor."""
    spans = set(slots_of(day)) if day.doctor.id == known.doctor.id else set()
    return tuple(span[0] for span in taken.get(schedule_id, ()) if span not in spans)


def _refused(day: WorkingDay, code: Code) -> ScheduleConflict:
    return ScheduleConflict(day.provider_bin, day.id, code)
