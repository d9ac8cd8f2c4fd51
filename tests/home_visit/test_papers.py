"""A document as a sealed PDF: made when it is first asked for, by a process of its own, then kept (HV-8.2)."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI

from home_visit_svc.app import CALLERS
from home_visit_svc.routes import routes_of
from home_visit_svc.settings import HomeVisitSettings
from nca_stub.authority import create_authority
from nca_stub.stamper import Stamper
from shared.documents.check import check_file
from shared.documents.status_list import STATUS_LIST_TYPE, print_of
from shared.documents.terms import Terms
from shared.eds.jws import open_sealed
from shared.kit.app import assemble
from shared.kit.casework.papers import Letterhead, Papers
from shared.kit.casework.press import Press
from shared.kit.casework.seals import Seals
from shared.kit.keys import load_keys
from tests.fakes import ClockAt
from tests.home_visit.calls import CallsTo, envelopes_of, make_keys
from tests.home_visit.people import PROVIDER
from tests.home_visit.requests import request_json
from tests.home_visit.surroundings import Surroundings
from tests.waiting import eventually

REQUESTS, PAPER = "/internal/v1/requests", "/internal/v1/documents/paper"
LIST = "/internal/v1/documents/status-list"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_keys(tmp_path_factory.mktemp("keys"), ["home_visit", "gateway", "operator"])


@pytest.fixture
async def papers(around: Surroundings, sealed: Path) -> AsyncIterator[Papers]:
    head = Letterhead("https://portal.example/verify/", None)
    papers = Papers(around.database, Seals(sealed / "seals"), around.clock, Press(idle=0.1), head)
    yield papers
    papers.close()


@pytest.fixture
def gateway(around: Surroundings, papers: Papers, keys: Path) -> CallsTo:
    work = replace(around.work, papers=papers)
    routes = routes_of(around.world, work, load_keys(keys, "home_visit", CALLERS))
    app: FastAPI = assemble("home_visit", HomeVisitSettings(keys_dir=keys), [routes])
    return CallsTo(app, "home_visit", envelopes_of(keys, "gateway"))


async def token_of_one(gateway: CallsTo) -> str:
    answer = (await gateway.call(REQUESTS, request_json())).json()
    return str(answer["document"]["token"])


def asked(token: str, *languages: str) -> bytes:
    return json.dumps({"token": token, "languages": languages or ["kk", "ru"]}).encode()


async def test_hv_8_2_a_paper_is_made_once_kept_and_holds(
    gateway: CallsTo, around: Surroundings, papers: Papers
) -> None:
    token = await token_of_one(gateway)
    assert not papers.press.runs
    first, second = await gateway.call(PAPER, asked(token)), await gateway.call(PAPER, asked(token))
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content == second.content
    report = check_file(first.content, Terms(around.trust, around.clock.now()))
    assert report.holds
    assert report.sealed is not None
    assert report.sealed.token == token
    await eventually(lambda: not papers.press.runs)
    # Kept: no process is needed to give it again.
    assert (await gateway.call(PAPER, asked(token))).content == first.content
    assert not papers.press.runs


class Authority:
    """A time stamping authority over HTTP, which may be out of order."""

    def __init__(self, stamper: Stamper, clock: ClockAt) -> None:
        self.works = False
        self.asked = 0
        self._stamper, self._clock = stamper, clock

    async def stamp(self, asked: web.Request) -> web.Response:
        self.asked += 1
        if not self.works:
            return web.Response(status=503)
        return web.Response(body=self._stamper.answer(await asked.read(), self._clock.now()))


async def test_a_paper_whose_stamp_cannot_be_had_is_given_without_and_stamped_and_kept_once_it_can(
    gateway: CallsTo, around: Surroundings, papers: Papers, sealed: Path
) -> None:
    authority = Authority(Stamper(create_authority(sealed / "nca", around.clock.now())), around.clock)
    app = web.Application()
    app.router.add_post("/tsp", authority.stamp)
    token = await token_of_one(gateway)
    async with TestServer(app) as server:
        stamped = replace(papers, letterhead=replace(papers.letterhead, tsa_url=str(server.make_url("/tsp"))))
        terms = Terms(around.trust, around.clock.now())

        async def paper() -> bytes:
            given = await stamped.paper(token, ("kk", "ru"))
            assert given is not None
            assert check_file(given, terms).holds
            return given

        assert check_file(await paper(), terms).stamped_at is None
        async with around.database.connection() as connection:
            assert await connection.fetchval("SELECT count(*) FROM papers") == 0
        authority.works = True
        whole = await paper()
        assert check_file(whole, terms).stamped_at == around.clock.now()
        authority.works = False
        assert await paper() == whole
        assert authority.asked == 2


async def test_there_is_no_paper_of_a_document_that_is_not_there(gateway: CallsTo, papers: Papers) -> None:
    assert (await gateway.call(PAPER, asked("t" * 32))).status_code == 404
    assert not papers.press.runs


async def test_the_status_list_names_what_was_cancelled_by_the_print_of_its_token(
    gateway: CallsTo, around: Surroundings
) -> None:
    token = await token_of_one(gateway)

    async def listed() -> dict[str, Any]:
        answer = await gateway.call(LIST, json.dumps({"provider_bin": PROVIDER.bin}).encode())
        now = around.clock.now()
        sealed = open_sealed(answer.text, typ=STATUS_LIST_TYPE, trust=around.trust, at=now, bin=PROVIDER.bin)
        return dict(json.loads(sealed))

    before = await listed()
    assert (before["provider_bin"], before["service"], before["documents"]) == (PROVIDER.bin, "home-visit", [])
    async with around.database.connection() as connection:
        await connection.execute("UPDATE documents SET status = 'withdrawn', status_at = $1", around.clock.now())
    [one] = (await listed())["documents"]
    assert (one["token_sha256"], one["status"]) == (print_of(token), "withdrawn")
