"""Bodies by which clinics load their districts."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from attachment_svc.districts import DistrictReport, Loaded
from attachment_svc.holdings import Seat
from attachment_svc.regulation import NORMS
from shared.forms.clinic_data import MOST_DISTRICTS, DistrictIn
from shared.forms.strict import ProviderBin, StrictModel
from shared.law.doctors import DoctorKind


class DistrictRow(DistrictIn):
    """One district of a provider; without streets it is the provider's whole area."""

    provider_bin: ProviderBin

    def as_loaded(self) -> Loaded:
        """Return the district as the register takes it."""
        seat = Seat(self.number, self.kind, self.doctor.id, self.doctor.name)
        norm = NORMS[self.kind] if self.norm is None else self.norm
        return Loaded(self.provider_bin, seat, tuple(self.streets), norm)


class DistrictsBody(StrictModel):
    """Districts to load; each at most once by provider, kind and number."""

    districts: Annotated[list[DistrictRow], Field(max_length=MOST_DISTRICTS)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.provider_bin, one.kind, one.number) for one in self.districts}) != len(self.districts):
            raise PydanticCustomError("district_twice", "A district stands once in one body")
        return self


class DistrictReportBody(StrictModel):
    """What became of one district; ``above_norm``: nobody new is taken until fewer are attached."""

    provider_bin: str
    kind: DoctorKind
    number: int
    outcome: Literal["new", "changed", "unchanged"]
    norm: int
    attached: int
    above_norm: bool


class DistrictsLoaded(StrictModel):
    """A report for each row that came."""

    districts: list[DistrictReportBody]

    @classmethod
    def of(cls, reports: Sequence[DistrictReport]) -> Self:
        """Return the reports as a body."""
        told = [
            {
                "provider_bin": one.provider_bin,
                "kind": one.kind,
                "number": one.number,
                "outcome": one.outcome,
                "norm": one.norm,
                "attached": one.attached,
                "above_norm": one.attached > one.norm,
            }
            for one in reports
        ]
        return cls.model_validate({"districts": told})
