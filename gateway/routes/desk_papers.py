"""What of a request of the desk is printed, kept as evidence, or was scanned. Parse, call, return."""

import json
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import desk, desk_refusals, desk_scans
from gateway.case_file import case_file, record
from gateway.desk_openings import opened
from gateway.desk_views import HERE
from gateway.formats import HTML, JOSE, JSON, PDF, chosen
from gateway.looks import Opened
from gateway.refusals import DocumentNotReady
from gateway.routes import docs
from gateway.routes.documents import document_answer
from gateway.routes.evidence import DOCS, ZIP
from gateway.schemas.evidence import EvidenceRecord
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.world import world_of
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.scan_bodies import SCAN_ANSWER, scan_answer
from shared.kit.staff_problems import NotYourRole
from shared.law.channels import Channel
from shared.law.roles import StaffRole

router = APIRouter(prefix=HERE, tags=["desk"])
READ: Final[dict[int | str, dict[str, Any]]] = {**FOR_EMPLOYEES, **docs.NOT_FOUND}
PRINTED: Final[dict[int | str, dict[str, Any]]] = {
    **docs.DOCUMENT,
    **FOR_EMPLOYEES,
    **problem_docs(NotYourRole, desk_refusals.NoDocumentByTelephone),
}


@router.get("/{request_id}/document", response_class=Response, responses=PRINTED)
async def print_desk_document(
    http: HttpRequest, session: Employed, request_id: UUID, accept: Annotated[str, Header()] = PDF
) -> Response:
    """Get the document for the person in front of one, as PDF for print (AT-8.1, AT-22); none by telephone."""
    world = world_of(http)
    session.require(desk.READERS)
    if (await desk.find(world, session, request_id)).channel == Channel.PHONE:
        raise desk_refusals.NoDocumentByTelephone
    kind = chosen(accept, (PDF, JOSE, JSON, HTML))
    return await document_answer(http, await opened(world, session, request_id, Opened.DOCUMENT), kind)


@router.get("/{request_id}/evidence", response_model=EvidenceRecord, responses=DOCS | FOR_EMPLOYEES)
async def read_desk_evidence(
    http: HttpRequest, session: Employed, request_id: UUID, accept: Annotated[str, Header()] = JSON
) -> Response:
    """Get the evidence of a desk request's signature, which the employee gave, or its whole case file as a zip."""
    world = world_of(http)
    kind = chosen(accept, (JSON, ZIP))
    request = await opened(world, session, request_id, Opened.EVIDENCE)
    if request.employee_id is None or request.cms is None:
        raise NotFound
    kept = {"Cache-Control": "no-store", "Vary": "Accept"}
    if kind == JSON:
        return Response(json.dumps(await record(world, request)), media_type=JSON, headers=kept)
    if request.document is None:
        raise DocumentNotReady
    if request.channel == Channel.PHONE:
        session.require({StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN})  # The document is in it; the desk speaks it.
    named = {**kept, "Content-Disposition": f'attachment; filename="{request.number}.zip"'}
    return Response(await case_file(world, request), media_type=ZIP, headers=named)


@router.get("/{request_id}/scans/{scan_id}", response_class=Response, responses=READ | SCAN_ANSWER)
async def open_desk_scan(http: HttpRequest, session: Employed, request_id: UUID, scan_id: UUID) -> Response:
    """Open a scan of a request; the person sees who opened it."""
    world = world_of(http)
    session.require(desk.READERS)
    request = await desk.find(world, session, request_id)
    return scan_answer(await desk_scans.open_scan(world, session, request, scan_id))
