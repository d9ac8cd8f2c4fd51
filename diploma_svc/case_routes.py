"""The URLs of cases, papers and documents: parse, call, return."""

import base64
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from diploma_svc import acts, papers, records, schemas, signing, standing, views, warned
from diploma_svc.cases import Actor
from diploma_svc.documents import CREDENTIAL_TYPE
from diploma_svc.world import World
from shared.forms.diploma_college import CollegeBody, CollegeLoaded
from shared.kit.callers import read_call
from shared.kit.casework.process import Casework, issue
from shared.kit.casework.routes import GATEWAY_ONLY, json_response
from shared.kit.envelope import Envelopes
from shared.law.college import COLLEGE

LOADERS: Final = ("gateway", "operator")
"""Who loads what the college keeps: its own system and employees by the gateway, the operator for demonstrations."""


class CaseRoutes:
    """What is done with cases, over the service's world."""

    def __init__(self, world: World, work: Casework, envelopes: Envelopes) -> None:
        self._world, self._work, self._envelopes = world, work, envelopes

    async def load_college(self, request: Request) -> Response:
        """Load what the college keeps; the same rows again change nothing."""
        body = await read_call(request, self._envelopes, LOADERS, CollegeBody)
        rows = await self._world.college.load(body, self._world.now())
        changed = sum(row.result in {"new", "changed"} for row in rows)
        return json_response(CollegeLoaded(changed=changed, rows=rows))

    async def list_cases(self, request: Request) -> Response:
        """List what is due, the nearest first."""
        await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ListCall)
        return json_response(await views.due_list(self._world))

    async def read_case(self, request: Request) -> Response:
        """Read a case."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.CaseCall)
        return json_response(await views.case_of(self._world, call.request_id, call.actor.as_actor()))

    async def act_on_case(self, request: Request) -> Response:
        """Do something with a case."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ActCall)
        await acts.act(self._world, call.request_id, call.actor.as_actor(), call.act)
        return await self._as_it_is(call)

    async def read_document_to_sign(self, request: Request) -> Response:
        """Read the exact bytes that an official signs."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.DocumentCall)
        content = await signing.document_to_sign(self._world, call.request_id, call.actor.as_actor(), call.version)
        return json_response(schemas.DocumentBytes(content=base64.b64encode(content).decode()))

    async def sign_document(self, request: Request) -> Response:
        """Approve or sign a document with the official's EDS; after the head's it is issued."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.SignatureCall)
        actor, confirmed = call.actor.as_actor(), call.as_confirmed()
        await signing.sign(self._world, call.request_id, actor, call.version, confirmed)
        return await self._as_it_is(call)

    async def read_progress(self, request: Request) -> Response:
        """Tell an applicant where their request stands."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ProgressCall)
        return json_response(await views.progress_of(self._world, call.request_id, call.applicant_iin))

    async def hand_in_paper(self, request: Request) -> Response:
        """Take a paper."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.PaperCall)
        paper_id = await papers.hand_in(self._world, call.request_id, _by(call), call.paper)
        return json_response(schemas.PaperTaken(paper_id=paper_id))

    async def keep_scan(self, request: Request) -> Response:
        """Keep a paper's scan, encrypted."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ScanCall)
        paper, scan = (call.request_id, call.paper_id), (call.media_type, call.scan)
        await papers.keep_scan(self._world, paper, _by(call), scan)
        return json_response(schemas.Done())

    async def read_scan(self, request: Request) -> Response:
        """Open a scan for somebody who works on the case."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.ScanRead)
        scan = await papers.read_scan(self._world, call.request_id, call.paper_id, call.actor.as_actor())
        return json_response(schemas.ScanBody(media_type=scan.media_type, scan=base64.b64encode(scan.content).decode()))

    async def reject_paper(self, request: Request) -> Response:
        """Put a paper aside that is found wanting."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.RejectionCall)
        paper = (call.request_id, call.paper_id)
        await papers.reject(self._world, paper, call.actor.as_actor(), call.rejection.reason)
        return json_response(schemas.Done())

    async def read_records(self, request: Request) -> Response:
        """Read the record journal (DP-15)."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.RecordsCall)
        return json_response(await records.read_records(self._world, call.asked))

    async def acknowledge_warnings(self, request: Request) -> Response:
        """Acknowledge the warnings of a case (DP-5)."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.CaseCall)
        await warned.acknowledge(self._world, call.request_id, call.actor.as_actor())
        return await self._as_it_is(call)

    async def list_held_documents(self, request: Request) -> Response:
        """Tell a person their own documents."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.HolderCall)
        return json_response(await views.held_by(self._world, call.iin))

    async def read_status_list(self, request: Request) -> Response:
        """Seal a status list as it is now."""
        call = await read_call(request, self._envelopes, GATEWAY_ONLY, schemas.StatusListCall)
        content = await standing.status_list_of(self._world, call.number)
        jws = await self._work.seals.seal(COLLEGE.bin, content, CREDENTIAL_TYPE)
        return Response(jws, media_type=f"application/{CREDENTIAL_TYPE}")

    async def _as_it_is(self, call: schemas.CaseCall) -> Response:
        """Seal an answer that the act has brought about, and return the case."""
        await issue(self._work, call.request_id)
        return json_response(await views.case_of(self._world, call.request_id, call.actor.as_actor()))


def _by(call: schemas.PaperCall | schemas.ScanCall) -> Actor | str:
    """Return who hands in: an employee, or the applicant by IIN."""
    if call.actor is not None:
        return call.actor.as_actor()
    return call.applicant_iin or ""
