"""Bodies by which the register is asked and filled."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from attachment_svc.holdings import Stay, Why
from attachment_svc.imports import Imported
from shared.forms.clinic_data import DistrictDoctor
from shared.forms.local_day import day_from
from shared.forms.strict import Bin, StrictModel, TwelveDigits
from shared.kit.registry import Nonce
from shared.law.doctors import DoctorKind

MOST_ROWS = 900
"""In one body: the gate lets in ten thousand keys."""
Day = Annotated[date, day_from(date(1900, 1, 1))]
Purpose = Annotated[str, Field(pattern=r"^(HV|AP|AT|DP)-[0-9]{1,2}(\.[0-9]{1,2}){0,3}$", examples=["HV-12.2"])]


class LookupBody(StrictModel):
    """Whose attachments are asked for, by which clause, with the asker's nonce; ``on`` a day to come, or now."""

    iin: TwelveDigits
    purpose: Purpose
    nonce: Nonce
    on: Day | None = None


class HistoryBody(StrictModel):
    """Whose attachments are to be told, with their history, to the person or who represents them."""

    iin: TwelveDigits
    purpose: Purpose


class DistrictBody(StrictModel):
    """A provider's district and the kind of doctor who serves it."""

    number: int = Field(ge=0, le=9_999)
    kind: DoctorKind


class AttachmentRow(StrictModel):
    """One attachment; ``ended`` is the first day on which it no longer holds."""

    iin: TwelveDigits
    provider_bin: Bin
    district: DistrictBody
    doctor: DistrictDoctor
    since: Day
    ended: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ended is not None and self.ended <= self.since:
            raise PydanticCustomError("ends_before_it_begins", "An attachment lasts a day at least")
        return self

    def as_imported(self) -> Imported:
        """Return the row as the register takes it."""
        return Imported(
            iin=self.iin,
            provider_bin=self.provider_bin,
            district_number=self.district.number,
            district_kind=self.district.kind,
            doctor_id=self.doctor.id,
            doctor_name=self.doctor.name,
            since=self.since,
            ended=self.ended,
        )


class ImportBody(StrictModel):
    """Attachments to write; a person's beginning with a provider at most once."""

    rows: Annotated[list[AttachmentRow], Field(max_length=MOST_ROWS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(row.iin, row.provider_bin, row.since) for row in self.rows}) != len(self.rows):
            raise PydanticCustomError("row_twice", "An attachment stands once in one body")
        return self


class ImportDone(StrictModel):
    """How many rows came, and how many of them were new or changed something."""

    rows: int
    changed: int


class StayBody(StrictModel):
    """One attachment, from its first local day until the day before ``ended``."""

    provider_bin: str
    district: DistrictBody
    doctor: DistrictDoctor
    since: date
    ended: date | None
    why: Why
    request_number: str | None


class History(StrictModel):
    """All attachments of a person, the latest first."""

    attachments: list[StayBody]

    @classmethod
    def of(cls, stays: Sequence[Stay]) -> Self:
        """Return the register's rows as a body."""
        return cls(attachments=[_stay_body(stay) for stay in stays])


def _stay_body(stay: Stay) -> StayBody:
    seat = stay.seat
    told = {
        "provider_bin": stay.provider_bin,
        "district": {"number": seat.number, "kind": seat.kind},
        "doctor": {"id": seat.doctor_id, "name": seat.doctor_name},
        "since": stay.since,
        "ended": stay.ended,
        "why": stay.why,
        "request_number": stay.number,
    }
    return StayBody.model_validate(told)
