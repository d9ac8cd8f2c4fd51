"""Internal routes: a call is opened by its envelope, from a caller on the route's list, before its body is read."""

from collections.abc import Collection
from typing import Any, Final, TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from shared.kit.bodies import read_body
from shared.kit.envelope import EnvelopeRefused, Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Forbidden

M = TypeVar("M", bound=BaseModel)
BY_ENVELOPE: Final[dict[str, Any]] = {"security": [{"envelope": []}]}
"""The ``openapi_extra`` of a route that opens envelopes."""
REFUSALS: Final = problem_docs(EnvelopeRefused, Forbidden)
"""The ``responses`` of a route that opens envelopes of some callers only."""


async def caller_of(request: Request, envelopes: Envelopes, callers: Collection[str]) -> str:
    """Return the name of the caller, who is one of the ``callers``.

    Raises:
        EnvelopeRefused: There is no envelope, or none of exactly this call.
        Forbidden: The caller is known and not on the list.
    """
    body = await request.body()
    caller = envelopes.open(request.headers.get("authorization"), request.method, request.scope["path"], body)
    if caller not in callers:
        raise Forbidden
    return caller


async def read_call(request: Request, envelopes: Envelopes, callers: Collection[str], model: type[M]) -> M:
    """Return the body of a call from one of the ``callers``.

    Raises:
        EnvelopeRefused, Forbidden: As ``caller_of`` does.
        UnsupportedMediaType, BadRequest, Unprocessable: As ``read_body`` does.
    """
    await caller_of(request, envelopes, callers)
    return await read_body(request, model)
