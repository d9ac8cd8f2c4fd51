"""Bodies by which a clinic enters its data in bulk and acts on its appointments."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from gateway.clinic_data import REFUSALS, RowReport
from gateway.schemas.appointments import AppointmentState
from gateway.schemas.requests import Words
from gateway.views import words
from shared.forms.clinic_data import (
    MOST_DAYS,
    MOST_DISTRICTS,
    MOST_DOCTORS,
    MOST_ROUNDS,
    ClinicsId,
    DayIn,
    DistrictIn,
    RoundIn,
)
from shared.forms.local_day import ClinicDoctor
from shared.forms.strict import StrictModel

AppointmentNumber = Annotated[str, Field(pattern=r"^AP-[0-9]{4}-[0-9]{7,10}$", examples=["AP-2026-0000001"])]


def _once(ids: Sequence[object]) -> None:
    if len(set(ids)) != len(ids):
        raise PydanticCustomError("row_twice", "A row stands once in one body")


class DistrictsIn(StrictModel):
    """Districts to enter, each once by kind and number."""

    districts: Annotated[list[DistrictIn], Field(min_length=1, max_length=MOST_DISTRICTS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([(one.kind, one.number) for one in self.districts])
        return self


class DoctorsIn(StrictModel):
    """Doctors to enter, each once by the clinic's id."""

    doctors: Annotated[list[ClinicDoctor], Field(min_length=1, max_length=MOST_DOCTORS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([one.id for one in self.doctors])
        return self


class SchedulesIn(StrictModel):
    """Doctors' days to enter, each once by the clinic's id."""

    schedules: Annotated[list[DayIn], Field(min_length=1, max_length=MOST_DAYS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([one.id for one in self.schedules])
        return self


class RoundsIn(StrictModel):
    """Rounds to enter, each once by the clinic's id."""

    rounds: Annotated[list[RoundIn], Field(min_length=1, max_length=MOST_ROUNDS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once([one.id for one in self.rounds])
        return self


class RowView(BaseModel):
    """What became of one row."""

    id: str = Field(description="The clinic's id; of a district its kind and number, as `therapist-7`.")
    outcome: Literal["entered", "unchanged", "refused"]
    code: str | None = Field(description="Why it was left as it was; null unless refused.")
    words: Words | None = Field(description="The same for people.")
    booked: list[AwareDatetime] = Field(description="The appointments that are in the way.")


class RowsEntered(BaseModel):
    """A report for each row that came, in their order."""

    rows: list[RowView]

    @classmethod
    def of(cls, reports: Sequence[RowReport]) -> Self:
        """Return the reports with their words."""
        return cls(
            rows=[
                RowView(
                    id=one.id,
                    outcome=one.outcome,
                    code=one.code,
                    words=words(REFUSALS[one.code]) if one.code is not None and one.code in REFUSALS else None,
                    booked=list(one.booked),
                )
                for one in reports
            ]
        )


class ClinicAppointment(BaseModel):
    """One of the clinic's appointments as it is now, without the person."""

    number: str
    state: AppointmentState
    starts_at: AwareDatetime | None
    doctor_id: str
    changed_at: AwareDatetime


class OutcomeIn(StrictModel):
    """Whether the patient came."""

    came: bool


class CancellationsIn(StrictModel):
    """What is cancelled: whole days by the clinic's ids (the doctor is away), single appointments by number."""

    schedules: Annotated[list[ClinicsId], Field(max_length=100)] = Field([])
    numbers: Annotated[list[AppointmentNumber], Field(max_length=500)] = Field([])


class CancelledAppointments(BaseModel):
    """The numbers of the appointments that are cancelled by this call."""

    cancelled: list[str]


class MovedAppointment(BaseModel):
    """The request that took the place of the one that was moved; `number` once it is registered."""

    number: str | None
    moved_from: str
    status: str
