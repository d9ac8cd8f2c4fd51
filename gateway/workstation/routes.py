"""Where the workstation is opened, and its files. Nothing of anybody's data is here: that comes by the end points."""

import json
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway.workstation.files import File, file_of, files
from gateway.workstation.shell import HEADERS, HERE, shell_page
from gateway.workstation.words import WORDS
from shared.kit.conditional import matches
from shared.kit.pages import language_wanted
from shared.kit.plain import PlainRoute
from shared.kit.problems import NotFound
from shared.law.text import LANGUAGES

router = APIRouter(prefix=HERE, route_class=PlainRoute, include_in_schema=False)
_JSON: Final = "application/json"
_WORDS: Final = {
    language: file_of(
        json.dumps({key: text.said_in(language) for key, text in WORDS.items()}, ensure_ascii=False).encode(), _JSON
    )
    for language in LANGUAGES
}


@router.get("")
async def workstation(http: Request) -> Response:
    """Show the page; whoever is to see anything on it logs in there."""
    language = language_wanted(http)
    told = {**HEADERS, "Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(shell_page(language), 200, told, "text/html; charset=utf-8")


@router.get("/words/{language}")
async def workstation_words(http: Request, language: str) -> Response:
    """Return all that the page says in one language."""
    return _answer(http, next((_WORDS[one] for one in LANGUAGES if one == language), None))


@router.get("/static/{name}")
async def workstation_file(http: Request, name: str) -> Response:
    """Return one of the page's own files."""
    return _answer(http, files().get(name))


@router.get("/static/screens/{name}")
async def workstation_screen(http: Request, name: str) -> Response:
    """Return the script of a screen."""
    return _answer(http, files().get(f"screens/{name}"))


def _answer(http: Request, file: File | None) -> Response:
    """Return a file, or 304 to whoever has it: a browser asks each time, so that a new release is taken at once."""
    if file is None:
        raise NotFound
    headers = {**HEADERS, "ETag": file.etag, "Cache-Control": "no-cache"}
    if matches(http.headers.get("if-none-match"), file.etag):
        return Response(status_code=304, headers=headers)
    return Response(file.content, 200, headers, file.media_type)
