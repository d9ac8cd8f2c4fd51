"""OCSP in place of a list that cannot be had (EDS step 3): with our nonce, from the configured address only."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from gateway.conditions import confirm_signature
from nca_stub.responder import Responder
from shared.eds.crl_store import CrlStore
from shared.eds.verdict import Verdict
from tests.gateway.portal import AIGUL, NOW, SERIK, Portal

CONTENT = b"content"


@dataclass
class Desk:
    """A responder that gives whatever the test makes of the right answer."""

    portal: Portal
    url: str = ""
    status: int = 200
    behind: timedelta = timedelta()
    spoilt: bool = False
    asked: int = 0

    async def give(self, request: web.Request) -> web.Response:
        self.asked += 1
        answer = Responder(self.portal.keys.authority).answer(await request.read(), NOW - self.behind)
        return web.Response(body=answer[:-1] if self.spoilt else answer, status=self.status)

    async def verdict(self, iin: str = AIGUL, urls: tuple[str, ...] | None = None) -> Verdict:
        """Have a signature checked by a gateway without any list."""
        world = self.portal.world
        settings = world.settings.model_copy(update={"ocsp_urls": (self.url,) if urls is None else urls})
        bare = replace(world, settings=settings, revocation=CrlStore(world.trust))
        cms = self.portal.keys.sign(AIGUL, CONTENT, NOW)
        return await confirm_signature(bare, (cms, CONTENT), iin, NOW)


@pytest.fixture
async def desk(portal: Portal) -> AsyncIterator[Desk]:
    desk, app = Desk(portal), web.Application()
    app.router.add_post("/ocsp", desk.give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server: Any = site._server
    desk.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/ocsp"
    yield desk
    await runner.cleanup()


async def test_without_a_list_the_authority_is_asked_and_its_answer_is_kept(desk: Desk) -> None:
    verdict = await desk.verdict()
    assert (verdict.code, desk.asked) == ("confirmed", 1)
    assert "ocsp" in verdict.evidence["revocation"]


async def test_an_answer_confirms_nothing_else(desk: Desk) -> None:
    assert (await desk.verdict(iin=SERIK)).code == "iin_differs"


@pytest.mark.parametrize(
    "trouble", [{"status": 503}, {"behind": timedelta(minutes=11)}, {"spoilt": True}], ids=["away", "stale", "spoilt"]
)
async def test_an_answer_that_proves_nothing_leaves_it_undetermined(desk: Desk, trouble: dict[str, Any]) -> None:
    for name, value in trouble.items():
        setattr(desk, name, value)
    verdict = await desk.verdict()
    assert (verdict.status, verdict.code) == ("undetermined", "revocation_unknown")


async def test_where_nobody_may_be_asked_it_stays_undetermined(desk: Desk) -> None:
    assert (await desk.verdict(urls=())).code == "revocation_unknown"
    assert (await desk.verdict(urls=("http://127.0.0.1:1/ocsp",))).code == "revocation_unknown"
    assert desk.asked == 0


async def test_where_a_list_knows_nobody_is_asked(desk: Desk) -> None:
    world = desk.portal.world
    settings = world.settings.model_copy(update={"ocsp_urls": (desk.url,)})
    cms = desk.portal.keys.sign(AIGUL, CONTENT, NOW)
    verdict = await confirm_signature(replace(world, settings=settings), (cms, CONTENT), AIGUL, NOW)
    assert (verdict.code, desk.asked) == ("confirmed", 0)
