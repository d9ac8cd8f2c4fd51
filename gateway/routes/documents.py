"""Documents: the applicant's own answer, and the public check by an unguessable token."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from gateway import journal
from gateway.identity import SignedIn
from gateway.refusals import DocumentNotReady
from gateway.routes import docs
from gateway.routes.docs import JOSE, JSON
from gateway.schemas.documents import DocumentStatus, JwkSet
from gateway.verification import payload_of, status_of_document
from gateway.world import world_of
from shared.kit.problems import NotAcceptable, NotFound

router = APIRouter(tags=["documents"])
QVALUE = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


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
    """Read the answer: ``application/jose`` is the sealed document itself (JWS), ``application/json`` what it says."""
    request = await journal.find_own(world_of(http).database, request_id, session.account_id)
    if request is None:
        raise NotFound
    kind = _chosen(accept)
    if request.document is None:
        raise DocumentNotReady
    content = request.document.encode() if kind == JOSE else payload_of(request.document)
    return Response(content, media_type=kind, headers={"Cache-Control": "private, no-cache", "Vary": "Accept"})


@router.get("/v1/documents/{token}", response_model=DocumentStatus, responses=docs.NOT_FOUND)
async def check_document(
    http: HttpRequest, token: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{16,200}$")]
) -> Response:
    """Check a document without login: its kind, number, issuer, and whether it is valid now. No personal data."""
    status = await status_of_document(world_of(http), token)
    if status is None:
        raise NotFound
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(status.model_dump_json(), media_type=JSON, headers=headers)


@router.get("/.well-known/jwks.json", response_model=JwkSet, response_class=JwkSetResponse)
async def read_keys(http: HttpRequest) -> Response:
    """Read the public keys of the providers' seals (RFC 7517), by which anyone checks a document without us."""
    keys = {"keys": world_of(http).published_keys}
    return JwkSetResponse(keys, headers={"Cache-Control": "max-age=3600"})


def _chosen(accept: str) -> str:
    """Return the representation with the greatest weight (RFC 9110, 12.5.1); among equals the sealed one."""
    weights = {kind: _weight(accept, kind) for kind in (JOSE, JSON)}
    best = max(weights, key=lambda kind: weights[kind])
    if weights[best] <= 0:
        raise NotAcceptable
    return best


def _weight(accept: str, kind: str) -> float:
    """Return the weight that an ``Accept`` header gives to a media type: the most specific range decides."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        ranges[name] = float(weight) if QVALUE.fullmatch(weight) else 0.0
    return next((ranges[name] for name in (kind, "application/*", "*/*") if name in ranges), 0.0)
