"""What a clinic's people and its system are told of home visits in work, and what they say of them (HV-8)."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.forms.strict import PlainText, StrictModel

VisitOutcome = Literal["visited", "nobody_home", "not_needed"]
Reason = Annotated[str, PlainText(500)]
RoundId = Annotated[str, PlainText(64)]
MOST_VERSION: Final = 1_000_000


class VisitOutcomeIn(StrictModel):
    """What became of a visit; a correction needs a reason."""

    outcome: VisitOutcome
    reason: Reason | None = None


class VisitMoveIn(StrictModel):
    """To which round of that day the visit is given, by the clinic's own id of the round."""

    round: RoundId
    reason: Reason | None = None


class RoundDoctor(BaseModel):
    """A doctor as the clinic's rounds name them."""

    id: str
    name: str
    kind: str


class RoundView(BaseModel):
    """A doctor's round: `given` calls of `calls`, `done` of them noted; a duty round takes any number."""

    id: str = Field(description="The clinic's own.")
    doctor: RoundDoctor
    starts_at: datetime
    ends_at: datetime
    duty: bool
    calls: int
    given: int
    done: int


class RoundList(BaseModel):
    """The rounds of a day, the duty last."""

    date: date
    rounds: list[RoundView]


class RoundOfVisit(BaseModel):
    """Whose round a visit stands in."""

    id: str
    doctor: RoundDoctor
    starts_at: datetime
    ends_at: datetime
    duty: bool


class PatientName(BaseModel):
    """The name as the person registry writes it; null where a language is missing."""

    kk: str | None
    ru: str | None


class FurtherCall(BaseModel):
    """A later call of the patient that shares the visit (docs/decisions/0014)."""

    request_id: UUID
    number: str
    address: dict[str, Any]
    phone: str
    complaint: str


class NotedBy(BaseModel):
    """Who noted it last: an employee, or the clinic's own system."""

    kind: Literal["employee", "client"]
    id: str
    name: str


class VisitView(BaseModel):
    """One visit: to whom, where, when, what ails them, what became of it; `version` is what `If-Match` names."""

    request_id: UUID
    number: str
    channel: str
    registered_at: datetime
    patient_iin: str = Field(description="Masked but for the last four digits.")
    patient: PatientName
    address: dict[str, Any]
    phone: str
    complaint: str
    starts_at: datetime
    ends_at: datetime
    round: RoundOfVisit | None = Field(description="Null while no round has it: the provider's duty doctor goes.")
    outcome: VisitOutcome | None
    noted_at: datetime | None = Field(description="When an outcome was first noted.")
    changed_at: datetime | None
    noted_by: NotedBy | None
    reason: str | None
    version: int
    further_calls: list[FurtherCall]


class VisitList(BaseModel):
    """The visits of a day, in the order of the rounds; `complete` is false where a doctor must be named to see all."""

    date: date
    visits: list[VisitView]
    complete: bool


class OwnVisitDoctor(BaseModel):
    """Who comes; null where the clinic has entered no round."""

    name: str | None
    kind: str | None


class OwnVisit(BaseModel):
    """A visit as the applicant sees it: who comes when, and what became of it (HV-18.8)."""

    request_id: UUID
    starts_at: datetime
    ends_at: datetime
    doctor: OwnVisitDoctor
    outcome: VisitOutcome | None
    reassigned: bool = Field(description="Another doctor or other hours than the certificate says.")
    changed_at: datetime | None
