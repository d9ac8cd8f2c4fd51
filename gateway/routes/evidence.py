"""The case file of one's own request, to be kept and checked again without us. Parse, call, return."""

import json
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import journal
from gateway.case_file import case_file, record
from gateway.formats import JSON, chosen
from gateway.identity import SignedIn
from gateway.refusals import DocumentNotReady
from gateway.routes import docs
from gateway.schemas.evidence import EvidenceRecord
from gateway.world import world_of
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAcceptable, NotFound, Unavailable

router = APIRouter(prefix="/v1/requests", tags=["requests"])
ZIP: Final = "application/zip"
DOCS: Final[dict[int | str, dict[str, Any]]] = {
    **docs.OWN,
    **problem_docs(NotFound, DocumentNotReady, NotAcceptable, Unavailable),
    200: {
        "description": "The case file, or the evidence of the signature alone",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}, JSON: {}},
    },
}


@router.get("/{request_id}/evidence", response_model=EvidenceRecord, responses=DOCS)
async def read_evidence(
    http: HttpRequest, session: SignedIn, request_id: UUID, accept: Annotated[str, Header()] = ZIP
) -> Response:
    """Read the case file of an answered request, one zip: anyone checks it offline, with nothing but this file.

    In it are what was signed, the signature, the systems' sealed answers about the applicant, the steps, the document,
    and a manifest that the provider sealed (``python -m shared.documents verify-case``). As ``application/json`` it is
    the evidence of the signature alone, from the signature on.
    """
    world = world_of(http)
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None or request.cms is None or request.evidence is None:
        raise NotFound
    kept = {"Cache-Control": "no-store", "Vary": "Accept"}
    if chosen(accept, (ZIP, JSON)) == JSON:
        return Response(json.dumps(await record(world, request)), media_type=JSON, headers=kept)
    if request.document is None:
        raise DocumentNotReady
    name = f'attachment; filename="{request.number}.zip"'
    return Response(await case_file(world, request), media_type=ZIP, headers={**kept, "Content-Disposition": name})
