"""What clinics enter of their days: local dates and hours of Almaty, and the doctor who works in them."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.forms.strict import PlainText, StrictModel
from shared.law.doctors import DoctorKind
from shared.law.hours import ALMATY

DECREE_DAY, LAST_DAY = date(2013, 7, 1), date(2100, 1, 1)


def day_from(first: date) -> AfterValidator:
    """Return what takes a date from ``first`` on, and none so far away that reckoning with it fails."""

    def plausible(day: date) -> date:
        if not first <= day < LAST_DAY:
            raise PydanticCustomError("out_of_range", "The date is out of range")
        return day

    return AfterValidator(plausible)


WorkingDate = Annotated[date, day_from(DECREE_DAY)]
LocalTime = Annotated[str, Field(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class LocalHours(StrictModel):
    """Local hours of Almaty, from when to when."""

    model_config = ConfigDict(validate_by_name=True)

    begins: LocalTime = Field(alias="from")
    ends: LocalTime = Field(alias="to")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.begins >= self.ends:
            raise PydanticCustomError("ends_before_it_begins", "It ends after it begins, on the same day")
        return self

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return the hours of a local day as moments in UTC."""
        begins, ends = (datetime.combine(day, time.fromisoformat(one), ALMATY) for one in (self.begins, self.ends))
        return begins.astimezone(UTC), ends.astimezone(UTC)


class ClinicDoctor(StrictModel):
    """A doctor as the clinic knows them; the id is the one that the register of attached population carries (AP-1)."""

    id: Annotated[str, PlainText(64)]
    name: Annotated[str, PlainText(200)]
    kind: DoctorKind
