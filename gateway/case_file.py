"""The case file of a request: what the gateway has of it, what the service has, and the service's sealed manifest."""

import asyncio
import base64
import json
from collections.abc import Mapping
from typing import Any, Final

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from gateway.deciding import DecidingUnavailable, ask
from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from gateway.ledger import steps_of
from gateway.papers import OK, languages_for, paper_of
from gateway.signers import signer_of
from gateway.views import step_view
from gateway.world import World
from shared.documents import case_file as case
from shared.eds.cms import OFFICIAL, Expected
from shared.eds.evidence import record_of
from shared.forms.deciding import SERVICES, ConfirmationTold
from shared.kit.http import CallFailed
from shared.kit.problems import Problem, Unavailable

SEAL_SECONDS: Final = 5.0
MOST_OF_ANSWERS: Final = 2_000_000

log = structlog.get_logger()


class _Answer(BaseModel):
    """A system's sealed answer, by its name in the zip."""

    model_config = ConfigDict(strict=True, frozen=True)
    name: str
    jws: str


class _Parts(BaseModel):
    """What the service puts in."""

    model_config = ConfigDict(strict=True, frozen=True)
    answers: list[_Answer]
    manifest: str


async def record(world: World, request: Request) -> dict[str, Any]:
    """Return the evidence of the request's signature, to be verified again offline (docs/eds.md)."""
    verdict, signed = ("confirmed", json.loads(request.evidence or "{}")), (request.cms or b"", request.content)
    lists, expected = await world.kept_lists.read(verdict[1]), (await signer_of(world.database, request)).expected
    # The lists are compressed: not on the event loop.
    return await asyncio.to_thread(record_of, verdict, signed, expected, lists.get)


async def case_file(world: World, request: Request) -> bytes:
    """Return the zip of an answered request; raises Unavailable while its service does not seal the manifest.

    The paper is left out where it cannot be had now: the document is whole without it.
    """
    steps = await steps_of(world.database, request.id)
    ledger = {"steps": [json.loads(step_view(step, request.channel).model_dump_json()) for step in steps]}
    items: dict[str, bytes] = {
        case.CONTENT: request.content,
        case.CMS: request.cms or b"",
        case.RECORD: json.dumps(await record(world, request)).encode(),
        case.LEDGER: json.dumps(ledger, ensure_ascii=False, indent=1).encode(),
        case.DOCUMENT: (request.document or "").encode(),
    }
    items |= await _decision(world, request)
    try:
        items[case.PAPER] = await paper_of(world, request.service, request.document_token or "", languages_for("kk"))
    except Problem as hindered:
        log.info("case_file.without_paper", why=hindered.slug)
    parts = await _parts(world, request, items)
    items |= {one.name: one.jws.encode() for one in parts.answers} | {case.MANIFEST: parts.manifest.encode()}
    return await asyncio.to_thread(case.zipped, items, world.now())


async def _decision(world: World, request: Request) -> dict[str, bytes]:
    """Return what an official signed, their signature, and its record; nothing where the rules decided."""
    if request.service not in SERVICES:
        return {}
    try:
        told = await ask(world, request.service, "proposals/confirmed", {"request_id": request.id}, ConfirmationTold)
    except DecidingUnavailable as away:
        raise Unavailable(retry_after=5) from away
    if told.content is None or told.cms is None or told.iin is None:
        return {}
    content, cms = base64.b64decode(told.content), base64.b64decode(told.cms)
    lists = await world.kept_lists.read(told.evidence)
    expected = Expected(told.iin, told.bin, OFFICIAL)
    verdict = ("confirmed", told.evidence)
    again = await asyncio.to_thread(record_of, verdict, (cms, content), expected, lists.get)
    return {case.SIGNED: content, case.CONFIRMATION: cms, case.CONFIRMED: json.dumps(again).encode()}


async def _parts(world: World, request: Request, items: Mapping[str, bytes]) -> _Parts:
    told = [{"name": name, "sha256": case.print_of(data)} for name, data in items.items()]
    body = json.dumps({"request_id": str(request.id), "items": told}).encode()
    client = world.services[DESTINATIONS[request.service].service]
    try:
        answer = await client.post("/internal/v1/case-files", body, total=SEAL_SECONDS, most=MOST_OF_ANSWERS)
        if answer.status == OK:
            return _Parts.model_validate_json(answer.body)
        log.warning("case_file.not_sealed", status=answer.status)
    except (CallFailed, ValidationError) as failed:
        log.warning("case_file.not_sealed", why=type(failed).__name__)
    raise Unavailable(retry_after=5)
