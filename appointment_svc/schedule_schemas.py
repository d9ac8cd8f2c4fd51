"""Bodies by which clinics enter their doctors' working days."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from appointment_svc.schedules import ScheduleConflict
from appointment_svc.timetable import Doctor, WorkingDay
from shared.forms.clinic_data import MOST_DAYS, MOST_DOCTORS, DayIn
from shared.forms.local_day import ClinicDoctor
from shared.forms.strict import ProviderBin, StrictModel
from shared.law.hours import ALMATY


class ScheduleBody(DayIn):
    """One day of one doctor of a provider; on ``leave`` nobody receives but a ``replacement``."""

    provider_bin: ProviderBin

    def as_day(self) -> WorkingDay:
        """Return the day with its moments in UTC."""
        begins, ends = self.hours.on(self.date)
        replacement = _doctor(self.replacement) if self.replacement else None
        return WorkingDay(
            provider_bin=self.provider_bin,
            id=self.id,
            doctor=_doctor(self.doctor),
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
    """How many days stand as they were sent, which of these stood so before, and which could not."""

    entered: int
    unchanged: list[str]
    conflicts: list[ConflictBody]

    @classmethod
    def of(cls, days: Sequence[WorkingDay], refused: Sequence[ScheduleConflict], same: Sequence[str]) -> Self:
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
        return cls(entered=len(days) - len(conflicts), unchanged=list(same), conflicts=conflicts)


class DoctorsBody(StrictModel):
    """Doctors of a provider; each clinic's id at most once."""

    provider_bin: ProviderBin
    doctors: Annotated[list[ClinicDoctor], Field(max_length=MOST_DOCTORS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.id for one in self.doctors}) != len(self.doctors):
            raise PydanticCustomError("doctor_twice", "A doctor is entered once in one body")
        return self

    def as_doctors(self) -> list[Doctor]:
        """Return the doctors."""
        return [_doctor(one) for one in self.doctors]


class DoctorsEntered(StrictModel):
    """Which doctors are new or were changed, and which stood so before."""

    entered: list[str]
    unchanged: list[str]


def _doctor(told: ClinicDoctor) -> Doctor:
    return Doctor(told.id, told.name, told.kind)
