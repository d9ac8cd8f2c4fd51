"""Where a person is and was attached, as the attachment service tells it and as the person reads it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.forms.strict import Iin, StrictModel
from shared.law.doctors import DoctorKind
from shared.law.providers import provider_with

Why = Literal["imported", "free_choice", "moved_address", "other_district"]


class AttachmentsOf(StrictModel):
    """A child under eighteen or a ward, by the person registry."""

    iin: Iin = Field(repr=False)


class AttachmentDistrict(BaseModel):
    """A provider's district and the kind of doctor who serves it."""

    model_config = ConfigDict(frozen=True)
    number: int
    kind: DoctorKind


class AttachmentDoctor(BaseModel):
    """The doctor of the district, under the provider's own id."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str


class ToldStay(BaseModel):
    """One attachment as the service tells it."""

    model_config = ConfigDict(frozen=True)
    provider_bin: str
    district: AttachmentDistrict
    doctor: AttachmentDoctor
    since: date
    ended: date | None
    why: Why
    request_number: str | None


class Told(BaseModel):
    """All attachments of a person as the service tells them, the latest first."""

    model_config = ConfigDict(frozen=True)
    attachments: list[ToldStay]


class AttachmentProvider(BaseModel):
    """The organisation, in the decree's own spelling."""

    bin: str
    name: str | None
    address: str | None
    telephones: list[str]


class AttachmentView(BaseModel):
    """One attachment."""

    provider: AttachmentProvider
    district: AttachmentDistrict
    doctor: AttachmentDoctor
    since: date = Field(description="Its first day.")
    until: date | None = Field(description="The first day on which it no longer holds; null while it does.")
    holds: bool = Field(description="Whether it holds today.")
    why: Why = Field(description="`imported` from the clinic, or why it began by a request.")
    request_number: str | None


class AttachmentList(BaseModel):
    """Where a person is and was attached, the latest first."""

    attachments: list[AttachmentView]


def as_seen(told: Told, today: date) -> AttachmentList:
    """Return what the service told as the person reads it on a local day."""
    return AttachmentList(attachments=[_view(stay, today) for stay in told.attachments])


def _view(stay: ToldStay, today: date) -> AttachmentView:
    provider = provider_with(stay.provider_bin)
    return AttachmentView(
        provider=AttachmentProvider(
            bin=stay.provider_bin,
            name=provider.name if provider else None,
            address=provider.address if provider else None,
            telephones=list(provider.telephones) if provider else [],
        ),
        district=stay.district,
        doctor=stay.doctor,
        since=stay.since,
        until=stay.ended,
        holds=stay.since <= today and (stay.ended is None or today < stay.ended),
        why=stay.why,
        request_number=stay.request_number,
    )
