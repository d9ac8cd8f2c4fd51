"""Bodies by which an appointment is looked at, cancelled, noted as kept or not."""

from datetime import datetime
from typing import Annotated, Literal, Self, cast
from uuid import UUID

from pydantic import Field

from appointment_svc.slot_schemas import SlotBody
from appointment_svc.standing import SignedCancellation, StandingAppointment
from shared.forms.strict import PlainText, ProviderBin, StrictModel, TwelveDigits
from shared.kit.casework.schemas import Base64Bytes
from shared.law.hours import ALMATY

AppointmentState = Literal[
    "booked", "without_time", "moved", "cancelled_by_citizen", "cancelled_by_clinic", "came", "did_not_come", "over"
]
Number = Annotated[str, Field(pattern=r"^AP-[0-9]{4}-[0-9]{7,12}$")]


class AppointmentQuery(StrictModel):
    """Whose appointment is looked at: that of the applicant's own request."""

    request_id: UUID
    applicant_iin: TwelveDigits


class AppointmentBody(StrictModel):
    """An appointment as it is now; where it has no time, or the clinic cancelled it, with the nearest free times."""

    request_id: UUID
    number: str
    state: AppointmentState
    starts_at: datetime | None
    doctor_id: str
    moved_to: UUID | None
    changed_at: datetime
    nearest: list[SlotBody]

    @classmethod
    def of(cls, standing: StandingAppointment, nearest: list[SlotBody]) -> Self:
        """Return the appointment as a body."""
        return cls(
            request_id=standing.request_id,
            number=standing.number,
            state=cast("AppointmentState", standing.state),
            starts_at=None if standing.state == "without_time" else standing.starts_at.astimezone(ALMATY),
            doctor_id=standing.doctor_id,
            moved_to=standing.moved_to,
            changed_at=standing.changed_at.astimezone(ALMATY),
            nearest=nearest,
        )


class CitizensCancellation(AppointmentQuery):
    """The applicant's signed cancellation, with the evidence of its signature."""

    content: Annotated[Base64Bytes, Field(min_length=1, max_length=8_192)]
    cms: Annotated[Base64Bytes, Field(min_length=1, max_length=65_536)]
    evidence: dict[str, object]

    def as_signed(self) -> SignedCancellation:
        """Return what is kept of it."""
        return SignedCancellation(self.content, self.cms, dict(self.evidence))


class ClinicsCancellation(StrictModel):
    """What a clinic cancels: whole days by its own ids (the doctor is away), single appointments by their numbers."""

    provider_bin: ProviderBin
    schedules: Annotated[list[Annotated[str, PlainText(64)]], Field(max_length=100)] = Field([])
    numbers: Annotated[list[Number], Field(max_length=500)] = Field([])


class CancelledBody(StrictModel):
    """One appointment that the clinic has cancelled."""

    request_id: UUID
    number: str


class CancelledList(StrictModel):
    """The appointments that are cancelled now."""

    cancelled: list[CancelledBody]


class VisitBody(StrictModel):
    """What came of an appointment."""

    provider_bin: ProviderBin
    number: Number
    came: bool
    as_of: datetime | None = Field(None, description="When it changed last as one saw it; else nothing is noted.")


class VisitNoted(StrictModel):
    """It is written down."""

    number: str
    state: Literal["came", "did_not_come"]
