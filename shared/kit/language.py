"""Which of the three languages a person asked for (RFC 9110, 12.5.4): Kazakh unless they say otherwise."""

from functools import lru_cache
from typing import get_args

from starlette.requests import HTTPConnection
from starlette.types import Scope

from shared.law.text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "kk"


def language_of(request: HTTPConnection) -> Language:
    """Return the language of ``Accept-Language``, Kazakh when none of ours is acceptable."""
    return language_in(request.scope)


def language_in(scope: Scope) -> Language:
    """Return the language that an ASGI scope's headers ask for."""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value)
    return DEFAULT


@lru_cache(maxsize=256)
def preferred(header: bytes) -> Language:
    """Return our language with the highest weight; among equals the one named first."""
    best, best_weight = DEFAULT, 0.0
    for part in header[:200].decode("latin-1").split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        language = _ours(tag)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _ours(tag: str) -> Language | None:
    primary = tag.strip().lower().partition("-")[0]
    if primary == "*":
        return DEFAULT
    return next((language for language in LANGUAGES if language == primary), None)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
