"""Lookups of the desk and the telephone, answers of a caller, scans. Parse, call, return."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import desk_refusals, desk_scans, lookups
from gateway.conditions import RegistryUnavailable
from gateway.desk_views import lookup_view, scan_view
from gateway.lookups import LookedUp, ToLookUp
from gateway.schemas import desk_examples as examples
from gateway.schemas.desk import AnswersIn, LookupIn, LookupView, ScanView
from gateway.staff import FOR_EMPLOYEES, Employed, StaffSession
from gateway.world import World, world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.scan_bodies import SCAN_REFUSED, read_scan
from shared.kit.staff_problems import NotYourRole
from shared.kit.uploads import SCAN_BODY
from shared.law.channels import Channel
from shared.law.hours import ALMATY

router = APIRouter(prefix="/v1/staff", tags=["desk"])
LOOKING: Final[dict[int | str, dict[str, Any]]] = {
    **FOR_EMPLOYEES,
    **problem_docs(
        NotYourRole,
        NotFound,
        RegistryUnavailable,
        desk_refusals.IdentifyInPerson,
        desk_refusals.LookupNotUsable,
        desk_refusals.NoDataInRegistry,
        desk_refusals.NotOfferedHere,
    ),
}
ANSWERING: Final[dict[int | str, dict[str, Any]]] = {
    **FOR_EMPLOYEES,
    **problem_docs(
        NotYourRole,
        NotFound,
        desk_refusals.AnswersDoNotMatch,
        desk_refusals.IdentifyInPerson,
        desk_refusals.LookupNotUsable,
    ),
}


@router.post(
    "/lookups",
    status_code=201,
    response_model=LookupView,
    responses=LOOKING,
    openapi_extra=body_of(LookupIn, examples.LOOKUP),
)
async def look_up_person(http: HttpRequest, session: Employed) -> Response:
    """Ask the person registry about who came or phones (process 3); 422 where it has no such person (process 4).

    In person it shows what is compared with the identity document; by telephone two questions and nothing else. Each
    lookup is recorded, and the person sees it.
    """
    world, body = world_of(http), await read_body(http, LookupIn)
    asked = ToLookUp(body.iin, body.service, Channel(body.channel), body.applicant_lookup_id)
    return _told(world, session, await lookups.look_up(world, session, asked), 201)


@router.post(
    "/lookups/{lookup_id}/answers",
    response_model=LookupView,
    responses=ANSWERING,
    openapi_extra=body_of(AnswersIn, examples.ANSWERS),
)
async def answer_lookup(http: HttpRequest, session: Employed, lookup_id: UUID) -> Response:
    """Enter what the caller answered; three tries, and it is never told which answer was wrong."""
    world, body = world_of(http), await read_body(http, AnswersIn)
    answers = body.answers.model_dump(exclude_none=True)
    return _told(world, session, await lookups.answer(world, session, lookup_id, answers))


@router.post(
    "/scans",
    status_code=201,
    response_model=ScanView,
    responses={**FOR_EMPLOYEES, **SCAN_REFUSED},
    openapi_extra=SCAN_BODY,
)
async def keep_scan(http: HttpRequest, session: Employed) -> Response:
    """Keep a scan for a request to come: PDF, JPEG or PNG by its content, at most 5 MiB, encrypted."""
    session.require(lookups.DESK)
    return json_answer(scan_view(await desk_scans.keep(world_of(http), session, await read_scan(http))), 201)


def _told(world: World, session: StaffSession, found: LookedUp, status: int = 200) -> Response:
    today = world.now().astimezone(ALMATY).date()
    return json_answer(lookup_view(found, session.employee.organisation_bin, today), status)


def json_answer(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return an answer that nobody keeps: it is about a person."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(body.model_dump_json(), status, kept, "application/json")
