"""The pages of the public check, from the QR code of a paper; no login, no script, not for search engines."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway.addresses import network_of
from gateway.formats import HTML, JSON, chosen
from gateway.public_check import Found, check, find, fits
from gateway.uploads import field_of, file_of
from gateway.visits import CODES, FILES, LOOKS, Allowance, Visits
from gateway.world import World, world_of
from shared.documents import check_words as words
from shared.documents.page import page_of
from shared.documents.web_check import Shown, Standing, file_page, status_page, unknown_page
from shared.kit.pages import language_wanted, page_answer
from shared.kit.plain import PlainRoute
from shared.kit.problems import NotFound, TooManyRequests

router = APIRouter(route_class=PlainRoute, include_in_schema=False)
NOT_FOUND, TOO_OFTEN, NOT_OPENED = 404, 429, 403
NO_ROBOT: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def count_visit(http: Request, world: World, allowance: Allowance, about: str = "") -> None:
    """Count a visit of this network; raises TooManyRequests for one too many."""
    visits: Visits = http.app.state.visits
    who = f"{network_of(http, world.settings.trusted_proxies)} {about}"
    visits.count(allowance, who, world.now())


@router.get("/verify/{token}")
async def check_page(http: Request, token: str) -> Response:
    """Show how a document stands; the same as JSON where that is asked for."""
    world, language, here = world_of(http), language_wanted(http), http.url.path
    kind = chosen(http.headers.get("accept", "*/*"), (HTML, JSON))
    try:
        count_visit(http, world, LOOKS)
    except TooManyRequests as problem:
        return _refused(http, problem, as_page=kind == HTML)
    found = await find(world, token)
    if kind == JSON:
        if found is None:
            raise NotFound
        return Response(found.status.model_dump_json(), media_type=JSON, headers=NO_ROBOT)
    if found is None:
        return page_answer(unknown_page(language, here), language, NOT_FOUND)
    return page_answer(status_page(_shown(world, found), language, here), language)


@router.post("/verify/{token}")
async def open_page(http: Request, token: str) -> Response:
    """Show what the document says of people to whoever types the code that stands on its paper."""
    world, language, here = world_of(http), language_wanted(http), http.url.path
    typed = await field_of(http, "code")
    try:
        count_visit(http, world, CODES, token[:64])
    except TooManyRequests as problem:
        return _refused(http, problem, as_page=True)
    found = await find(world, token)
    if found is None:
        return page_answer(unknown_page(language, here), language, NOT_FOUND)
    opened = fits(found.sealed, typed)
    page = status_page(_shown(world, found, opened=opened, wrong=not opened), language, here)
    return page_answer(page, language, 200 if opened else NOT_OPENED)


@router.get("/verify")
async def choose_file_page(http: Request) -> Response:
    """Show where a file is chosen."""
    language = language_wanted(http)
    return page_answer(file_page(language, http.url.path, None), language)


@router.post("/verify")
async def check_file_page(http: Request) -> Response:
    """Check a chosen file and say what in it does not hold; the file is not kept."""
    world, language, here = world_of(http), language_wanted(http), http.url.path
    try:
        count_visit(http, world, FILES)
    except TooManyRequests as problem:
        return _refused(http, problem, as_page=True)
    data = await file_of(http)
    if not data:
        return page_answer(file_page(language, here, None, words.NO_FILE), language, 422)
    return page_answer(file_page(language, here, await check(world, data)), language)


def _shown(world: World, found: Found, *, opened: bool = False, wrong: bool = False) -> Shown:
    status = found.status
    standing = Standing(status.status, status.checked_at, status.status_as_of, world.trust.is_test)
    return Shown(page_of(found.sealed), standing, opened, wrong)


def _refused(http: Request, problem: TooManyRequests, *, as_page: bool) -> Response:
    """Return the page of too many visits; raises the problem where no page is asked for."""
    if not as_page:
        raise problem
    language = language_wanted(http)
    page = unknown_page(language, http.url.path, words.TOO_OFTEN)
    return page_answer(page, language, TOO_OFTEN, retry_after=problem.headers["Retry-After"])
