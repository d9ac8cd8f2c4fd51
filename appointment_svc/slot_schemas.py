"""Bodies by which free slots are looked for and told."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, Self, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from appointment_svc.search import Outlook, Query
from appointment_svc.timetable import Slot
from shared.forms.appointment import SlotStart
from shared.forms.strict import PlainText, ProviderBin, StrictModel, TwelveDigits
from shared.law.doctors import DoctorKind
from shared.law.hours import ALMATY

LONGEST: Final = timedelta(days=31)


class SlotQuery(StrictModel):
    """What is looked for; for a person (``subject_iin``) their own district's doctor comes first."""

    provider_bin: ProviderBin
    doctor_id: Annotated[str, PlainText(64)] | None = None
    kinds: Annotated[list[DoctorKind], Field(min_length=1, max_length=3)] | None = None
    begins: SlotStart
    ends: SlotStart
    subject_iin: TwelveDigits | None = None

    @model_validator(mode="after")
    def _a_month_at_most(self) -> Self:
        if not timedelta(0) < self.ends - self.begins <= LONGEST:
            raise PydanticCustomError("range_out_of_limits", "The range is empty or longer than 31 days")
        return self

    def as_query(self, own_doctors: tuple[str, ...]) -> Query:
        """Return what to look for."""
        kinds = None if self.kinds is None else tuple(self.kinds)
        return Query(self.provider_bin, self.begins, self.ends, self.doctor_id, kinds, own_doctors)


class SlotDoctor(StrictModel):
    """The doctor of a slot, under the clinic's own id; ``replaced_by`` is who receives instead."""

    id: str
    name: str
    kind: DoctorKind
    replaced_by: str | None


class SlotBody(StrictModel):
    """A free slot; times with Almaty's offset."""

    doctor: SlotDoctor
    room: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, slot: Slot) -> Self:
        """Return the slot as a body."""
        doctor = slot.doctor
        return cls(
            doctor=SlotDoctor(
                id=doctor.id, name=doctor.name, kind=cast("DoctorKind", doctor.kind), replaced_by=slot.replacement
            ),
            room=slot.room,
            starts_at=slot.starts_at.astimezone(ALMATY),
            ends_at=slot.ends_at.astimezone(ALMATY),
        )


class SlotsFound(StrictModel):
    """What is free; where nothing is, why, and the first free time from now on; and when the provider opens."""

    slots: list[SlotBody]
    more: bool
    why_none: Literal["no_schedule_published", "all_taken", "provider_closed", "doctor_away"] | None
    next_free: datetime | None
    opens_at: datetime | None

    @classmethod
    def of(cls, found: Outlook) -> Self:
        """Return what was found as a body."""
        return cls(
            slots=[SlotBody.of(slot) for slot in found.slots],
            more=found.more,
            why_none=found.why_none,
            next_free=found.next_free.astimezone(ALMATY) if found.next_free else None,
            opens_at=found.opens_at,
        )
