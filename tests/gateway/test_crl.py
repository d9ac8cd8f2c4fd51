"""Keeping the revocation lists fresh (EDS step 3): from the configured address, never rolled back."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from gateway.crl import CrlRefresh
from nca_stub.authority import create_authority
from nca_stub.lists import RevocationLists
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from shared.kit.http import Answer, Call, HttpClient
from tests.gateway.portal import NOW, SERIK, Keys

LATER = NOW + timedelta(hours=4)


@dataclass
class Source:
    """The authority's web server, which gives whatever the test puts there."""

    keys: Keys
    http: HttpClient
    url: str = ""
    content: bytes = b""
    status: int = 200
    etag: str | None = None
    asked: list[str | None] = field(default_factory=list)
    once_more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def give(self, request: web.Request) -> web.Response:
        tag = request.headers.get("If-None-Match")
        async with self.once_more:
            self.asked.append(tag)
            self.once_more.notify_all()
        if tag and tag == self.etag:
            return web.Response(status=304)
        return web.Response(body=self.content, status=self.status, headers={"ETag": self.etag} if self.etag else {})

    async def asked_again(self, times: int) -> None:
        wanted = len(self.asked) + times
        async with asyncio.timeout(10), self.once_more:
            await self.once_more.wait_for(lambda: len(self.asked) >= wanted)

    def list_of(self, at: datetime) -> bytes:
        return RevocationLists(self.keys.authority).full(at)

    def refresh_of(self, store: CrlStore, every: float = 60.0) -> CrlRefresh:
        return CrlRefresh(self.http, store, [self.url], every)


@pytest.fixture
async def source(keys: Keys) -> AsyncIterator[Source]:
    source, app = Source(keys, HttpClient()), web.Application()
    app.router.add_get("/full.crl", source.give)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server: Any = site._server
    source.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/full.crl"
    yield source
    await source.http.close()
    await runner.cleanup()


async def test_a_list_is_taken_and_makes_the_gateway_ready(source: Source, trust: Trust) -> None:
    store = CrlStore(trust)
    source.content = source.list_of(NOW)
    assert not store.is_ready(NOW)
    assert await source.refresh_of(store).refresh()
    assert store.is_ready(NOW)


async def test_a_list_that_has_not_changed_is_asked_for_by_its_tag(source: Source, trust: Trust) -> None:
    source.content, source.etag = source.list_of(NOW), '"1"'
    refresh = source.refresh_of(CrlStore(trust))
    assert await refresh.refresh()
    assert await refresh.refresh()
    assert source.asked == [None, '"1"']


@pytest.mark.parametrize("given", [(200, b"<html>"), (200, b""), (500, b""), (404, b""), (302, b"")])
async def test_what_is_no_list_changes_nothing(source: Source, trust: Trust, given: tuple[int, bytes]) -> None:
    store = CrlStore(trust)
    store.accept(source.list_of(NOW))
    before = store.described()
    source.status, source.content = given
    assert not await source.refresh_of(store).refresh()
    assert store.described() == before
    assert store.is_ready(NOW)


async def test_an_older_list_does_not_roll_back_a_newer_one(source: Source, trust: Trust) -> None:
    store = CrlStore(trust)
    source.content = source.list_of(NOW)
    store.accept(source.list_of(NOW + timedelta(hours=2)))
    before = store.described()
    assert not await source.refresh_of(store).refresh()
    assert store.described() == before


async def test_a_list_is_kept_over_a_restart_and_a_damaged_file_is_not_taken(
    source: Source, trust: Trust, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.content = source.list_of(LATER)
    await source.refresh_of(CrlStore(trust, tmp_path)).refresh()
    (tmp_path / "damaged.crl").write_bytes(b"rubbish")
    after = CrlStore(trust, tmp_path)
    await source.refresh_of(after).restore()
    assert after.is_ready(LATER)
    assert "damaged.crl" in capsys.readouterr().out


async def test_an_authority_that_is_away_is_asked_again_until_it_answers(source: Source, trust: Trust) -> None:
    store = CrlStore(trust)
    source.status = 503
    running = asyncio.create_task(source.refresh_of(store, every=0.01).run())
    await source.asked_again(3)
    source.status, source.content = 200, source.list_of(LATER)
    # Whoever asks once more has finished with the answer before.
    await source.asked_again(3)
    assert store.is_ready(LATER)
    running.cancel()


async def test_the_delta_is_taken_beside_the_full_list_and_both_are_kept(
    keys: Keys, trust: Trust, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = keys.of(SERIK).certificate.serial_number
    lists, later = RevocationLists(keys.authority), LATER + timedelta(hours=8)
    bodies = {"full": lists.full(later)}
    lists.revoke(serial, "certificateHold", later + timedelta(minutes=1))
    bodies["delta"] = lists.delta(later + timedelta(minutes=1))
    lists.release(serial, later + timedelta(minutes=2))
    store, http = CrlStore(trust, tmp_path), HttpClient()

    async def give(call: Call) -> Answer:
        return Answer(200, {}, bodies[call.url], later)

    monkeypatch.setattr(http, "call", give)
    chain, at = trust.chain_of(keys.of(SERIK).der), later + timedelta(minutes=1)
    assert await CrlRefresh(http, store, ["full"], 60).refresh()
    assert store.standing(chain, at).kind == "good"
    assert await CrlRefresh(http, store, ["full", "delta"], 60).refresh()
    assert store.standing(chain, at).kind == "on_hold"
    after = CrlStore(trust, tmp_path)
    await CrlRefresh(http, after, [], 60).restore()
    assert after.standing(chain, at).kind == "on_hold"


async def test_the_lists_of_both_authorities_are_kept_side_by_side(keys: Keys, tmp_path: Path) -> None:
    gost = create_authority(keys.authority.folder, NOW, "gost")
    for authority in (keys.authority, gost):
        authority.write_trust(tmp_path / "trust")
    store = CrlStore(Trust.from_folder(tmp_path / "trust"), tmp_path / "crl")
    for authority in (keys.authority, gost):
        store.accept(RevocationLists(authority).full(LATER + timedelta(hours=12)))
    assert len(store.described()) == 2
    again = CrlStore(Trust.from_folder(tmp_path / "trust"), tmp_path / "crl")
    assert again.restore() == ()
    assert again.described() == store.described()
