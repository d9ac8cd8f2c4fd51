"""Requests of the desk and the telephone: draft, bytes to sign, the employee's signature, answer. Parse, call."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import desk
from gateway.desk_openings import opened, seen
from gateway.desk_refusals import LookupNotUsable, NotOfferedHere, NotYourDraft
from gateway.desk_views import HERE, desk_view
from gateway.destinations import DESTINATIONS
from gateway.ledger import steps_of
from gateway.looks import Opened
from gateway.lookups import DESK
from gateway.refusals import DraftNotAccepted, DraftNotPossible, UnknownService
from gateway.routes import docs
from gateway.routes.bodies import CMS_TYPES, filled_form, signature_of
from gateway.routes.lookups import json_answer
from gateway.schemas import desk as schemas
from gateway.schemas import desk_examples, examples
from gateway.schemas.requests import SignatureIn, StepList
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.views import step_view
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.idempotency import IdempotencyKeyReused, Kept, keyed_request, once, recall
from shared.kit.openapi_parts import sends, takes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.staff_problems import NotYourRole
from shared.law.channels import Channel

router = APIRouter(prefix=HERE, tags=["desk"])
READ: Final[dict[int | str, dict[str, Any]]] = {**FOR_EMPLOYEES, **docs.NOT_FOUND}
CREATED: Final[dict[int | str, dict[str, Any]]] = {
    **FOR_EMPLOYEES,
    201: sends("Location"),
    **problem_docs(
        NotFound,
        UnknownService,
        DraftNotPossible,
        DraftNotAccepted,
        IdempotencyKeyReused,
        NotOfferedHere,
        LookupNotUsable,
    ),
}
SIGNED: Final[dict[int | str, dict[str, Any]]] = {
    **docs.SIGNED,
    200: {},
    202: {
        "model": schemas.DeskRequestView,
        "description": "Signed and stored; the answer will be there by `answer_by`",
        **sends("Location", "Retry-After"),
    },
    **FOR_EMPLOYEES,
    **problem_docs(NotYourRole, NotYourDraft),
}


@router.post(
    "",
    status_code=201,
    response_model=schemas.DeskRequestView,
    responses=CREATED,
    openapi_extra=body_of(docs.NEW_DESK_REQUEST, desk_examples.REQUEST) | takes("Idempotency-Key"),
)
async def create_desk_request(http: HttpRequest, session: Employed) -> Response:
    """Fill the form for a person who came or phones, and get the exact bytes to sign (process 5)."""
    world, body = world_of(http), await read_body(http, schemas.NewDeskRequest)
    destination = DESTINATIONS.get(body.service)
    if destination is None:
        raise UnknownService(errors=[{"pointer": "/service", "code": "unknown"}])
    own = {"provider_bin": session.employee.organisation_bin}
    fields = destination.form.model_fields
    form = filled_form({**(own if "provider_bin" in fields else {}), **body.form}, destination.form)
    session.require(DESK)
    key = await keyed_request(http, f"employee {session.employee.employee_id}")
    async with world.database.connection() as c:
        known = await recall(c, key)
    if known is not None:
        return _created(known)
    asked = desk.Asked(
        body.service, Channel(body.channel), body.lookup_id, body.subject_lookup_id, form, tuple(body.scans)
    )
    draft, basis, steps = await desk.make_draft(world, session, asked)
    async with world.database.transaction() as c:

        async def store() -> Kept:
            await desk.keep(c, draft, basis, steps)
            view = desk_view(draft, world.now(), session.employee, basis.scans)
            return Kept(201, view.model_dump_json().encode(), f"{HERE}/{draft.id}")

        return _created(await once(c, key, world.now(), store))


@router.get("/{request_id}", response_model=schemas.DeskRequestView, responses=READ)
async def read_desk_request(http: HttpRequest, session: Employed, request_id: UUID) -> Response:
    """Read a request of one's own organisation, with what to say to the person; the person sees who read it."""
    world = world_of(http)
    request = await opened(world, session, request_id, Opened.REQUEST)
    return json_answer(await seen(world, request))


@router.get("/{request_id}/content", response_model=schemas.DeskContent, responses=READ)
async def read_desk_content(http: HttpRequest, session: Employed, request_id: UUID) -> Response:
    """Read the exact bytes to sign, or that were signed."""
    request = await opened(world_of(http), session, request_id, Opened.REQUEST)
    return Response(request.content, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post(
    "/{request_id}/signature",
    response_model=schemas.DeskRequestView,
    responses=SIGNED,
    openapi_extra=body_of(SignatureIn, examples.SIGNATURE, CMS_TYPES[0]),
)
async def sign_desk_request(http: HttpRequest, session: Employed, request_id: UUID) -> Response:
    """Sign with one's own EDS as an employee: 200 with what to say, 202 when the answer follows by its term."""
    world = world_of(http)
    cms = await signature_of(http)
    request = await desk.sign(world, session, request_id, cms)
    if request.state == "answered":
        return json_answer(await seen(world, request))
    return json_answer(await seen(world, request), 202, {"Location": f"{HERE}/{request.id}", "Retry-After": "2"})


@router.get("/{request_id}/steps", response_model=StepList, responses=READ)
async def read_desk_steps(http: HttpRequest, session: Employed, request_id: UUID) -> Response:
    """Read the ledger: every step of the channel's table with its time, its limit, and whether it was met."""
    world = world_of(http)
    session.require(desk.READERS)
    request = await desk.find(world, session, request_id)
    steps = await steps_of(world.database, request.id)
    return json_answer(StepList.model_construct(steps=[step_view(step, request.channel) for step in steps]))


def _created(kept: Kept) -> Response:
    headers = {"Location": kept.location or "", "Cache-Control": "no-store"}
    return Response(kept.body, kept.status, headers, "application/json")
