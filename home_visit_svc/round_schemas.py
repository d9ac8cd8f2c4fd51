"""Bodies by which clinics enter their rounds."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from home_visit_svc.journal import Round
from shared.forms.strict import PlainText, ProviderBin, StrictModel
from shared.law.hours import ALMATY

MOST_ROUNDS = 900
"""In one body: the gate lets in ten thousand keys."""
_FIRST_DAY, _LAST_DAY = date(2013, 7, 1), date(2100, 1, 1)


def _plausible(day: date) -> date:
    if not _FIRST_DAY <= day < _LAST_DAY:
        raise PydanticCustomError("out_of_range", "The date is out of range")
    return day


LocalTime = Annotated[str, Field(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class DoctorBody(StrictModel):
    """A doctor as the clinic knows them; the id is the one that the register of attached population carries."""

    id: Annotated[str, PlainText(64)]
    name: Annotated[str, PlainText(200)]
    kind: Literal["therapist", "paediatrician", "general_practitioner"]


class RoundBody(StrictModel):
    """One round: who goes from house to house, on which local day, in which hours of Almaty, to how many calls."""

    model_config = ConfigDict(validate_by_name=True)

    id: Annotated[str, PlainText(64)]
    provider_bin: ProviderBin
    doctor: DoctorBody
    date: Annotated[date, AfterValidator(_plausible)]
    begins: LocalTime = Field(alias="from")
    ends: LocalTime = Field(alias="to")
    calls: int = Field(ge=0, le=1_000)
    duty: bool = False

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.begins >= self.ends:
            raise PydanticCustomError("ends_before_it_begins", "A round ends after it begins, on the same day")
        return self

    def as_round(self) -> Round:
        """Return the round with its moments in UTC."""
        return Round(
            provider_bin=self.provider_bin,
            clinic_round_id=self.id,
            doctor_id=self.doctor.id,
            doctor_name=self.doctor.name,
            doctor_kind=self.doctor.kind,
            day=self.date,
            starts_at=_moment(self.date, self.begins),
            ends_at=_moment(self.date, self.ends),
            calls=self.calls,
            duty=self.duty,
        )


class RoundsBody(StrictModel):
    """Rounds to enter; each clinic's id at most once."""

    rounds: Annotated[list[RoundBody], Field(max_length=MOST_ROUNDS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.provider_bin, one.id) for one in self.rounds}) != len(self.rounds):
            raise PydanticCustomError("round_twice", "A round is entered once in one body")
        return self


class RoundConflict(StrictModel):
    """A round that was left as it was: calls are already promised that the new version would not keep."""

    provider_bin: str
    id: str
    code: Literal["calls_already_given"] = "calls_already_given"


class RoundsEntered(StrictModel):
    """How many rounds stand as they were sent, and which could not."""

    entered: int
    conflicts: list[RoundConflict]

    @classmethod
    def of(cls, rounds: Sequence[Round], refused: Sequence[Round]) -> Self:
        """Return the outcome of an entry."""
        conflicts = [RoundConflict(provider_bin=one.provider_bin, id=one.clinic_round_id) for one in refused]
        return cls(entered=len(rounds) - len(conflicts), conflicts=conflicts)


def _moment(day: date, local: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(local), ALMATY).astimezone(UTC)
