"""The day and the window of a visit (HV-8, HV-9): on the day of the request, within the doctor's round."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.law.hours import ALMATY, ProviderHours

DISTRICT_DOCTOR = "district"
DUTY_DOCTOR = "duty"


@dataclass(frozen=True, slots=True)
class Opportunity:
    """When a visit can be: the local day, the earliest moment on it, and when the provider closes (Almaty)."""

    day: date
    earliest: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Doctor:
    """Who comes; ``name`` and ``kind`` (therapist, paediatrician …) are None where the clinic has entered no round."""

    role: str
    name: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A promised visit: ``starts_at`` is before ``ends_at``, both aware; ``round_id`` is our number of the round."""

    round_id: int | None
    doctor: Doctor
    starts_at: datetime
    ends_at: datetime


def opportunity(hours: ProviderHours, *, counts_from: datetime, now: datetime) -> Opportunity:
    """Return when the visit of a request can be.

    That is the day from which the request counts (HV-9). Only where our own systems were down until that day's closing
    time does the visit fall on the next day that the provider is open. Raises ValueError when the request counts from a
    day on which the provider is closed.
    """
    earliest = max(counts_from, now)
    if earliest >= _closing_time(hours, counts_from):
        earliest = hours.counts_from(earliest)
    earliest = earliest.astimezone(ALMATY)
    return Opportunity(earliest.date(), earliest, _closing_time(hours, earliest))


def by_duty_doctor(when: Opportunity) -> Visit:
    """Return the visit where no round can take it: the provider's duty doctor, from now until closing time."""
    return Visit(None, Doctor(DUTY_DOCTOR, None, None), when.earliest, when.closes)


def _closing_time(hours: ProviderHours, at: datetime) -> datetime:
    opening = hours.open_on(at.astimezone(ALMATY).date())
    if opening is None:
        raise ValueError("No visit begins on a day on which the provider is closed.")
    return opening[1]
