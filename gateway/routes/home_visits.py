"""Home visits in work: the visits and rounds of a day, outcomes, another doctor, one's own. Parse, call, return."""

from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Header, Query, Security
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gateway import home_visits, journal
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.identity import SignedIn
from gateway.routes import docs
from gateway.schemas import examples
from gateway.visits_page import day_page
from gateway.world import world_of
from shared.forms.local_day import WorkingDate
from shared.forms.strict import PlainText
from shared.forms.visits_in_work import OwnVisit, RoundList, VisitList, VisitMoveIn, VisitOutcomeIn, VisitView
from shared.kit.bodies import body_of, read_body
from shared.kit.casework.registration import known_provider
from shared.kit.language import language_of
from shared.kit.openapi_parts import sends
from shared.kit.pages import page_answer
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, PreconditionFailed, PreconditionRequired, Unprocessable
from shared.law.scopes import Scope
from shared.law.text import Language

router = APIRouter(tags=["home visits"])
_VISITS: Final = "/v1/staff/home-visits"
_AWAY: Final = problem_docs(home_visits.HomeVisitsUnavailable)
_READ: Final = FOR_ACTING | _AWAY | problem_docs(home_visits.DoctorNotNamed, Unprocessable)
_CHANGE: Final = {
    200: sends("ETag"),
    **FOR_ACTING,
    **_AWAY,
    **problem_docs(NotFound, PreconditionFailed, PreconditionRequired, Unprocessable),
    **problem_docs(home_visits.HomeVisitNotPossible, home_visits.DoctorNotNamed),
}
Working = Annotated[Acting, Security(acting, scopes=[Scope.HOME_VISITS_WRITE])]
Day = Annotated[WorkingDate, Query(description="A local day of Almaty.")]
Doctor = Annotated[Annotated[str, PlainText(64)] | None, Query(description="The clinic's own id of a doctor.")]
Lang = Annotated[Language | None, Query(description="Instead of that of `Accept-Language`.")]
IfMatch = Annotated[str | None, Header(max_length=200)]


@router.get(_VISITS, response_model=VisitList, responses=_READ)
async def list_visits_in_work(http: Request, who: Working, date: Day, doctor: Doctor = None) -> Response:
    """List the visits of a day in the order of the rounds; a doctor gets their own (HV-8). It is recorded as a look."""
    return _json(await home_visits.visits_of(world_of(http), who, date, doctor))


@router.get(f"{_VISITS}/page", response_class=HTMLResponse, responses=_READ)
async def print_visits(http: Request, who: Working, date: Day, doctor: Doctor = None, lang: Lang = None) -> Response:
    """Print the visits of a day: one A4 sheet a doctor's round, in the language that is asked for."""
    told = await home_visits.visits_of(world_of(http), who, date, doctor)
    clinic, language = known_provider(who.organisation_bin).name, lang or language_of(http)
    kept = [(name, value) for name, value in http.query_params.multi_items() if name != "lang"]
    return page_answer(day_page(told, clinic, language, f"{http.url.path}?{urlencode(kept)}"), language)


@router.get("/v1/staff/rounds", response_model=RoundList, responses=_READ)
async def list_rounds(http: Request, who: Working, date: Day, doctor: Doctor = None) -> Response:
    """List the rounds of a day, with the calls given to each and how many are noted; a doctor gets their own."""
    return _json(await home_visits.rounds_of(world_of(http), who, date, doctor))


@router.put(
    f"{_VISITS}/{{request_id}}/outcome",
    response_model=VisitView,
    responses=_CHANGE,
    openapi_extra=body_of(VisitOutcomeIn, examples.VISIT_OUTCOME),
)
async def note_visit_outcome(http: Request, who: Working, request_id: UUID, if_match: IfMatch = None) -> Response:
    """Note that the doctor was there, found nobody, or is not needed; corrected with a reason while the day lasts."""
    own, version = home_visits.own_doctor(who), home_visits.version_of(if_match)
    said = await read_body(http, VisitOutcomeIn)
    acted = said.model_dump(exclude_none=True) | ({"doctor_id": own} if own else {})
    return _visit(await home_visits.act(world_of(http), who, (request_id, version), "outcome", acted))


@router.post(
    f"{_VISITS}/{{request_id}}/move",
    response_model=VisitView,
    responses=_CHANGE,
    openapi_extra=body_of(VisitMoveIn, examples.VISIT_MOVE),
)
async def move_visit(http: Request, who: Working, request_id: UUID, if_match: IfMatch = None) -> Response:
    """Give a call to another doctor's round of that day, which has a place for it; for the desk and the head."""
    who.require(home_visits.OVERSEERS)
    version, said = home_visits.version_of(if_match), await read_body(http, VisitMoveIn)
    acted = said.model_dump(exclude_none=True)
    return _visit(await home_visits.act(world_of(http), who, (request_id, version), "move", acted))


@router.get("/v1/requests/{request_id}/visit", response_model=OwnVisit, responses=docs.OWN | _AWAY)
async def read_own_visit(http: Request, session: SignedIn, request_id: UUID) -> Response:
    """Read who comes to you and when, and what became of the visit: as it is now (HV-18.8)."""
    world = world_of(http)
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None or request.service != home_visits.CODE or request.outcome != "granted":
        raise NotFound
    return _json(await home_visits.own_visit(world, request.id, request.applicant_iin))


def _visit(told: VisitView) -> Response:
    return _json(told, {"ETag": f'"{told.version}"'})


def _json(body: BaseModel, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store", **(headers or {})}, "application/json")
