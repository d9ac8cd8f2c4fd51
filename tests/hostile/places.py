"""Where a string can stand in a request: every place of a body, every parameter of path, query and header."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any

from tests.hostile.bodies import BODIES, KINDS
from tests.hostile.strings import CANARY, HEADER_TEXTS, HEAVY, NEVER, OTHER, UNPLAIN, URL_TEXTS
from tests.hostile.walk import Hostile
from tests.openapi import Document, Operation
from tests.system.asks import Ask
from tests.system.operations import guards_of, parameters_of, properties_of

MARK = "\u0001here\u0001"
Pointer = tuple[str | int, ...]
PASSWORDS = {"password"}
OF_LINES = {"complaint", "reason"}
LINE_ENDS = {"escaped line end", "forged log line"}
"""What a person may write there in several lines; as JSON of one line it reaches whoever reads it."""
FREE = ("evidence",)
"""The gateway's own account of a signature: a service keeps it and reads nothing in it."""


def places_of(body: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Yield every place of a JSON value below its root, objects and lists among them, with what stands there."""
    members = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in members:
        yield (*at, name), value
        yield from places_of(value, (*at, name))


def with_value(body: Any, at: Pointer, value: bytes) -> bytes:
    """Return the body as JSON, with these bytes in one place."""
    marked = json.loads(json.dumps(body))
    inner = marked
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = MARK
    return json.dumps(marked, ensure_ascii=False).encode().replace(json.dumps(MARK).encode(), value)


def hostile_values(body: Any, *, strict: bool) -> Iterator[Hostile]:
    """Yield each value of the corpus in each place of a body.

    What is no JSON is turned away before any place of it is looked at: it stands in one place, another for each value.

    Args:
        body: One that is taken.
        strict: Whether texts are kept here, so that those that are not plain must be refused; a stub is not strict.
    """
    places = [(at, now) for at, now in places_of(body) if at]
    for (told, value), (at, _) in zip((NEVER | HEAVY).items(), cycle(places), strict=False):
        if value or not isinstance(at[-1], int):  # A list may as well have nothing in it.
            yield Hostile(f"{_pointer(at)} {told}", _put(at, value), refused=True)
    for at, now in places:
        texts = UNPLAIN if isinstance(now, str) else {}
        unplain = strict and at[0] not in FREE and at[-1] not in PASSWORDS
        for told, value in (texts | OTHER).items():
            lawful = at[-1] in OF_LINES and told in LINE_ENDS
            refused = (told in texts and unplain and not lawful) or (at[0] not in FREE and _of_another_type(now, value))
            yield Hostile(f"{_pointer(at)} {told}", _put_and_complete(at, value), refused)


def _pointer(at: Pointer) -> str:
    return "/" + "/".join(map(str, at))


def _put(at: Pointer, value: bytes) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, raw=with_value(good.body, at, value), complete=None)


def _put_and_complete(at: Pointer, value: bytes) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, raw=with_value(good.body, at, value))


def _of_another_type(now: Any, value: bytes) -> bool:
    """Say whether a value is of another JSON type than the one that is taken there; null may be lawful."""
    try:
        said = json.loads(value)
    except ValueError:
        return True
    kinds = ((bool,), (int, float), (str,), (list,), (dict,))
    kind = next((kind for kind in kinds if isinstance(now, kind)), None)
    return said is not None and kind is not None and not isinstance(said, kind)


def hostile_bodies(body: Any) -> Iterator[Hostile]:
    """Yield each body that is no body, and a good body under each name under which none is taken."""
    for name, made in BODIES.items():
        yield Hostile(f"body: {name}", _made(made), refused=True)
    for kind in KINDS:
        yield Hostile(f"Content-Type: {kind}", _called(kind), refused=True)
    for at, inner in places_of(body):
        if isinstance(inner, dict) and at[0] not in FREE:
            unknown = json.dumps(inner | {CANARY: CANARY}).encode()
            yield Hostile(f"{_pointer(at)} with an unknown key", _put(at, unknown), refused=True)


def _made(made: Callable[[dict[str, Any]], bytes]) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, raw=made(good.body), complete=None)


def _called(kind: str) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, kind=kind)


def hostile_targets(operation: Operation) -> Iterator[Hostile]:
    """Yield each text in each parameter of path and query."""
    for name in parameters_of(operation, "path"):
        for text in URL_TEXTS:
            yield Hostile(f"{{{name}}} {text[:40]}", _in_path(name, text))
    for name in parameters_of(operation, "query"):
        for text in (*URL_TEXTS, "", f"1&{name}=2", "+"):
            yield Hostile(f"?{name}= {text[:40]}", _in_query(name, text))


def _in_path(name: str, text: str) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, path={**good.path, name: text})


def _in_query(name: str, text: str) -> Callable[[Ask], Ask]:
    return lambda good: dataclasses.replace(good, query={**good.query, name: text})


FEW = 6
"""Every so many-th."""
OF_BODIES = ("Content-Type", "Content-Encoding", "Content-Length")
ALONE = {"Authorization", "Idempotency-Key", *OF_BODIES}
"""Headers that end a request by themselves, so that each is tried alone; the others are all tried at once."""
TOGETHER = (
    *("Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Access-Control-Request-Method", "Cookie"),
    *("Expect", "Forwarded", "From", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "Origin"),
    *("Prefer", "Range", "Referer", "TE", "Traceparent", "Tracestate", "Upgrade", "User-Agent", "Via", "X-Account"),
    *("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-User", "X-HTTP-Method-Override"),
    *("X-Iin", "X-Original-URL", "X-Real-Ip", "X-Request-Id", "X-Rewrite-URL"),
)


def hostile_headers(operation: Operation, *, dear: bool) -> Iterator[Hostile]:
    """Yield each text in each header that anything between the caller and us might read.

    Where a good request is ``dear``, for it is used up by being taken, a few of them stand for all that change nothing.
    """
    own = tuple(name for name in parameters_of(operation, "header") if name not in {*ALONE, *TOGETHER})
    alone = [
        *ALONE.intersection(parameters_of(operation, "header")),
        *(["Authorization"] if guards_of(operation) else []),
    ]
    alone += OF_BODIES if operation.body else []
    for number, text in enumerate(HEADER_TEXTS):
        said = f"{text[:40]!r}"
        if not dear or number % FEW == 0:
            yield Hostile(f"all headers {said}", _as_it_is, headers=tuple((name, text) for name in (*TOGETHER, *own)))
        for name in alone:
            yield Hostile(f"{name}: {said}", _as_it_is, headers=((name, text),))


def _as_it_is(good: Ask) -> Ask:
    return good


def untold_properties(operation: Operation, body: Any) -> Iterator[str]:
    """Yield the properties of an operation's schema that a body does not have, so that nothing hostile stands there."""
    if operation.body is not None:
        yield from _untold(operation.document, operation.body["schema"], body, "")


def _untold(document: Document, schema: Mapping[str, Any], body: Any, at: str) -> Iterator[str]:
    schema = document.resolved(schema)
    if isinstance(body, list):
        for one in body:
            yield from _untold(document, schema.get("items", {}), one, f"{at}/-")
    if isinstance(body, dict):
        for name, told in properties_of(document, schema):
            if name not in body:
                yield f"{at}/{name}"
            else:
                yield from _untold(document, told, body[name], f"{at}/{name}")
