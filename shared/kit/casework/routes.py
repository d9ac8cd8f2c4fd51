"""The internal URLs that every service has, for the gateway: a draft, a signed request, the status of a document."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from shared.kit.bodies import body_of
from shared.kit.callers import BY_ENVELOPE, REFUSALS, read_call
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.case_file_route import add_case_file_route
from shared.kit.casework.draft_schemas import DraftAnswer, UnsignedRequest
from shared.kit.casework.entries import NewEntry
from shared.kit.casework.official_schemas import REVIEW, ReviewBody
from shared.kit.casework.paper_routes import add_paper_routes
from shared.kit.casework.process import Casework, register
from shared.kit.casework.registration import RequestIdReused, Term, known_provider, new_entry
from shared.kit.casework.reviewing import entry_of_review, require_reopened
from shared.kit.casework.schemas import TOKEN_EXAMPLE, DocumentStatus, Registration, SignedRequest, TokenBody
from shared.kit.casework.signed_content import says_the_same
from shared.kit.envelope import Envelopes
from shared.kit.openapi_parts import sends
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, Problem, Unprocessable
from shared.kit.review_problems import NotReviewable
from shared.law.channels import Channel

PREFIX = "/internal/v1"
GATEWAY_ONLY = frozenset({"gateway"})
OPERATOR_ONLY = frozenset({"operator"})
CLINICS = GATEWAY_ONLY | OPERATOR_ONLY
"""Who brings what clinics enter: the gateway, which knows for which provider its caller acts, and the operator."""
RETRY_AFTER_SECONDS = 2

Endpoint = Callable[[Request], Awaitable[Response]]
Docs = dict[int | str, dict[str, Any]]
D = TypeVar("D", bound=UnsignedRequest)
R = TypeVar("R", bound=SignedRequest)


@dataclass(frozen=True, slots=True)
class Reception(Generic[D, R]):
    """What a service adds to the routes: its bodies with an example of each, its answer to a draft, the term it counts.

    ``service`` is its public code (``home-visit``); ``provider_of`` says which provider a signed request is to.
    """

    service: str
    draft: tuple[type[D], dict[str, Any]]
    request: tuple[type[R], dict[str, Any]]
    say_of_draft: Callable[[D], Awaitable[DraftAnswer]]
    term_of: Callable[[R], Term]
    provider_of: Callable[[R], str]
    draft_problems: tuple[type[Problem], ...] = ()
    """By which a draft is told that it cannot be, as when a slot is taken (AP-9)."""


class CaseworkRoutes(Generic[D, R]):
    """The common routes of one service."""

    def __init__(self, work: Casework, reception: Reception[D, R], envelopes: Envelopes) -> None:
        self._work, self._reception, self._envelopes = work, reception, envelopes

    async def check_draft(self, request: Request) -> Response:
        """Say early what cannot be; nothing is refused."""
        draft = await read_call(request, self._envelopes, GATEWAY_ONLY, self._reception.draft[0])
        return json_response(await self._reception.say_of_draft(draft))

    async def take_request(self, request: Request) -> Response:
        """Register a signed request and, if all goes well, answer it within the same exchange."""
        received_at = self._work.clock.now()
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, self._reception.request[0])
        await require_reopened(self._work, asked)
        return await taken(self._work, self._entry(asked, received_at))

    async def take_review(self, request: Request) -> Response:
        """Register a call for a review of a refusal by a person; it is answered by an official only."""
        received_at = self._work.clock.now()
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, ReviewBody)
        return await taken(self._work, await entry_of_review(self._work, asked, received_at))

    async def check_document(self, request: Request) -> Response:
        """Tell whether a document is ours and valid, and nothing about a person."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, TokenBody)
        issued = await self._work.journal.issued(asked.token)
        if issued is None:
            raise NotFound
        provider = known_provider(issued.provider_bin)
        return json_response(DocumentStatus.of(issued, provider, self._reception.service))

    def _entry(self, asked: R, received_at: datetime) -> NewEntry:
        reception = self._reception
        now = self._work.clock.now()
        new = new_entry(asked, reception.provider_of(asked), reception.term_of(asked), received_at=received_at, now=now)
        # A request of the desk whose bytes say something else is no request of that person; the portal's is refused
        # with its ground (HV-15.2.2), which the desk does not have.
        if Channel(asked.channel) is not Channel.PORTAL and not says_the_same(new.numbered("", reception.service)):
            raise Unprocessable(errors=[{"pointer": "/content", "code": "another-request"}])
        return new


async def taken(work: Casework, new: NewEntry) -> Response:
    """Register an entry, try to answer it within the same exchange, and tell where it stands."""
    entry = await register(work, new)
    if entry is not None:
        await try_within_exchange(work, entry)
    standing = await work.journal.standing(new.request_id)
    if standing is None:
        raise NotFound
    if standing.answered_at is None:
        return json_response(Registration.of(standing), 202, {"Retry-After": str(RETRY_AFTER_SECONDS)})
    return json_response(Registration.of(standing))


def casework_router(work: Casework, reception: Reception[D, R], envelopes: Envelopes) -> APIRouter:
    """Return the router of the common routes; a service adds its own to it by ``add_internal``."""
    router = APIRouter(prefix=PREFIX, route_class=PlainRoute, tags=["internal"])
    routes = CaseworkRoutes(work, reception, envelopes)
    slug = reception.service.replace("-", "_")
    later: Docs = {
        202: {"model": Registration, "description": "Registered; the answer follows", **sends("Retry-After")}
    }
    registered = {**problem_docs(RequestIdReused, NotReviewable), **later}
    token = (TokenBody, TOKEN_EXAMPLE)
    hindered = problem_docs(*reception.draft_problems)
    add_internal(router, f"check_{slug}_draft", "/drafts", routes.check_draft, reception.draft, DraftAnswer, hindered)
    add_internal(
        router, f"take_{slug}_request", "/requests", routes.take_request, reception.request, Registration, registered
    )
    add_internal(
        router, f"check_{slug}_document", "/documents/status", routes.check_document, token, DocumentStatus,
        problem_docs(NotFound),
    )  # fmt: skip
    if work.officials is not None:
        reviewed = {**problem_docs(RequestIdReused, NotReviewable), **later}
        review = (ReviewBody, REVIEW)
        add_internal(router, f"take_{slug}_review", "/reviews", routes.take_review, review, Registration, reviewed)
    add_paper_routes(router, reception.service, work.papers, envelopes)
    add_case_file_route(router, reception.service, work.case_files, envelopes)
    return router


def add_internal(  # noqa: PLR0913, PLR0917 - a route has as many parts.
    router: APIRouter,
    name: str,
    path: str,
    endpoint: Endpoint,
    body: tuple[type[BaseModel], dict[str, Any]],
    answer: type[BaseModel],
    extra: Docs | None = None,
) -> None:
    """Add a route that opens an envelope, by its operation id, with its body's model and example."""
    router.add_api_route(
        path,
        endpoint,
        methods=["POST"],
        name=name,
        response_model=answer,
        responses={**REFUSALS, **(extra or {})},
        openapi_extra=BY_ENVELOPE | body_of(*body),
    )


def json_response(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a model as a JSON answer."""
    return Response(body.model_dump_json(), status, headers, "application/json")
