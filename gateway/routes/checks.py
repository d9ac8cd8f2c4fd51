"""The public check as API: the content by the code on the paper, and the check of a file. Parse, call, return."""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway.formats import JOSE, JSON, PDF
from gateway.public_check import check, find, fits
from gateway.routes import docs
from gateway.routes.verify import NO_ROBOT, count_visit
from gateway.schemas.checks import FileReport, PaperCode
from gateway.schemas.documents import SealedDocument
from gateway.verification import payload_of
from gateway.visits import CODES, FILES
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Forbidden, NotFound, TooManyRequests, UnsupportedMediaType
from shared.law.text import Text

router = APIRouter(prefix="/v1/documents", tags=["documents"])
_FILE: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
FILE_BODY: Final = {"requestBody": {"required": True, "content": {PDF: _FILE, JOSE: {"schema": {"type": "string"}}}}}


class CodeDoesNotFit(Forbidden):
    """Another code stands on the paper."""

    slug = "code-does-not-fit"
    title = Text("Код сәйкес келмейді", "Код не подходит", "The code does not fit")


@router.post(
    "/{token}/content",
    response_model=SealedDocument,
    responses=docs.NOT_FOUND | problem_docs(CodeDoesNotFit, TooManyRequests),
    openapi_extra=body_of(PaperCode, {"code": "K7QF-2M9D"}),
)
async def open_document(http: HttpRequest, token: docs.Token) -> Response:
    """Read what a document says, without login, by the code that stands on its paper."""
    world = world_of(http)
    asked = await read_body(http, PaperCode)
    count_visit(http, world, CODES, token[:64])
    found = await find(world, token)
    if found is None:
        raise NotFound
    if not fits(found.sealed, asked.code):
        raise CodeDoesNotFit
    return Response(payload_of(found.sealed.jws), media_type=JSON, headers=NO_ROBOT)


@router.post(
    "/check",
    response_model=FileReport,
    responses=problem_docs(UnsupportedMediaType, TooManyRequests),
    openapi_extra=FILE_BODY,
)
async def check_document_file(http: HttpRequest) -> Response:
    """Check a file that somebody holds, PDF or JWS: each thing that must hold, and why it does not. It is not kept."""
    world = world_of(http)
    if http.headers.get("content-type", "").partition(";")[0].strip().lower() not in {PDF, JOSE}:
        raise UnsupportedMediaType
    count_visit(http, world, FILES)
    report = FileReport.of(await check(world, await http.body()))
    return Response(report.model_dump_json(), media_type=JSON, headers=NO_ROBOT)
