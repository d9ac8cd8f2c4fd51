"""What clinics enter under their own ids: doctors, districts, doctors' days, rounds; the services add whose they are.

A caller from outside never says whose: it is the provider of whoever asks.
"""

from typing import Annotated, Final

from pydantic import Field

from shared.forms.local_day import ClinicDoctor, LocalHours, WorkingDate
from shared.forms.strict import PlainText, StrictModel
from shared.law.doctors import DoctorKind

MOST_DAYS: Final = 600
"""In one body: the gate lets in ten thousand keys."""
MOST_ROUNDS: Final = 900
MOST_DISTRICTS: Final = 500
MOST_DOCTORS: Final = 500
MOST_STREETS: Final = 400
ClinicsId = Annotated[str, PlainText(64)]
"""The clinic's own id of what it enters."""


class DistrictDoctor(StrictModel):
    """The doctor of the district, under the provider's own id."""

    id: ClinicsId
    name: Annotated[str, PlainText(200)]


class DistrictIn(StrictModel):
    """One district; without streets it is the provider's whole area, without a norm our default of its kind holds."""

    number: int = Field(ge=0, le=9_999)
    kind: DoctorKind
    doctor: DistrictDoctor
    streets: list[Annotated[str, PlainText(120)]] = Field(default=[], max_length=MOST_STREETS)
    norm: Annotated[int, Field(ge=0, le=100_000)] | None = Field(
        None,
        description="Most people attached to its doctor (AT-17.1.3). Where the provider tells none, our own default of "
        "its kind holds, which no act prescribes: it is to be set by the provider.",
    )


class DayIn(StrictModel):
    """One day of one doctor, in appointments of ``minutes``; on ``leave`` nobody receives but a ``replacement``."""

    id: ClinicsId
    doctor: ClinicDoctor
    date: WorkingDate
    hours: LocalHours
    minutes: int = Field(ge=5, le=240)
    breaks: Annotated[list[LocalHours], Field(max_length=10)] = Field([])
    room: Annotated[str, PlainText(20)]
    leave: bool = False
    replacement: ClinicDoctor | None = None


class RoundIn(LocalHours):
    """One round: who goes from house to house, on which local day, in which hours of Almaty, to how many calls."""

    id: ClinicsId
    doctor: ClinicDoctor
    date: WorkingDate
    calls: int = Field(ge=0, le=1_000)
    duty: bool = False
