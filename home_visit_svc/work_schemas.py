"""Bodies by which the portal asks of visits in work, and acts on them for a clinic; what is told: ``shared/forms``."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from home_visit_svc.in_work import MOST_VISITS, Call, Walk
from shared.forms.local_day import WorkingDate
from shared.forms.strict import PlainText, ProviderBin, StrictModel, TwelveDigits
from shared.forms.visits_in_work import (
    MOST_VERSION,
    FurtherCall,
    NotedBy,
    OwnVisit,
    OwnVisitDoctor,
    PatientName,
    Reason,
    RoundDoctor,
    RoundId,
    RoundList,
    RoundOfVisit,
    RoundView,
    VisitList,
    VisitOutcome,
    VisitView,
)
from shared.law.hours import ALMATY

DoctorId = Annotated[str, PlainText(64)]
OUTCOMES = frozenset({"visited", "nobody_home", "not_needed"})


class DayQuery(StrictModel):
    """Which provider's local day, and which doctor's (the clinic's own id); None: everyone's."""

    provider_bin: ProviderBin
    date: WorkingDate
    doctor_id: DoctorId | None = None


class OwnVisitQuery(StrictModel):
    """The applicant's own request."""

    request_id: UUID
    applicant_iin: TwelveDigits


class ActorBody(StrictModel):
    """Who acts, as the portal knows them: an employee, or the clinic's own system."""

    kind: Literal["employee", "client"]
    id: Annotated[str, PlainText(64)]
    name: Annotated[str, PlainText(300)]


class ActBody(StrictModel):
    """On which visit one acts, in which version one saw it; ``doctor_id`` where only that doctor's own are theirs."""

    provider_bin: ProviderBin
    request_id: UUID
    version: Annotated[int, Field(ge=1, le=MOST_VERSION)]
    doctor_id: DoctorId | None = None
    actor: ActorBody


class OutcomeBody(ActBody):
    """What became of it."""

    outcome: VisitOutcome
    reason: Reason | None = None


class MoveBody(ActBody):
    """To which round of that day it is given."""

    round: RoundId
    reason: Reason | None = None


def visit_list(day: date, calls: list[Call]) -> VisitList:
    """Return a day's visits as a body."""
    return VisitList(
        date=day, visits=[visit_view(one) for one in calls[:MOST_VISITS]], complete=len(calls) <= MOST_VISITS
    )


def round_list(day: date, walks: list[Walk]) -> RoundList:
    """Return a day's rounds as a body."""
    told = [RoundView(**_round(one).model_dump(), calls=one.calls, given=one.given, done=one.done) for one in walks]
    return RoundList(date=day, rounds=told)


def visit_view(call: Call) -> VisitView:
    """Return a visit as a body, with the patient's whole IIN: the portal masks it, and knows whom it shows."""
    own: dict[str, Any] = {name: call.form[name] for name in ("address", "phone", "complaint")}
    return VisitView(
        request_id=call.request_id,
        number=call.number,
        channel=call.channel,
        registered_at=call.registered_at.astimezone(ALMATY),
        patient_iin=call.patient_iin,
        patient=PatientName(kk=call.patient_name[0], ru=call.patient_name[1]),
        **own,
        starts_at=call.starts_at.astimezone(ALMATY),
        ends_at=call.ends_at.astimezone(ALMATY),
        round=_round(call.walk) if call.walk else None,
        outcome=_outcome(call),
        noted_at=call.noted_at.astimezone(ALMATY) if call.noted_at else None,
        changed_at=call.changed_at.astimezone(ALMATY) if call.changed_at else None,
        noted_by=NotedBy(**call.noted_by) if call.noted_by else None,
        reason=call.reason,
        version=call.version,
        further_calls=[FurtherCall(**one) for one in call.further],
    )


def own_visit(request_id: UUID, call: Call) -> OwnVisit:
    """Return a visit as its applicant sees it, under the request that they ask by."""
    doctor = OwnVisitDoctor(
        name=call.walk.doctor_name if call.walk else None, kind=call.walk.doctor_kind if call.walk else None
    )
    return OwnVisit(
        request_id=request_id,
        starts_at=call.starts_at.astimezone(ALMATY),
        ends_at=call.ends_at.astimezone(ALMATY),
        doctor=doctor,
        outcome=_outcome(call),
        reassigned=call.moved,
        changed_at=call.changed_at.astimezone(ALMATY) if call.changed_at else None,
    )


def _outcome(call: Call) -> VisitOutcome | None:
    return None if call.standing == "reassigned" else call.standing  # type: ignore[return-value]  # The table's check.


def _round(walk: Walk) -> RoundOfVisit:
    return RoundOfVisit(
        id=walk.id,
        doctor=RoundDoctor(id=walk.doctor_id, name=walk.doctor_name, kind=walk.doctor_kind),
        starts_at=walk.starts_at.astimezone(ALMATY),
        ends_at=walk.ends_at.astimezone(ALMATY),
        duty=walk.duty,
    )
