"""Officials of a provider: who decides, what waits, confirmed, returned; reviews. Parse, call, return."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import proposals
from gateway.deciding import DecidingUnavailable, NoLongerWaits
from gateway.looks import Look, Opened, record_looks
from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.routes import docs
from gateway.schemas import examples
from gateway.schemas.deciding import ConfirmationIn, WaitingBoard
from gateway.staff import FOR_EMPLOYEES, Employed, StaffSession
from gateway.world import World, world_of
from shared.forms import deciding as forms
from shared.forms.deciding import (
    Acted,
    ChoiceIn,
    ChoiceList,
    ChoiceView,
    Drafted,
    ReturnIn,
    ReviewAnswerIn,
    WaitingWhole,
)
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound

router = APIRouter(prefix="/v1/staff", tags=["deciding by officials"])
_AWAY: Final = FOR_EMPLOYEES | problem_docs(DecidingUnavailable)
_ONE: Final = _AWAY | problem_docs(NotFound)
_CHANGE: Final = _ONE | problem_docs(NoLongerWaits)
_SIGNED: Final = _CHANGE | problem_docs(SignatureNotConfirmed, SignatureCannotBeChecked, DecidingUnavailable)
_ANY: Final = {"type": "object", "additionalProperties": True}
_BYTES: Final[docs.Docs] = {200: {"description": "The exact bytes", "content": {"application/json": {"schema": _ANY}}}}
Version = Annotated[int, Query(ge=1, le=1_000_000, description="The version that was read.")]


@router.get("/deciding", response_model=ChoiceList, responses=_AWAY)
async def read_deciding(http: Request, session: Employed) -> Response:
    """Read who decides each service's requests at your provider: the rules, or an official who confirms them."""
    return _json(ChoiceList(services=await proposals.choices(world_of(http), session)))


@router.put(
    "/deciding", response_model=ChoiceView, responses=_AWAY, openapi_extra=body_of(ChoiceIn, forms.CHOICE_EXAMPLE)
)
async def choose_deciding(http: Request, session: Employed) -> Response:
    """Choose who decides a service's requests from now on; for the head and the administrator."""
    chosen = await read_body(http, ChoiceIn)
    by_person = chosen.by == "official"
    return _json(await proposals.choose(world_of(http), session, chosen.service, by_person=by_person))


@router.get("/proposals", response_model=WaitingBoard, responses=FOR_EMPLOYEES)
async def list_proposals(http: Request, session: Employed) -> Response:
    """List what the rules propose and nobody has confirmed, the nearest deadline first; what rings is almost due."""
    found, silent = await proposals.waiting(world_of(http), session, reviews=False)
    return _json(WaitingBoard(waiting=found, silent=silent))


@router.get("/proposals/{request_id}", response_model=WaitingWhole, responses=_ONE)
async def read_proposal(http: Request, session: Employed, request_id: UUID) -> Response:
    """Read a proposal with its grounds and words; the person sees that you did."""
    return _json(await _shown(world_of(http), session, request_id, review=False))


@router.get("/proposals/{request_id}/content", response_class=Response, responses=_CHANGE | _BYTES)
async def read_proposal_content(http: Request, session: Employed, request_id: UUID, version: Version) -> Response:
    """Read the exact bytes to sign: of a refusal the document itself, of a grant what is to be granted."""
    return await _content(world_of(http), session, (request_id, version), review=False)


@router.post(
    "/proposals/{request_id}/confirmation",
    response_model=Acted,
    responses=_SIGNED,
    openapi_extra=body_of(ConfirmationIn, examples.CONFIRMATION),
)
async def confirm_proposal(http: Request, session: Employed, request_id: UUID) -> Response:
    """Confirm a proposal with your EDS; where facts have changed meanwhile, another proposal takes its place."""
    signed = await read_body(http, ConfirmationIn)
    seen = (request_id, signed.version)
    return _json(await proposals.confirm(world_of(http), session, seen, signed.as_bytes(), review=False))


@router.post(
    "/proposals/{request_id}/return",
    response_model=Acted,
    responses=_CHANGE,
    openapi_extra=body_of(ReturnIn, forms.RETURN_EXAMPLE),
)
async def return_proposal(http: Request, session: Employed, request_id: UUID) -> Response:
    """Return a proposal with a remark: the facts are asked anew, and the next proposal carries it."""
    said = await read_body(http, ReturnIn)
    return _json(await proposals.give_back(world_of(http), session, (request_id, said.version), said.remark))


@router.get("/reviews", response_model=WaitingBoard, responses=FOR_EMPLOYEES)
async def list_reviews(http: Request, session: Employed) -> Response:
    """List the refusals that citizens have called upon you to look at again, the nearest deadline first."""
    found, silent = await proposals.waiting(world_of(http), session, reviews=True)
    return _json(WaitingBoard(waiting=found, silent=silent))


@router.get("/reviews/{request_id}", response_model=WaitingWhole, responses=_ONE)
async def read_review(http: Request, session: Employed, request_id: UUID) -> Response:
    """Read a call for a review: the refusal, why it is said to be wrong, your draft; the person sees that you did."""
    return _json(await _shown(world_of(http), session, request_id, review=True))


@router.post(
    "/reviews/{request_id}/draft",
    response_model=Drafted,
    responses=_CHANGE,
    openapi_extra=body_of(ReviewAnswerIn, forms.REVIEW_ANSWER_EXAMPLE),
)
async def draft_review_answer(http: Request, session: Employed, request_id: UUID) -> Response:
    """Draw up your answer, in place of an earlier draft: whether the refusal stands, and why."""
    said = await read_body(http, ReviewAnswerIn)
    return _json(await proposals.draft_answer(world_of(http), session, request_id, said))


@router.get("/reviews/{request_id}/content", response_class=Response, responses=_CHANGE | _BYTES)
async def read_review_content(http: Request, session: Employed, request_id: UUID, version: Version) -> Response:
    """Read the exact bytes to sign: the answer as the citizen will have it."""
    return await _content(world_of(http), session, (request_id, version), review=True)


@router.post(
    "/reviews/{request_id}/confirmation",
    response_model=Acted,
    responses=_SIGNED,
    openapi_extra=body_of(ConfirmationIn, examples.CONFIRMATION),
)
async def sign_review_answer(http: Request, session: Employed, request_id: UUID) -> Response:
    """Sign your answer with your EDS; a refusal that does not stand is withdrawn, its request decided anew."""
    signed = await read_body(http, ConfirmationIn)
    seen = (request_id, signed.version)
    return _json(await proposals.confirm(world_of(http), session, seen, signed.as_bytes(), review=True))


async def _shown(world: World, session: StaffSession, request_id: UUID, *, review: bool) -> WaitingWhole:
    """What shows a person's data is recorded first."""
    found = await proposals.read(world, session, request_id, review=review)
    await _record(world, session, found)
    return WaitingWhole.model_validate(found.model_dump(exclude={"content"}))


async def _content(world: World, session: StaffSession, seen: tuple[UUID, int], *, review: bool) -> Response:
    found = await proposals.read(world, session, seen[0], review=review)
    content = proposals.bytes_of(found, seen[1])
    await _record(world, session, found)
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _record(world: World, session: StaffSession, found: WaitingWhole) -> None:
    purpose = proposals.PURPOSES[found.service]
    looks = [
        Look(iin, Opened.PROPOSAL, purpose, found.service, found.request_id)
        for iin in (found.applicant_iin, found.subject_iin)
    ]
    async with world.database.transaction() as c:
        await record_looks(c, session.looker, looks, world.now())


def _json(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")
