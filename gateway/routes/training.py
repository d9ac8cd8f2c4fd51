"""Training documents: the college's cases, where one's own request stands, one's own documents, status lists.

Parse, call, return.
"""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import journal, training
from gateway.identity import WITHOUT_SESSION, Session, SignedIn
from gateway.refusals import SignatureCannotBeChecked, SignatureNotConfirmed
from gateway.routes import docs
from gateway.schemas import examples
from gateway.schemas.training import OfficialSignatureIn
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.world import World, world_of
from shared.forms.diploma_cases import ActIn
from shared.forms.diploma_views import CaseList, CaseView, HeldDocuments, ProgressView
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound

router = APIRouter(tags=["training documents"])
CREDENTIAL: Final = "application/vc+jwt"
CASES: Final = "/v1/staff/training/cases"
UNAVAILABLE: Final = problem_docs(training.TrainingUnavailable)
CASE: Final = FOR_EMPLOYEES | UNAVAILABLE | problem_docs(NotFound)
CHANGE: Final = CASE | problem_docs(training.CaseNotPossible)
_ANY: Final = {"type": "object", "additionalProperties": True}
_DOCUMENT: Final[docs.Docs] = {
    200: {"description": "The exact bytes", "content": {"application/json": {"schema": _ANY}}}
}
_LIST: Final[docs.Docs] = {200: {"description": "The list", "content": {CREDENTIAL: {"schema": {"type": "string"}}}}}


@router.get(CASES, response_model=CaseList, responses=FOR_EMPLOYEES | UNAVAILABLE)
async def list_cases(http: Request, session: Employed) -> Response:
    """List the open cases, what is due first at the top, and who was attested and has not asked yet (DP-5)."""
    asked = {"actor": training.actor_of(session)}
    return json_answer(await training.ask(world_of(http), "cases/list", asked, CaseList))


@router.get(f"{CASES}/{{request_id}}", response_model=CaseView, responses=CASE)
async def read_case(http: Request, session: Employed, request_id: UUID) -> Response:
    """Read a case with its ledger, what is missing, and what you may do with it (DP-16)."""
    asked = {"actor": training.actor_of(session), "request_id": request_id}
    return json_answer(await training.ask(world_of(http), "cases/read", asked, CaseView))


@router.post(
    f"{CASES}/{{request_id}}/acts",
    response_model=CaseView,
    responses=CHANGE,
    openapi_extra=body_of(ActIn, examples.ACT),
)
async def act_on_case(http: Request, session: Employed, request_id: UUID) -> Response:
    """Pass a case on, prepare its document, send it back with a reason, refuse it, hand it over (DP-16)."""
    wanted = await read_body(http, ActIn)
    asked = {"actor": training.actor_of(session), "request_id": request_id, "act": told(wanted)}
    return json_answer(await training.ask(world_of(http), "cases/act", asked, CaseView))


@router.get(f"{CASES}/{{request_id}}/document", response_class=Response, responses=CHANGE | _DOCUMENT)
async def read_document_to_sign(
    http: Request, session: Employed, request_id: UUID, version: Annotated[int, Query(ge=1, le=1_000_000)]
) -> Response:
    """Read the exact bytes to approve or to sign, of a case as you saw it (DP-16.4)."""
    content = await training.document_to_sign(world_of(http), session, (request_id, version))
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post(
    f"{CASES}/{{request_id}}/signature",
    response_model=CaseView,
    responses=CHANGE | problem_docs(SignatureNotConfirmed, SignatureCannotBeChecked, training.TrainingUnavailable),
    openapi_extra=body_of(OfficialSignatureIn, examples.OFFICIAL_SIGNATURE),
)
async def sign_document(http: Request, session: Employed, request_id: UUID) -> Response:
    """Approve, or sign, a document with your EDS: the college's BIN, the head's key or the right to sign (DP-16.5)."""
    signed = await read_body(http, OfficialSignatureIn)
    case = (request_id, signed.version)
    return json_answer(await training.sign(world_of(http), session, case, signed.as_bytes()))


@router.get("/v1/requests/{request_id}/progress", response_model=ProgressView, responses=docs.OWN | UNAVAILABLE)
async def read_progress(http: Request, session: SignedIn, request_id: UUID) -> Response:
    """Read where one's request for a training document stands: what is owed, missing, done (DP-13, DP-16)."""
    world = world_of(http)
    asked = await own_case(world, request_id, session)
    return json_answer(await training.ask(world, "cases/progress", asked, ProgressView))


@router.get("/v1/me/training-documents", response_model=HeldDocuments, responses=WITHOUT_SESSION | UNAVAILABLE)
async def list_training_documents(http: Request, session: SignedIn) -> Response:
    """List one's own documents on training; a new one is there at once after the signature (DP-5)."""
    return json_answer(await training.ask(world_of(http), "documents/held", {"iin": session.iin}, HeldDocuments))


@router.get("/v1/training-documents/status-lists/{number}", response_class=Response, responses=UNAVAILABLE | _LIST)
async def read_training_status_list(http: Request, number: Annotated[int, Path(ge=0, le=10_000)]) -> Response:
    """Read a list of the documents' status, sealed (Bitstring Status List 1.0): valid, replaced, withdrawn."""
    answer = await training.post(world_of(http), "status-lists", {"number": number})
    return Response(answer.body, media_type=CREDENTIAL, headers={"Cache-Control": "public, max-age=300"})


async def own_case(world: World, request_id: UUID, session: Session) -> dict[str, Any]:
    """Return what the service is told of one's own request; raises NotFound for another's or for none."""
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None or request.service != training.SERVICE:
        raise NotFound
    return {"request_id": request_id, "applicant_iin": request.applicant_iin}


def told(body: BaseModel) -> dict[str, Any]:
    """Return a body as it is passed on."""
    return body.model_dump(mode="json", exclude_none=True)


def json_answer(body: BaseModel, status: int = 200) -> Response:
    """Return an answer that nobody keeps."""
    return Response(body.model_dump_json(), status, {"Cache-Control": "no-store"}, "application/json")
