"""What the OpenAPI document says of answers that the routes of requests and documents make by hand."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Final

from fastapi import Path
from pydantic import create_model

from gateway.destinations import DESTINATIONS
from gateway.formats import HTML, JOSE, JSON, PDF
from gateway.identity import WITHOUT_SESSION
from gateway.public_check import TOKEN_PATTERN
from gateway.refusals import (
    AlreadySigned,
    DocumentNotReady,
    DraftExpired,
    DraftNotAccepted,
    DraftNotPossible,
    IntakeClosed,
    SignatureCannotBeChecked,
    SignatureNotConfirmed,
    SignatureUsedBefore,
    UnknownService,
)
from gateway.schemas.desk import NewDeskRequest
from gateway.schemas.documents import SealedDocument
from gateway.schemas.requests import NewRequest, RequestView
from gateway.watch import TooManyWaiting
from shared.kit.casework.schemas import TOKEN_EXAMPLE
from shared.kit.idempotency import IdempotencyKeyReused
from shared.kit.openapi_parts import sends
from shared.kit.openapi_schemas import schema_of
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAcceptable, NotFound, Unavailable

Docs = dict[int | str, dict[str, Any]]
Code = Annotated[str, Path(max_length=40, pattern=r"^[a-z-]+$", examples=["home-visit"])]
Token = Annotated[str, Path(pattern=TOKEN_PATTERN, examples=[TOKEN_EXAMPLE["token"]])]
A_BIN: Final = ["130040900012"]

_FORMS: Final = reduce(or_, (destination.form for destination in DESTINATIONS.values()))
NEW_REQUEST: Final = create_model(
    NewRequest.__name__,
    __base__=NewRequest,
    __doc__=NewRequest.__doc__,
    form=(_FORMS, ...),
)
NEW_DESK_REQUEST: Final = create_model(
    NewDeskRequest.__name__, __base__=NewDeskRequest, __doc__=NewDeskRequest.__doc__, form=(_FORMS, ...)
)
"""A new request as it is told, with each service's form; it is read in two steps, first without."""
UNCHANGED: Final[Docs] = {304: {"description": "It is as `If-None-Match` knows it", **sends("ETag")}}
NOT_FOUND: Final = problem_docs(NotFound)
OWN: Final = WITHOUT_SESSION | NOT_FOUND
"""Of a request that only its applicant sees."""
WAITING: Final = problem_docs(TooManyWaiting)
CREATED: Final = {
    201: sends("Location"),
    **WITHOUT_SESSION,
    **problem_docs(UnknownService, DraftNotPossible, DraftNotAccepted, IdempotencyKeyReused),
}
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
    **WAITING,
}
DOCUMENT: Final = {
    200: {
        "description": "The answer: a certificate, or a refusal that names every ground",
        "content": {
            JOSE: {"schema": {"type": "string"}},
            JSON: {"schema": schema_of(SealedDocument)},
            PDF: {"schema": {"type": "string", "format": "binary"}},
            HTML: {"schema": {"type": "string"}},
        },
    },
    **WITHOUT_SESSION,
    **problem_docs(NotFound, DocumentNotReady, NotAcceptable, Unavailable),
}
STATUS_LIST: Final = {
    200: {"description": "The sealed list", "content": {JOSE: {"schema": {"type": "string"}}}},
    **problem_docs(NotFound, Unavailable),
}
