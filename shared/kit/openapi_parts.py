"""Parts of an OpenAPI document that many operations share, each told once: headers, and how a caller is known."""

from collections.abc import Iterator
from typing import Any, Final

from shared.kit.language import DEFAULT

Json = dict[str, Any]
_TEXT: Final = {"type": "string"}


def reference(kind: str, name: str) -> Json:
    """Return a reference to a component, as ``reference("headers", "ETag")``."""
    return {"$ref": f"#/components/{kind}/{name}"}


def _header(name: str, description: str, *, required: bool = False, **schema: object) -> Json:
    told = {"name": name, "in": "header", "description": description}
    return {**told, "required": required, "schema": {**_TEXT, **schema}}


PARAMETERS: Final = {
    "AcceptLanguage": _header(
        "Accept-Language",
        f"The language of a problem's `title` and `detail`: kk, ru or en; `{DEFAULT}` unless told (RFC 9110, 12.5.4).",
        examples=["ru", "kk, ru;q=0.5"],
    ),
    "IdempotencyKey": _header(
        "Idempotency-Key",
        "Any text of your own, new for each new request, best a UUID. The same key with the same body gets the same "
        "answer, and nothing happens twice; keys are kept for a day at least.",
        required=True,
        minLength=1,
        maxLength=202,
        pattern=r'^"?[\x21\x23-\x7e]{1,200}"?$',
        examples=["0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"],
    ),
    "IfMatch": _header(
        "If-Match",
        "The `ETag` of what you saw: 412 if it has changed since, 428 without this header.",
        required=True,
        maxLength=200,
    ),
    "IfNoneMatch": _header(
        "If-None-Match", "The `ETag` that you have: 304 without a body if it still holds.", maxLength=200
    ),
    "Prefer": _header(
        "Prefer",
        "`wait=N` waits up to N seconds, 60 at most, for the next change (RFC 7240).",
        examples=["wait=20"],
    ),
}
HEADERS: Final = {
    "ETag": {"description": "The version of what is told.", "required": True, "schema": _TEXT},
    "Link": {"description": 'The next page, `rel="next"`; absent on the last (RFC 8288).', "schema": _TEXT},
    "Location": {
        "description": "Where it can be read.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "RetryAfter": {
        "description": "Seconds after which to ask again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWWAuthenticate": {
        "description": "How to say who asks (RFC 9110, 11.6.1).",
        "required": True,
        "schema": _TEXT,
    },
}
SECURITY_SCHEMES: Final = {
    "envelope": {
        "type": "http",
        "scheme": "Envelope",
        "description": "A JWT (ES256, typ `envelope+jwt`) of a service on the route's list, bound to method, path and "
        "body, valid for a minute and for one call: `Authorization: Envelope <jws>`.",
    }
}
PARTS: Final[dict[str, dict[str, Any]]] = {"parameters": PARAMETERS, "headers": HEADERS}
_NAMES: Final = {"Retry-After": "RetryAfter", "WWW-Authenticate": "WWWAuthenticate"}
_BY_NAME: Final = {told["name"].lower(): key for key, told in PARAMETERS.items()}


def sends(*headers: str) -> Json:
    """Return what a response's documentation says of its headers, by their names in HTTP."""
    told = {name: reference("headers", _NAMES.get(name, name)) for name in headers}
    return {"headers": told} if told else {}


def takes(*headers: str) -> Json:
    """Return the ``openapi_extra`` of a route that reads these request headers by hand, by their names in HTTP."""
    return {"parameters": [reference("parameters", _BY_NAME[name.lower()]) for name in headers]}


def shared(parameters: list[Json]) -> Iterator[Json]:
    """Yield an operation's parameters, those that many share as references."""
    for told in parameters:
        key = _BY_NAME.get(told.get("name", "").lower()) if told.get("in") == "header" else None
        yield told if key is None else reference("parameters", key)
