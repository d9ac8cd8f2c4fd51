"""Pages as they leave: their language, and the one strict policy of all pages."""

from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response

from shared.documents.web import HEADERS
from shared.kit.language import language_of
from shared.law.text import Language

_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


def language_wanted(request: Request) -> Language:
    """Return the language that the address names (``?lang=ru``), else that of ``Accept-Language``."""
    named = request.query_params.get("lang")
    return next((one for one in _LANGUAGES if one == named), language_of(request))


def page_answer(page: bytes, language: Language, status: int = 200, **headers: str) -> Response:
    """Return a page as an answer; ``headers`` are named with underscores."""
    more = {name.replace("_", "-").title(): value for name, value in headers.items()}
    told = {**HEADERS, "Content-Language": language, "Vary": "Accept, Accept-Language", **more}
    return Response(page, status, told, "text/html; charset=utf-8")
