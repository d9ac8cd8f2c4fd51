"""How problems stand in an OpenAPI document."""

from typing import Any

from shared.kit.problems import Problem

MEDIA_TYPE = "application/problem+json"
PROBLEM = "Problem"
_TEXTS = {
    "type": "object",
    "required": ["kk", "ru", "en"],
    "properties": {language: {"type": "string"} for language in ("kk", "ru", "en")},
}
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": PROBLEM,
    "description": "An RFC 9457 problem; `type` is stable, the texts are for people.",
    "type": "object",
    "required": ["type", "title", "titles", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "In the language of Content-Language."},
        "titles": {**_TEXTS, "title": "ProblemTitles"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "What exactly was wrong, for machines."},
        "errors": {
            "type": "array",
            "items": {
                "title": "ProblemFault",
                "type": "object",
                "required": ["pointer", "code"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901; where in the body."},
                    "code": {"type": "string"},
                },
            },
        },
        "trace_id": {"type": "string", "description": "Tell it to those who run the system."},
    },
    "additionalProperties": True,
}


def problem_docs(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that can end in these problems; those of one status share an entry."""
    told: dict[int | str, list[str]] = {}
    for kind in kinds:
        told.setdefault(kind.status, []).append(f"{kind.title.en} (`/problems/{kind.slug}`)")
    return {
        status: {
            "description": "; ".join(titles),
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}},
        }
        for status, titles in told.items()
    }
