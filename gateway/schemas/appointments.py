"""Free times and appointments, as the appointment service tells them and as the citizen reads them (AP-9, AP-18.8)."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.forms.appointment import SlotStart
from shared.forms.strict import Iin, PlainText, ProviderBin, StrictModel
from shared.law.doctors import DoctorKind

WhyNone = Literal["no_schedule_published", "all_taken", "provider_closed", "doctor_away"]
AppointmentState = Literal[
    "booked", "without_time", "moved", "cancelled_by_citizen", "cancelled_by_clinic", "came", "did_not_come", "over"
]
DoctorId = Annotated[str, PlainText(64)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class SlotDoctor(_Told):
    """The doctor, under the clinic's own id; `replaced_by` is who receives instead."""

    id: str
    name: str
    kind: DoctorKind
    replaced_by: str | None


class FreeSlot(_Told):
    """A free time; `doctor.id` and `starts_at` go into the form."""

    doctor: SlotDoctor
    room: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class FreeSlots(_Told):
    """What is free, at most 200 times; where nothing is, why."""

    slots: list[FreeSlot]
    more: bool = Field(description="There is more: ask from the last time on.")
    why_none: WhyNone | None
    next_free: AwareDatetime | None = Field(description="Where nothing is free: the first free time from now on.")
    opens_at: AwareDatetime | None = Field(description="When the provider is open next; now, while it is.")


class SlotsForPerson(StrictModel):
    """Free times for oneself, a child or a ward: their own district's doctor first, a paediatrician for a child."""

    provider_bin: ProviderBin
    iin: Iin = Field(repr=False)
    doctor_id: DoctorId | None = None
    begins: SlotStart
    ends: SlotStart

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.begins >= self.ends:
            raise PydanticCustomError("range_out_of_limits", "The range is empty")
        return self


class AppointmentView(_Told):
    """An appointment as it is now; where it has no time, or the clinic cancelled it, with the nearest free times."""

    request_id: UUID
    number: str
    state: AppointmentState
    starts_at: AwareDatetime | None = Field(description="Null in the state `without_time`.")
    doctor_id: str
    moved_to: UUID | None = Field(description="In the state `moved`: the request that took its place.")
    changed_at: AwareDatetime
    nearest: list[FreeSlot]


class MoveIn(StrictModel):
    """To which time, and to which doctor if not the same."""

    starts_at: SlotStart
    doctor_id: DoctorId | None = None


class CancellationContent(BaseModel):
    """What the applicant signs to cancel; sign the exact bytes that come."""

    purpose: Literal["appointment-cancellation"]
    request_id: UUID
    number: str
    document_token: str
    applicant_iin: str
