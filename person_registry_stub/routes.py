"""The lookups: by POST, so that no number stands in a URL; for the callers that the registry knows, with a purpose."""

from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter
from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from person_registry_stub import examples
from person_registry_stub.desk import Desk, Lookup
from person_registry_stub.registers import Registers
from shared.kit.bodies import body_of, read_body
from shared.kit.callers import BY_ENVELOPE
from shared.kit.envelope import EnvelopeRefused, Envelopes
from shared.kit.persons import Number, Stated
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.registry import MEDIA_TYPE, ORGANISATIONS, PERSONS, Nonce

Purpose = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[0-9]{1,2}(\.[0-9]{1,2}){0,3}$")]
"""Why the data are needed: a clause; it is written into the log of accesses, where nobody's name may come to stand."""


class PersonQuestion(Stated):
    """Who is asked for, why, and a nonce that the answer repeats."""

    iin: Number
    purpose: Purpose
    nonce: Nonce


class OrganisationQuestion(Stated):
    """Which legal person is asked for, why, and a nonce that the answer repeats."""

    bin: Number
    purpose: Purpose
    nonce: Nonce


_SEALED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "A JWS over the statement", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    **problem_docs(EnvelopeRefused),
}


def lookup_routes(envelopes: Envelopes, registers: Registers, desk: Desk) -> APIRouter:
    """Return the routes of the two registers."""
    routes = APIRouter(route_class=PlainRoute, tags=["registry"], responses=_SEALED, default_response_class=Response)

    async def caller_of(request: Request) -> str:
        body = await request.body()
        return envelopes.open(request.headers.get("authorization"), request.method, request.scope["path"], body)

    @routes.post(PERSONS, openapi_extra=BY_ENVELOPE | body_of(PersonQuestion, examples.PERSON))
    async def look_up_person(request: Request) -> Response:
        """Tell what is known of a natural person by IIN: a JWS over a PersonStatement."""
        caller = await caller_of(request)
        question = await read_body(request, PersonQuestion)
        structlog.get_logger().info("registry.asked", register="persons", caller=caller, purpose=question.purpose)
        another = registers.another_person(question.iin)
        return desk.answer(Lookup(question.iin, question.nonce, another, registers.tell_of_person))

    @routes.post(ORGANISATIONS, openapi_extra=BY_ENVELOPE | body_of(OrganisationQuestion, examples.ORGANISATION))
    async def look_up_organisation(request: Request) -> Response:
        """Tell what is known of a legal person by BIN: a JWS over an OrganisationStatement."""
        caller = await caller_of(request)
        question = await read_body(request, OrganisationQuestion)
        structlog.get_logger().info("registry.asked", register="organisations", caller=caller, purpose=question.purpose)
        another = registers.another_organisation(question.bin)
        return desk.answer(Lookup(question.bin, question.nonce, another, registers.tell_of_organisation))

    return routes
