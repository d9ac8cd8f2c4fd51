"""Bodies by which clinics enter their doctors' working days."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from appointment_svc.schedules import ScheduleConflict
from appointment_svc.timetable import Doctor, WorkingDay
from shared.forms.local_day import ClinicDoctor, LocalHours, WorkingDate
from shared.forms.strict import PlainText, ProviderBin, StrictModel
from shared.law.hours import ALMATY

MOST_DAYS = 600
"""In one body: the gate lets in ten thousand keys."""


class ReceivingDoctor(ClinicDoctor):
    """A doctor who receives."""

    def as_doctor(self) -> Doctor:
        """Return the doctor."""
        return Doctor(self.id, self.name, self.kind)


class ScheduleBody(StrictModel):
    """One day of one doctor, in appointments of ``minutes``; on ``leave`` nobody receives but a ``replacement``."""

    id: Annotated[str, PlainText(64)]
    provider_bin: ProviderBin
    doctor: ReceivingDoctor
    date: WorkingDate
    hours: LocalHours
    minutes: int = Field(ge=5, le=240)
    breaks: Annotated[list[LocalHours], Field(max_length=10)] = Field([])
    room: Annotated[str, PlainText(20)]
    leave: bool = False
    replacement: ReceivingDoctor | None = None

    def as_day(self) -> WorkingDay:
        """Return the day with its moments in UTC."""
        begins, ends = self.hours.on(self.date)
        replacement = self.replacement.as_doctor() if self.replacement else None
        return WorkingDay(
            provider_bin=self.provider_bin,
            id=self.id,
            doctor=self.doctor.as_doctor(),
            starts_at=begins,
            ends_at=ends,
            minutes=self.minutes,
            breaks=tuple(pause.on(self.date) for pause in self.breaks),
            room=self.room,
            leave=self.leave or replacement is not None,
            replacement=replacement,
        )


class SchedulesBody(StrictModel):
    """Days to enter; each clinic's id at most once."""

    schedules: Annotated[list[ScheduleBody], Field(max_length=MOST_DAYS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.provider_bin, one.id) for one in self.schedules}) != len(self.schedules):
            raise PydanticCustomError("schedule_twice", "A day is entered once in one body")
        return self


class ConflictBody(StrictModel):
    """A day that was left as it was; ``booked`` are the appointments that the new version would drop."""

    provider_bin: str
    id: str
    code: Literal["provider_closed", "doctor_elsewhere", "appointments_booked"]
    booked: list[datetime]


class SchedulesEntered(StrictModel):
    """How many days stand as they were sent, and which could not."""

    entered: int
    conflicts: list[ConflictBody]

    @classmethod
    def of(cls, days: Sequence[WorkingDay], refused: Sequence[ScheduleConflict]) -> Self:
        """Return the outcome of an entry."""
        conflicts = [
            ConflictBody(
                provider_bin=one.provider_bin,
                id=one.id,
                code=one.code,
                booked=[at.astimezone(ALMATY) for at in one.taken],
            )
            for one in refused
        ]
        return cls(entered=len(days) - len(conflicts), conflicts=conflicts)
