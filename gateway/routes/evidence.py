"""The evidence of one's own signature, to be kept and verified again without us. Parse, call, return."""

import asyncio
import json
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import journal
from gateway.identity import SignedIn
from gateway.routes import docs
from gateway.schemas.evidence import EvidenceRecord
from gateway.world import world_of
from shared.eds.cms import Expected
from shared.eds.evidence import record_of
from shared.kit.problems import NotFound

router = APIRouter(prefix="/v1/requests", tags=["requests"])


@router.get("/{request_id}/evidence", response_model=EvidenceRecord, responses=docs.OWN)
async def read_evidence(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Read the evidence of the signature: anyone verifies it again offline, with nothing but this file."""
    world = world_of(http)
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None or request.cms is None or request.evidence is None:
        raise NotFound
    verdict, signed = ("confirmed", json.loads(request.evidence)), (request.cms, request.content)
    lists, expected = await world.kept_lists.read(verdict[1]), Expected(request.applicant_iin)
    # The lists are compressed: not on the event loop.
    record = await asyncio.to_thread(record_of, verdict, signed, expected, lists.get)
    return Response(json.dumps(record), media_type="application/json", headers={"Cache-Control": "no-store"})
