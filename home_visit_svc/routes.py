"""The service's URLs; all are internal, each opened only to the callers on its list."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from home_visit_svc import examples
from home_visit_svc.attempts import try_within_exchange
from home_visit_svc.draft_schemas import DraftAnswer, DraftBody
from home_visit_svc.drafts import say_of_draft
from home_visit_svc.process import register
from home_visit_svc.registration import RequestIdReused, known_provider
from home_visit_svc.round_schemas import RoundsBody, RoundsEntered
from home_visit_svc.schemas import (
    DocumentStatus,
    Registration,
    RequestBody,
    TokenBody,
)
from home_visit_svc.world import World
from shared.kit.bodies import body_of
from shared.kit.callers import BY_ENVELOPE, REFUSALS, read_call
from shared.kit.envelope import Envelopes
from shared.kit.openapi_parts import sends
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound

PREFIX = "/internal/v1"
GATEWAY_ONLY = frozenset({"gateway"})
OPERATOR_ONLY = frozenset({"operator"})
RETRY_AFTER_SECONDS = 2
Endpoint = Callable[[Request], Awaitable[Response]]
Docs = dict[int | str, dict[str, Any]]


class InternalRoutes:
    """The routes of one service over its world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world = world
        self._envelopes = envelopes

    async def check_home_visit_draft(self, request: Request) -> Response:
        """Say early what cannot be (HV-9)."""
        await read_call(request, self._envelopes, GATEWAY_ONLY, DraftBody)
        return _json(say_of_draft(self._world.hours, self._world.now()))

    async def take_home_visit_request(self, request: Request) -> Response:
        """Register a signed request and, if all goes well, answer it within the same exchange (HV-14)."""
        received_at = self._world.now()
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, RequestBody)
        entry = await register(self._world, asked, received_at)
        if entry is not None:
            await try_within_exchange(self._world, entry)
        standing = await self._world.journal.standing(asked.request_id)
        if standing is None:
            raise NotFound
        if standing.answered_at is None:
            return _json(Registration.of(standing), 202, {"Retry-After": str(RETRY_AFTER_SECONDS)})
        return _json(Registration.of(standing))

    async def check_home_visit_document(self, request: Request) -> Response:
        """Tell whether a document is ours and valid, and nothing about a person."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, TokenBody)
        issued = await self._world.journal.issued(asked.token)
        if issued is None:
            raise NotFound
        return _json(DocumentStatus.of(issued, known_provider(issued.provider_bin)))

    async def enter_home_visit_rounds(self, request: Request) -> Response:
        """Enter the rounds of clinics; the same body twice changes nothing."""
        body = await read_call(request, self._envelopes, OPERATOR_ONLY, RoundsBody)
        rounds = [one.as_round() for one in body.rounds]
        refused = await self._world.rounds.enter(rounds, self._world.now())
        return _json(RoundsEntered.of(rounds, refused))


def routes_of(world: World, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""
    router = APIRouter(prefix=PREFIX, route_class=PlainRoute, tags=["internal"])
    routes = InternalRoutes(world, envelopes)

    def add(path: str, endpoint: Endpoint, body: dict[str, Any], answer: type[BaseModel], extra: Docs) -> None:
        docs = BY_ENVELOPE | body
        responses = {**REFUSALS, **extra}
        router.add_api_route(
            path, endpoint, methods=["POST"], response_model=answer, responses=responses, openapi_extra=docs
        )

    retry = sends("Retry-After")
    later: Docs = {202: {"model": Registration, "description": "Registered; the answer follows", **retry}}
    registered = {**problem_docs(RequestIdReused), **later}
    add("/drafts", routes.check_home_visit_draft, body_of(DraftBody, examples.DRAFT), DraftAnswer, {})
    add("/requests", routes.take_home_visit_request, body_of(RequestBody, examples.REQUEST), Registration, registered)
    token, gone = body_of(TokenBody, examples.TOKEN), problem_docs(NotFound)
    add("/documents/status", routes.check_home_visit_document, token, DocumentStatus, gone)
    add("/rounds", routes.enter_home_visit_rounds, body_of(RoundsBody, examples.ROUNDS), RoundsEntered, {})
    return router


def _json(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), status, headers, "application/json")
