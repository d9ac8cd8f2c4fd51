"""Where one is attached: oneself, a child, a ward. Parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway import attachments
from gateway.conditions import RegistryUnavailable
from gateway.identity import WITHOUT_SESSION, SignedIn
from gateway.schemas import examples
from gateway.schemas.attachments import AttachmentList, AttachmentsOf
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs

router = APIRouter(prefix="/v1/me/attachments", tags=["accounts"])


@router.get(
    "",
    response_model=AttachmentList,
    responses=WITHOUT_SESSION | problem_docs(attachments.RegisterUnavailable),
)
async def list_attachments(http: Request, session: SignedIn) -> Response:
    """List where one is and was attached, the latest first (AT-7)."""
    return _json(await attachments.own_attachments(world_of(http), session))


@router.post(
    "/lookup",
    response_model=AttachmentList,
    responses=WITHOUT_SESSION
    | problem_docs(attachments.NotRepresented, RegistryUnavailable, attachments.RegisterUnavailable),
    openapi_extra=body_of(AttachmentsOf, examples.ATTACHMENTS_OF),
)
async def look_up_attachments_of(http: Request, session: SignedIn) -> Response:
    """List where a child or a ward is and was attached; whom one may ask for: `GET /v1/me/represented` (AT-1)."""
    asked = await read_body(http, AttachmentsOf)
    return _json(await attachments.attachments_of(world_of(http), session, asked.iin))


def _json(body: AttachmentList) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")
