"""A doctor's day and the slots that follow from it (AP-1, AP-9): plain values, no database."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.law.hours import ALMATY, ProviderHours

Span = tuple[datetime, datetime]
"""From when to when, both aware; the end is outside."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """A doctor under the clinic's own id; ``kind``: therapist, paediatrician or general_practitioner (AP-1)."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """What a clinic enters under its own id: when a doctor receives, for how many minutes each, in which room.

    On ``leave`` the doctor does not receive; a ``replacement`` receives the same patients in the same slots instead.
    """

    provider_bin: str
    id: str
    doctor: Doctor
    starts_at: datetime
    ends_at: datetime
    minutes: int
    breaks: tuple[Span, ...]
    room: str
    leave: bool = False
    replacement: Doctor | None = None

    @property
    def seen_by(self) -> Doctor | None:
        """Who receives the patients; None when nobody does."""
        return self.replacement or (None if self.leave else self.doctor)


@dataclass(frozen=True, slots=True)
class Slot:
    """One free or taken appointment: with which doctor, by whom replaced (the name), where and when (aware)."""

    slot_id: int
    provider_bin: str
    doctor: Doctor
    replacement: str | None
    room: str
    starts_at: datetime
    ends_at: datetime


def slots_of(day: WorkingDay) -> Iterator[Span]:
    """Yield the appointments of a day: one after the other, none that reaches into a break or past the end."""
    length = timedelta(minutes=day.minutes)
    starts = day.starts_at if day.seen_by is not None else day.ends_at
    while starts + length <= day.ends_at:
        ends = starts + length
        hindered = [pause for pause in day.breaks if pause[0] < ends and starts < pause[1]]
        if hindered:
            starts = max(pause[1] for pause in hindered)
            continue
        yield starts, ends
        starts = ends


def within_hours(hours: ProviderHours, day: WorkingDay) -> bool:
    """Say whether the provider is open for the whole of the day's work (AP-3)."""
    opening = hours.open_on(day.starts_at.astimezone(ALMATY).date())
    return opening is not None and opening[0] <= day.starts_at and day.ends_at <= opening[1]


def clash(one: WorkingDay, other: WorkingDay) -> bool:
    """Say whether two days cannot both be: the same doctor would receive twice at a time, or be entered twice."""
    if not (one.starts_at < other.ends_at and other.starts_at < one.ends_at):
        return False
    people = [{day.doctor.id} | ({day.seen_by.id} if day.seen_by else set()) for day in (one, other)]
    return one.provider_bin == other.provider_bin and bool(people[0] & people[1])


def clashing(entered: Sequence[WorkingDay], standing: Sequence[WorkingDay]) -> set[str]:
    """Return the ids of entered days that cannot stand beside the others; what is left out keeps its old version.

    All of one provider. ``standing`` are the days as they are now, those that are entered anew among them.
    """
    refused: set[str] = set()
    while True:
        accepted = {day.id: day for day in entered if day.id not in refused}
        on_date: dict[date, list[WorkingDay]] = defaultdict(list)
        for day in ({day.id: day for day in standing} | accepted).values():
            on_date[_date(day)].append(day)
        more = {
            day.id
            for day in accepted.values()
            if any(other.id != day.id and clash(day, other) for other in on_date[_date(day)])
        }
        if not more:
            return refused
        refused |= more


def _date(day: WorkingDay) -> date:
    return day.starts_at.astimezone(ALMATY).date()
