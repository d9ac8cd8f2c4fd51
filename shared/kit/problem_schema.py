"""How problems stand in an OpenAPI document: one schema, one example a problem, one response a status."""

from collections.abc import Mapping
from typing import Any, Final

from shared.kit.openapi_parts import Json, reference, sends
from shared.kit.problems import NotAuthenticated, Problem, TooManyRequests, Unavailable, UpstreamTooSlow

MEDIA_TYPE: Final = "application/problem+json"
PROBLEM: Final = "Problem"
PROBLEM_SCHEMA: Final[Json] = {
    "description": "An RFC 9457 problem; `type` is stable, the texts are for people, some problems have more members.",
    "type": "object",
    "required": ["type", "title", "titles", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "In the language of Content-Language."},
        "titles": reference("schemas", "ProblemTitles"),
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "What exactly was wrong, for machines."},
        "clause": {"type": "string", "description": "The clause of the regulation that asks for it."},
        "errors": {"type": "array", "items": reference("schemas", "ProblemFault")},
        "trace_id": {"type": "string", "description": "Tell it to those who run the system."},
    },
    "additionalProperties": True,
}
SCHEMAS: Final[Json] = {
    PROBLEM: PROBLEM_SCHEMA,
    "ProblemTitles": {
        "description": "The title in the three languages.",
        "type": "object",
        "required": ["kk", "ru", "en"],
        "properties": {language: {"type": "string"} for language in ("kk", "ru", "en")},
    },
    "ProblemFault": {
        "description": "One thing wrong in a body; never the value.",
        "type": "object",
        "required": ["pointer", "code"],
        "properties": {
            "pointer": {"type": "string", "description": "RFC 6901; where in the body."},
            "code": {"type": "string"},
        },
    },
}
_SENDS: Final[Mapping[type[Problem], tuple[str, ...]]] = {
    NotAuthenticated: ("WWW-Authenticate",),
    TooManyRequests: ("Retry-After",),
    Unavailable: ("Retry-After",),
    UpstreamTooSlow: ("Retry-After",),
}


def problem_docs(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that can end in these problems; those of one status share an entry."""
    told: dict[int | str, Json] = {}
    for kind in kinds:
        told[kind.status] = merged(told.get(kind.status, {}), _response(kind))
    return told


def merged(one: Json, other: Json) -> Json:
    """Return the response that two responses of one status with problems in them make together."""
    examples = examples_of(one) | examples_of(other)
    headers = one.get("headers", {}) | other.get("headers", {})
    return {
        "description": "; ".join(f"{told['summary']} (`/problems/{slug}`)" for slug, told in examples.items()),
        **({"headers": headers} if headers else {}),
        "content": {MEDIA_TYPE: {"schema": reference("schemas", PROBLEM), "examples": examples}},
    }


def examples_of(response: Json) -> Json:
    """Return the problems of a response by their slugs; none for a response that tells no problem."""
    examples: Json = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
    return examples


def _response(kind: type[Problem]) -> Json:
    headers = next((names for above, names in _SENDS.items() if issubclass(kind, above)), ())
    title = kind.title.as_dict()
    value = {"type": f"/problems/{kind.slug}", "title": kind.title.en, "titles": title, "status": kind.status}
    example = {"summary": kind.title.en, "value": value}
    return {**sends(*headers), "content": {MEDIA_TYPE: {"examples": {kind.slug: example}}}}
