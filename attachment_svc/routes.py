"""The service's URLs: those that every service has, the register that others ask, and what clinics load."""

import hmac

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from attachment_svc import examples
from attachment_svc.district_schemas import DistrictsBody, DistrictsLoaded
from attachment_svc.drafts import say_of_draft
from attachment_svc.journal import Looker
from attachment_svc.process import term_of
from attachment_svc.register_schemas import History, HistoryBody, ImportBody, ImportDone, LookupBody
from attachment_svc.regulation import PASSPORT
from attachment_svc.schemas import DraftBody, RequestBody
from attachment_svc.statements import sealed, statement
from attachment_svc.world import World
from shared.kit.attachments import MEDIA_TYPE
from shared.kit.bodies import body_of, read_body
from shared.kit.callers import BY_ENVELOPE, REFUSALS, caller_of, read_call
from shared.kit.casework.draft_schemas import DraftAnswer
from shared.kit.casework.official_routes import add_official_routes
from shared.kit.casework.process import Casework
from shared.kit.casework.routes import (
    CLINICS,
    GATEWAY_ONLY,
    OPERATOR_ONLY,
    Docs,
    Reception,
    add_internal,
    casework_router,
    json_response,
)
from shared.kit.envelope import Envelopes
from shared.kit.pointers import Fault
from shared.kit.problems import Unprocessable
from shared.law.hours import ALMATY

LOOKERS = ("home_visit", "appointment", "gateway")
_SEALED: Docs = {200: {"description": "A compact JWS", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}


class RegisterRoutes:
    """The routes of the register over the service's world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world, self._envelopes = world, envelopes

    async def look_up_attachments(self, request: Request) -> Response:
        """State what a person is attached to, now or on a day to come (HV-12.2, AP-12.2); who asks and why is kept."""
        caller = await caller_of(request, self._envelopes, LOOKERS)
        asked = await read_body(request, LookupBody)
        looker = self._looker(caller, asked)
        today = looker.at.astimezone(ALMATY).date()
        if asked.on is not None and asked.on < today:
            raise Unprocessable(errors=[Fault(pointer="/on", code="past")])
        held = await self._world.register.look_up(asked.iin, asked.on or today, looker)
        jws = await sealed(self._world.seal, statement(asked.iin, asked.nonce, held, looker.at, asked.on))
        return Response(jws, media_type=MEDIA_TYPE)

    async def tell_attachment_history(self, request: Request) -> Response:
        """Tell all attachments of a person, for their own view on the portal; who asks and why is kept."""
        caller = await caller_of(request, self._envelopes, GATEWAY_ONLY)
        asked = await read_body(request, HistoryBody)
        looker = self._looker(caller, asked)
        stays = await self._world.register.history(asked.iin, looker.at.astimezone(ALMATY).date(), looker)
        return json_response(History.of(stays))

    async def import_attachments(self, request: Request) -> Response:
        """Write the register's rows in bulk; the same rows again change nothing."""
        body = await read_call(request, self._envelopes, OPERATOR_ONLY, ImportBody)
        rows = [row.as_imported() for row in body.rows]
        changed = await self._world.imports.enter(rows, self._world.now())
        return json_response(ImportDone(rows=len(rows), changed=changed))

    async def load_districts(self, request: Request) -> Response:
        """Load the districts of clinics, with a report for each; the same body twice changes nothing."""
        body = await read_call(request, self._envelopes, CLINICS, DistrictsBody)
        reports = await self._world.districts.load([one.as_loaded() for one in body.districts], self._world.now())
        return json_response(DistrictsLoaded.of(reports))

    def _looker(self, caller: str, asked: LookupBody | HistoryBody) -> Looker:
        person = hmac.digest(self._world.record_key, asked.iin.encode(), "sha256")
        return Looker(caller, asked.purpose, person, self._world.now())


def routes_of(world: World, work: Casework, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""
    router = casework_router(work, _reception(world), envelopes)
    add_official_routes(router, PASSPORT.code, work, envelopes)
    routes = RegisterRoutes(world, envelopes)
    router.add_api_route(
        "/attachments/lookup",
        routes.look_up_attachments,
        methods=["POST"],
        response_class=Response,
        responses={**_SEALED, **REFUSALS},
        openapi_extra=BY_ENVELOPE | body_of(LookupBody, examples.LOOKUP),
    )
    history, rows, districts = (
        (HistoryBody, examples.HISTORY),
        (ImportBody, examples.IMPORT),
        (DistrictsBody, examples.DISTRICTS),
    )
    told, taken = routes.tell_attachment_history, routes.import_attachments
    add_internal(router, told.__name__, "/attachments/history", told, history, History)
    add_internal(router, taken.__name__, "/attachments/import", taken, rows, ImportDone)
    add_internal(router, "load_districts", "/districts", routes.load_districts, districts, DistrictsLoaded)
    return router


def _reception(world: World) -> Reception[DraftBody, RequestBody]:
    async def say(_: DraftBody) -> DraftAnswer:
        return say_of_draft(world.hours, world.now())

    return Reception(
        service=PASSPORT.code,
        draft=(DraftBody, examples.DRAFT),
        request=(RequestBody, examples.REQUEST),
        say_of_draft=say,
        term_of=lambda asked: term_of(world, asked),
        provider_of=lambda asked: asked.form.provider_bin,
    )
