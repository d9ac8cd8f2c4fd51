"""The service's URLs; all are internal, each opened only to the callers on its list."""

import hmac
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from attachment_svc import examples
from attachment_svc.journal import Looker, Register
from attachment_svc.schemas import ImportBody, ImportDone, LookupBody
from attachment_svc.statements import sealed, statement
from shared.eds.jws import Seal
from shared.kit.attachments import MEDIA_TYPE
from shared.kit.bodies import body_of, read_json
from shared.kit.callers import BY_ENVELOPE, REFUSALS, caller_of, read_call
from shared.kit.clock import Clock
from shared.kit.envelope import Envelopes
from shared.kit.plain import PlainRoute
from shared.law.hours import ALMATY

PREFIX = "/internal/v1/attachments"
LOOKERS = ("home_visit", "appointment", "gateway")
OPERATOR_ONLY = ("operator",)
_JWS = {"description": "A compact JWS", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
_SEALED: dict[int | str, dict[str, Any]] = {200: _JWS}


@dataclass(frozen=True, slots=True)
class World:
    """The clock, the register, its seal, and the key under which persons stand in the record of lookups."""

    clock: Clock
    register: Register
    seal: Seal
    record_key: bytes


class InternalRoutes:
    """The routes of one service over its world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world = world
        self._envelopes = envelopes

    async def look_up_attachments(self, request: Request) -> Response:
        """State what a person is attached to now (HV-12.2, AP-12.2); who asks and why is kept."""
        caller = await caller_of(request, self._envelopes, LOOKERS)
        asked = read_json(await request.body(), LookupBody)
        now = self._world.clock.now()
        person = hmac.digest(self._world.record_key, asked.iin.encode(), "sha256")
        looker = Looker(caller, asked.purpose, person, now)
        held = await self._world.register.look_up(asked.iin, now.astimezone(ALMATY).date(), looker)
        jws = await sealed(self._world.seal, statement(asked.iin, asked.nonce, held, now))
        return Response(jws, media_type=MEDIA_TYPE)

    async def import_attachments(self, request: Request) -> Response:
        """Write the register's rows in bulk; the same rows again change nothing."""
        body = await read_call(request, self._envelopes, OPERATOR_ONLY, ImportBody)
        rows = [row.as_imported() for row in body.rows]
        changed = await self._world.register.enter(rows, self._world.clock.now())
        return Response(ImportDone(rows=len(rows), changed=changed).model_dump_json(), media_type="application/json")


def routes_of(world: World, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""
    router = APIRouter(prefix=PREFIX, route_class=PlainRoute, tags=["internal"])
    routes = InternalRoutes(world, envelopes)
    router.add_api_route(
        "/lookup",
        routes.look_up_attachments,
        methods=["POST"],
        response_class=Response,
        responses={**_SEALED, **REFUSALS},
        openapi_extra=BY_ENVELOPE | body_of(LookupBody, examples.LOOKUP),
    )
    router.add_api_route(
        "/import",
        routes.import_attachments,
        methods=["POST"],
        response_model=ImportDone,
        responses=REFUSALS,
        openapi_extra=BY_ENVELOPE | body_of(ImportBody, examples.IMPORT),
    )
    return router
