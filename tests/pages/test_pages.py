"""Pages as a phone shows them: 0 findings of axe, no sideways scrolling, the keyboard alone, under their own policy."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from gateway.problem_guide import guides
from gateway.routes.problems import problem_page
from shared.documents.check import check_file
from shared.documents.page import Page, page_of
from shared.documents.sealed import Sealed
from shared.documents.web import HEADERS, document_page
from shared.documents.web_check import Shown, Standing, file_page, status_page, unknown_page
from shared.kit.reference.pages import index_page, operation_page, operations_of
from shared.law.text import LANGUAGES, Language
from tests.documents.conftest import NOW, Desk
from tests.documents.conftest import desk as desk  # noqa: PLC0414 - the desk of sealed documents serves here too.
from tests.openapi import document
from tests.pages.browser import FINDINGS, Tab, phone
from tests.pages.kinds import documents_of
from tests.programs import AXE, CHROMIUM, needs

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs(CHROMIUM, AXE),
]
SHOW = """(html => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
})"""
"""Puts another page of the same style in the place of the one that is open: axe is loaded once for a hundred pages."""
TAB = 9
PRESSED = "a[href], button, input, select, textarea, summary"
REACHED = f"[...document.querySelectorAll('{PRESSED}')].filter(one => one.checkVisibility())"
"""What a keyboard must reach on a page, in its order."""
Write = Callable[[Language], bytes]


@pytest.fixture(scope="module")
def pages(desk: Desk) -> dict[str, Write]:
    """Every page that people are shown, by name."""
    paper = asyncio.run(desk.pdf(desk.certificate()))
    certificate, refusal = (page_of(Sealed.read(jws)) for jws in (desk.certificate(), desk.refusal()))
    well = Standing("valid", NOW, NOW, is_test=True)
    fallen = Standing("withdrawn", NOW, NOW - timedelta(days=1))
    whole, changed = (check_file(data, desk.terms()) for data in (paper, paper + b"x"))
    api, guide = document("gateway").told, next(iter(guides().values()))
    others = {name: page_of(Sealed.read(jws)) for name, jws in documents_of(desk)}
    return {
        **{name: partial(document_page, page, here="/") for name, page in others.items()},
        **{f"check-{name}": partial(_check_of, page) for name, page in others.items()},
        "certificate": lambda one: document_page(certificate, one, "/"),
        "refusal": lambda one: document_page(refusal, one, "/"),
        "status": lambda one: status_page(Shown(certificate, well), one, "/verify/t"),
        "wrong-code": lambda one: status_page(Shown(refusal, fallen, wrong=True), one, "/verify/t"),
        "opened": lambda one: status_page(Shown(refusal, well, opened=True), one, "/verify/t"),
        "unknown": lambda one: unknown_page(one, "/verify/t"),
        "file": lambda one: file_page(one, "/verify", None),
        "file-well": lambda one: file_page(one, "/verify", whole),
        "file-changed": lambda one: file_page(one, "/verify", changed),
        "problem": lambda one: problem_page(guide, one),
        "reference": lambda one: index_page(api, one),
        "operation": lambda one: operation_page(api, "create_request", one),
    }


def _check_of(page: Page, language: Language) -> bytes:
    return status_page(Shown(page, Standing("replaced", NOW, NOW), opened=True), language, "/verify/t")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(pages: dict[str, Write]) -> AsyncIterator[str]:
    """Where the pages are served as the gateway serves them."""

    async def give(asked: web.Request) -> web.Response:
        language: Language = next(one for one in LANGUAGES if one == asked.match_info["language"])
        headers = {**HEADERS, "Content-Type": "text/html; charset=utf-8"}
        return web.Response(body=pages[asked.match_info["name"]](language), headers=headers)

    app = web.Application()
    app.router.add_get("/{name}/{language}", give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tab]:
    async with phone(tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest.mark.parametrize("language", LANGUAGES)
async def test_axe_finds_nothing_and_nothing_stands_beyond_the_edge(
    tab: Tab, address: str, pages: dict[str, Write], language: Language
) -> None:
    axe = Path(AXE.path or "").read_text(encoding="utf-8")  # noqa: ASYNC240 - one read before the browser is asked.
    for name in pages:
        await tab.open(f"{address}/{name}/{language}")
        await tab.run(axe)
        assert await tab.run(FINDINGS) == [], name
        assert await tab.run("document.documentElement.scrollWidth") == 360, name
        # The style is taken, so the policy allows it, and the browser objects to nothing else.
        assert await tab.run("getComputedStyle(document.querySelector('main')).maxWidth") == "704px", name
        assert [fault for fault in tab.faults if "favicon" not in fault] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_axe_finds_nothing_on_the_page_of_any_problem(tab: Tab, address: str, language: Language) -> None:
    await tab.open(f"{address}/problem/{language}")
    await tab.run(Path(AXE.path or "").read_text(encoding="utf-8"))  # noqa: ASYNC240 - one read.
    slugs = {slug for one in document("gateway").operations for slug in one.slugs()}
    assert slugs <= guides().keys()
    for slug in sorted(slugs):
        await tab.run(f"{SHOW}({json.dumps(problem_page(guides()[slug], language).decode())})")
        assert slug in await tab.run("document.body.textContent")
        assert await tab.run(FINDINGS) == [], slug
        assert await tab.run("document.documentElement.scrollWidth") == 360, slug


async def test_axe_finds_nothing_on_the_page_of_any_operation(tab: Tab, address: str) -> None:
    await tab.open(f"{address}/operation/kk")
    await tab.run(Path(AXE.path or "").read_text(encoding="utf-8"))  # noqa: ASYNC240 - one read.
    api = document("gateway").told
    for name in operations_of(api):
        await tab.run(f"{SHOW}({json.dumps(operation_page(api, name, 'kk').decode())})")
        assert await tab.run(FINDINGS) == [], name
        assert await tab.run("document.documentElement.scrollWidth") == 360, name


async def test_the_check_can_be_walked_by_the_keyboard_alone(tab: Tab, address: str) -> None:
    await tab.open(f"{address}/status/ru")
    seen = []
    for _ in range(6):
        await tab.press("Tab", TAB)
        seen.append(await tab.run("document.activeElement.id || document.activeElement.textContent"))
        assert await tab.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen == ["К содержанию", "Қазақша", "English", "code", "Показать", "Проверка файла"]


async def test_whatever_can_be_pressed_is_reached_by_the_keyboard_in_its_order_and_seen(
    tab: Tab, address: str, pages: dict[str, Write]
) -> None:
    for name in pages:
        await tab.open(f"{address}/{name}/kk")
        reached = []
        for _ in range(await tab.run(f"{REACHED}.length")):
            await tab.press("Tab", TAB)
            reached.append(await tab.run(f"{REACHED}.indexOf(document.activeElement)"))
            assert await tab.run("getComputedStyle(document.activeElement).outlineStyle") != "none", name
        assert reached, name
        assert reached == [*range(len(reached))], name
