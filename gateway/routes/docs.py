"""What the OpenAPI document says of answers that the routes of requests and documents make by hand."""

from typing import Any, Final

from gateway.identity import WITHOUT_SESSION
from gateway.refusals import (
    AlreadySigned,
    DocumentNotReady,
    DraftExpired,
    IntakeClosed,
    SignatureCannotBeChecked,
    SignatureNotConfirmed,
    SignatureUsedBefore,
    UnknownService,
)
from gateway.schemas.requests import RequestView
from shared.kit.idempotency import IdempotencyKeyReused
from shared.kit.openapi_parts import sends
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAcceptable, NotFound

Docs = dict[int | str, dict[str, Any]]

UNCHANGED: Final[Docs] = {304: {"description": "It is as `If-None-Match` knows it", **sends("ETag")}}
NOT_FOUND: Final = problem_docs(NotFound)
OWN: Final = WITHOUT_SESSION | NOT_FOUND
"""Of a request that only its applicant sees."""
CREATED: Final = {201: sends("Location"), **WITHOUT_SESSION, **problem_docs(UnknownService, IdempotencyKeyReused)}
SIGNED: Final = {
    200: sends("ETag"),
    202: {
        "model": RequestView,
        "description": "Signed and stored; the answer will be there by `answer_by`",
        **sends("ETag", "Location", "Retry-After"),
    },
    **OWN,
    **problem_docs(
        AlreadySigned,
        SignatureUsedBefore,
        IntakeClosed,
        DraftExpired,
        SignatureNotConfirmed,
        SignatureCannotBeChecked,
    ),
}
EVENTS: Final = {
    200: {
        "description": "An event `request` now and at each change, its `data` a RequestView; the answer is the last",
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": 'event: request\nid: 1\ndata: {"id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90", …}\n\n',
            }
        },
    },
    **OWN,
}
DOCUMENT: Final = WITHOUT_SESSION | problem_docs(NotFound, DocumentNotReady, NotAcceptable)
