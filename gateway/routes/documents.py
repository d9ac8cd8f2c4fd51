"""Documents: the applicant's own answer, and the public check by an unguessable token."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from gateway import journal
from gateway.formats import HTML, JOSE, JSON, PDF, chosen
from gateway.identity import SignedIn
from gateway.journal import Request
from gateway.papers import languages_for, paper_of
from gateway.refusals import DocumentNotReady
from gateway.routes import docs
from gateway.routes.verify import NO_ROBOT, count_visit
from gateway.schemas.documents import DocumentStatus, JwkSet
from gateway.status_lists import StatusLists
from gateway.verification import payload_of, status_of_document
from gateway.visits import LOOKS
from gateway.world import world_of
from shared.documents.page import page_of
from shared.documents.sealed import Sealed
from shared.documents.web import document_page
from shared.kit.pages import language_wanted, page_answer
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, TooManyRequests
from shared.law.iin import IIN_PATTERN
from shared.law.providers import provider_with

router = APIRouter(tags=["documents"])


class JwkSetResponse(JSONResponse):
    """A JWK Set under its own media type (RFC 7517, 8.5.2)."""

    media_type = "application/jwk-set+json"


@router.get(
    "/v1/requests/{request_id}/document",
    response_class=Response,
    responses=docs.DOCUMENT,
)
async def read_document(
    http: HttpRequest,
    session: SignedIn,
    request_id: UUID,
    accept: Annotated[str, Header()] = JOSE,
) -> Response:
    """Read the answer: ``application/jose`` is the sealed document itself (JWS), ``application/json`` what it says.

    ``application/pdf`` is the paper (A4, PDF/A, sealed as PAdES, the JWS inside), ``text/html`` a page. On the paper
    Kazakh and Russian stand beside each other; with ``Accept-Language: en`` English too.
    """
    request = await journal.find_own(world_of(http).database, request_id, session.account_id)
    if request is None:
        raise NotFound
    return await document_answer(http, request, chosen(accept, (JOSE, JSON, PDF, HTML)))


async def document_answer(http: HttpRequest, request: Request, kind: str) -> Response:
    """Return a request's document in one of its forms; raises DocumentNotReady."""
    if request.document is None or request.document_token is None:
        raise DocumentNotReady
    language = language_wanted(http)
    headers = {"Cache-Control": "private, no-cache", "Vary": "Accept, Accept-Language"}
    if kind == PDF:
        paper = await paper_of(world_of(http), request.service, request.document_token, languages_for(language))
        name = f'attachment; filename="{request.number}.pdf"'
        return Response(paper, media_type=PDF, headers={**headers, "Content-Disposition": name})
    if kind == HTML:
        return page_answer(document_page(page_of(Sealed.read(request.document)), language, ""), language)
    content = request.document.encode() if kind == JOSE else payload_of(request.document)
    return Response(content, media_type=kind, headers=headers)


@router.get(
    "/v1/documents/{token}", response_model=DocumentStatus, responses=docs.NOT_FOUND | problem_docs(TooManyRequests)
)
async def check_document(http: HttpRequest, token: docs.Token) -> Response:
    """Check a document without login: its kind, number, issuer, and whether it is valid now. No personal data."""
    count_visit(http, world_of(http), LOOKS)
    status = await status_of_document(world_of(http), token)
    if status is None:
        raise NotFound
    return Response(status.model_dump_json(), media_type=JSON, headers=NO_ROBOT)


@router.get("/v1/status-lists/{service}/{bin}", response_class=Response, responses=docs.STATUS_LIST)
async def read_status_list(
    http: HttpRequest,
    service: docs.Code,
    provider_bin: Annotated[str, Path(alias="bin", pattern=IIN_PATTERN, examples=docs.A_BIN)],
) -> Response:
    """Read what of a provider's documents no longer stands: a JWS (``phc-status-list+json``), in force for an hour.

    Documents are named by the SHA-256 of their tokens.
    """
    if provider_with(provider_bin) is None:
        raise NotFound
    lists: StatusLists = http.app.state.status_lists
    content = await lists.of(world_of(http), service, provider_bin)
    return Response(content, media_type=JOSE, headers={"Cache-Control": "public, max-age=1800"})


@router.get("/.well-known/jwks.json", response_model=JwkSet, response_class=JwkSetResponse)
async def read_keys(http: HttpRequest) -> Response:
    """Read the public keys of the providers' seals (RFC 7517), by which anyone checks a document without us."""
    keys = {"keys": world_of(http).published_keys}
    return JwkSetResponse(keys, headers={"Cache-Control": "max-age=3600"})
