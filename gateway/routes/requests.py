"""Requests: draft, bytes to sign, signature, status, ledger. Parse, call, return."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from gateway import journal, own_requests, process
from gateway.destinations import DESTINATIONS
from gateway.identity import WITHOUT_SESSION, Session, SignedIn
from gateway.journal import Request
from gateway.ledger import steps_of
from gateway.refusals import UnknownService
from gateway.routes import docs
from gateway.routes.bodies import CMS_TYPES, filled_form, signature_of
from gateway.schemas import examples
from gateway.schemas.documents import SignedContent
from gateway.schemas.requests import NewRequest, RequestList, RequestView, SignatureIn, StepList
from gateway.standings import may_change
from gateway.views import is_overdue, status_of, step_view, view_of
from gateway.waiting import EventStream, wait_for_change, wait_of
from gateway.world import World, world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.conditional import matches
from shared.kit.idempotency import Kept, keyed_request, once, recall
from shared.kit.openapi_parts import sends, takes
from shared.kit.problems import NotFound

router = APIRouter(prefix="/v1/requests", tags=["requests"])


@router.post(
    "",
    status_code=201,
    response_model=RequestView,
    responses=docs.CREATED,
    openapi_extra=body_of(docs.NEW_REQUEST, examples.NEW_REQUEST) | takes("Idempotency-Key"),
)
async def create_request(http: HttpRequest, session: SignedIn) -> Response:
    """Make a draft of a request and get the exact bytes to sign (process 3). Needs an Idempotency-Key."""
    world = world_of(http)
    body = await read_body(http, NewRequest)
    destination = DESTINATIONS.get(body.service)
    if destination is None:
        raise UnknownService(errors=[{"pointer": "/service", "code": "unknown"}])
    form = filled_form(body.form, destination.form)
    asked = await keyed_request(http, str(session.account_id))
    async with world.database.connection() as c:
        # What was made once holds its slot already: it is not made, and held, a second time.
        known = await recall(c, asked)
    if known is not None:
        return _created(known)
    draft, steps = await process.make_draft(world, session, destination, body.subject_iin or session.iin, form)
    async with world.database.transaction() as c:

        async def store() -> Kept:
            await journal.insert_draft(c, draft, steps)
            view = view_of(draft, world.now()).model_dump_json().encode()
            return Kept(201, view, f"/v1/requests/{draft.id}")

        return _created(await once(c, asked, world.now(), store))


@router.get("", response_model=RequestList, responses={200: sends("Link"), **WITHOUT_SESSION})
async def list_requests(
    http: HttpRequest,
    session: SignedIn,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: UUID | None = None,
) -> Response:
    """List one's own requests, newest first."""
    world = world_of(http)
    found = await own_requests.list_own(world.database, session.account_id, before=cursor, limit=limit + 1)
    now = world.now()
    page = RequestList.model_construct(requests=[view_of(request, now, in_list=True) for request in found[:limit]])
    headers = {"Cache-Control": "no-store"}
    if len(found) > limit:
        headers["Link"] = f'</v1/requests?limit={limit}&cursor={found[limit - 1].id}>; rel="next"'
    return _json(page, headers=headers)


@router.get(
    "/{request_id}",
    response_model=RequestView,
    responses={200: sends("ETag"), **docs.UNCHANGED, **docs.OWN, **docs.WAITING},
)
async def read_request(
    http: HttpRequest,
    session: SignedIn,
    request_id: UUID,
    prefer: Annotated[str | None, Header()] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Read one's own request; ``Prefer: wait=N`` waits for its next change, ``If-None-Match`` saves the body."""
    world = world_of(http)
    request = await _own(world, request_id, session)
    waits = wait_of(prefer)
    # Who has no answer yet waits for it; after it, only who has seen this very state waits for the next.
    seen = if_none_match is not None and matches(if_none_match, _etag(request, world.now()))
    waits_for_answer = request.state != "answered" and if_none_match is None
    if waits and may_change(request) and (seen or waits_for_answer):
        request = await wait_for_change(world, request, session, waits)
    etag = _etag(request, world.now())
    if matches(if_none_match, etag):
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    return _answer(world, request)


@router.get("/{request_id}/content", response_model=SignedContent, responses=docs.OWN)
async def read_content(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Read the exact bytes to sign; what is signed must be these bytes, unchanged."""
    request = await _own(world_of(http), request_id, session)
    return Response(request.content, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post(
    "/{request_id}/signature",
    response_model=RequestView,
    responses=docs.SIGNED,
    openapi_extra=body_of(SignatureIn, examples.SIGNATURE, CMS_TYPES[0]),
)
async def sign_request(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Sign the draft: 200 with the answer, or 202 when it is stored and will be answered by its term (process 5)."""
    world = world_of(http)
    cms = await signature_of(http)
    request = await process.sign(world, await _own(world, request_id, session), cms)
    if request.state == "answered":
        return _answer(world, request)
    return _answer(world, request, 202, {"Location": f"/v1/requests/{request.id}", "Retry-After": "2"})


@router.get("/{request_id}/steps", response_model=StepList, responses=docs.OWN)
async def read_steps(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Read the ledger: every step of Table 1 with its start, end, limit, and whether the limit was met."""
    world = world_of(http)
    request = await _own(world, request_id, session)
    steps = await steps_of(world.database, request.id)
    return _json(StepList.model_construct(steps=[step_view(step, request.channel) for step in steps]))


@router.get("/{request_id}/events", response_class=StreamingResponse, responses=docs.EVENTS)
async def follow_request(http: HttpRequest, session: SignedIn, request_id: UUID) -> EventStream:
    """Follow the request by server-sent events until it is answered, an appointment also after that (AP-18.8)."""
    world = world_of(http)
    return EventStream(world, await _own(world, request_id, session), session)


async def _own(world: World, request_id: UUID, session: Session) -> Request:
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None:
        raise NotFound
    return request


def _created(kept: Kept) -> Response:
    headers = {"Location": kept.location or "", "Cache-Control": "no-store"}
    return Response(kept.body, kept.status, headers, "application/json")


def _etag(request: Request, at: datetime) -> str:
    """The version changes with every write; that a draft expires or a request is overdue, time alone brings about."""
    seen = f"{status_of(request, at)}{'-overdue' if is_overdue(request, at) else ''}"
    return f'"{request.id.hex[-8:]}-{request.version}-{seen}"'


def _answer(world: World, request: Request, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    at = world.now()
    view = view_of(request, at)
    return _json(view, status, {"ETag": _etag(request, at), "Cache-Control": "private, no-cache", **(headers or {})})


def _json(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), status, headers, "application/json")
