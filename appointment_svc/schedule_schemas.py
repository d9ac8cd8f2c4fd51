"""Bodies by which clinics enter their doctors' working days."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from appointment_svc.schedules import ScheduleConflict
from appointment_svc.slot_schemas import Kind
from appointment_svc.timetable import Doctor, Span, WorkingDay
from shared.forms.strict import PlainText, ProviderBin, StrictModel
from shared.law.hours import ALMATY

MOST_DAYS = 600
"""In one body: the gate lets in ten thousand keys."""
_FIRST_DAY, _LAST_DAY = date(2013, 7, 1), date(2100, 1, 1)


def _plausible(day: date) -> date:
    if not _FIRST_DAY <= day < _LAST_DAY:
        raise PydanticCustomError("out_of_range", "The date is out of range")
    return day


LocalTime = Annotated[str, Field(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class ReceivingDoctor(StrictModel):
    """A doctor as the clinic knows them; the id is the one that the register of attached population carries (AP-1)."""

    id: Annotated[str, PlainText(64)]
    name: Annotated[str, PlainText(200)]
    kind: Kind

    def as_doctor(self) -> Doctor:
        """Return the doctor."""
        return Doctor(self.id, self.name, self.kind)


class HoursBody(StrictModel):
    """Local hours of Almaty, from when to when."""

    model_config = ConfigDict(validate_by_name=True)

    begins: LocalTime = Field(alias="from")
    ends: LocalTime = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.begins >= self.ends:
            raise PydanticCustomError("ends_before_it_begins", "It ends after it begins, on the same day")
        return self

    def on(self, day: date) -> Span:
        """Return the hours of a local day as moments in UTC."""
        begins, ends = (datetime.combine(day, time.fromisoformat(one), ALMATY) for one in (self.begins, self.ends))
        return begins.astimezone(UTC), ends.astimezone(UTC)


class ScheduleBody(StrictModel):
    """One day of one doctor, in appointments of ``minutes``; on ``leave`` nobody receives but a ``replacement``."""

    id: Annotated[str, PlainText(64)]
    provider_bin: ProviderBin
    doctor: ReceivingDoctor
    date: Annotated[date, AfterValidator(_plausible)]
    hours: HoursBody
    minutes: int = Field(ge=5, le=240)
    breaks: Annotated[list[HoursBody], Field(max_length=10)] = Field([])
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
