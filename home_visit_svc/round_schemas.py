"""Bodies by which clinics enter their rounds."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from home_visit_svc.journal import Round
from shared.forms.clinic_data import MOST_ROUNDS, RoundIn
from shared.forms.strict import ProviderBin, StrictModel


class RoundBody(RoundIn):
    """One round of a provider: who goes where, on which local day, in which hours of Almaty, to how many calls."""

    provider_bin: ProviderBin

    def as_round(self) -> Round:
        """Return the round with its moments in UTC."""
        begins, ends = self.on(self.date)
        return Round(
            provider_bin=self.provider_bin,
            clinic_round_id=self.id,
            doctor_id=self.doctor.id,
            doctor_name=self.doctor.name,
            doctor_kind=self.doctor.kind,
            day=self.date,
            starts_at=begins,
            ends_at=ends,
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
    """How many rounds stand as they were sent, which of these stood so before, and which could not."""

    entered: int
    unchanged: list[str]
    conflicts: list[RoundConflict]

    @classmethod
    def of(cls, rounds: Sequence[Round], refused: Sequence[Round], same: Sequence[str]) -> Self:
        """Return the outcome of an entry."""
        conflicts = [RoundConflict(provider_bin=one.provider_bin, id=one.clinic_round_id) for one in refused]
        return cls(entered=len(rounds) - len(conflicts), unchanged=list(same), conflicts=conflicts)
