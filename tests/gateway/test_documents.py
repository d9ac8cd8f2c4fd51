"""Three forms of one document, the page beside them, and the lists of what no longer stands."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from gateway.verification import published_keys
from nca_stub.orders import Order
from shared.documents.sealed import DOCUMENT_TYPE
from shared.eds.jws import Seal
from shared.law.answers import canonical
from tests.gateway.portal import AIGUL, NOW, SERIK, Portal
from tests.gateway.provider import Provider
from tests.gateway.test_requests import Desk

PROVIDER_BIN = "130040900012"


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seal]:
    """The clinic's seal, once it is made: the authority is the portal's own."""
    return {}


@pytest.fixture
async def desk(portal: Portal, sealer: dict[str, Seal], tmp_path: Any) -> Desk:
    if not sealer:
        issued = portal.keys.authority.issue(Order.organisation(PROVIDER_BIN, "№ 1 Қалалық емхана", NOW))
        (tmp_path / "key.pem").write_bytes(issued.key_pem())
        (tmp_path / "chain.pem").write_bytes(issued.chain_pem())
        sealer["clinic"] = Seal.from_files(tmp_path / "key.pem", tmp_path / "chain.pem")
    seal = sealer["clinic"]
    provider = Provider(portal.clock, seal=lambda said: seal.sign(canonical(said), typ=DOCUMENT_TYPE))
    world = dataclasses.replace(portal.world, services={"home_visit": provider})  # type: ignore[dict-item]
    portal.world = portal.app.state.world = world
    async with world.database.connection() as c:
        await c.execute("TRUNCATE requests, idempotency_keys CASCADE")
    return Desk(portal, provider, (await portal.signed_in())["access_token"])


async def test_one_document_comes_as_jws_json_paper_and_page_as_it_is_asked_for(desk: Desk) -> None:
    request = await desk.signed()
    path = request["links"]["document"]
    jws = await desk.call("GET", path, Accept="application/jose")
    said = await desk.call("GET", path, Accept="application/json")
    paper = await desk.call("GET", path, Accept="application/pdf")
    page = await desk.call("GET", path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    kinds = [answer.headers["content-type"] for answer in (jws, said, paper, page)]
    assert kinds == ["application/jose", "application/json", "application/pdf", "text/html; charset=utf-8"]
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["content-disposition"] == f'attachment; filename="{request["number"]}.pdf"'
    assert request["number"] in page.text
    assert (await desk.call("GET", path, Accept="image/png")).status_code == 406


async def test_kazakh_and_russian_stand_on_the_paper_and_english_on_request(desk: Desk) -> None:
    path = (await desk.signed())["links"]["document"]
    for language in ("kk", "ru", "en"):
        await desk.call("GET", path, Accept="application/pdf", Accept_Language=language)
    assert desk.provider.papers == [["kk", "ru"], ["kk", "ru"], ["kk", "ru", "en"]]


async def test_while_the_service_is_away_the_paper_is_asked_for_later_and_the_rest_is_there(desk: Desk) -> None:
    path = (await desk.signed())["links"]["document"]
    desk.provider.mood = "away"
    paper = await desk.call("GET", path, Accept="application/pdf")
    assert (paper.status_code, paper.headers["retry-after"]) == (503, "5")
    for kind in ("application/jose", "application/json", "text/html"):
        assert (await desk.call("GET", path, Accept=kind)).status_code == 200


async def test_nobody_else_gets_the_paper(desk: Desk) -> None:
    path = (await desk.signed())["links"]["document"]
    other = (await desk.portal.signed_in(SERIK))["access_token"]
    assert AIGUL != SERIK
    assert (await desk.call("GET", path, token=other, Accept="application/pdf")).status_code == 404
    assert desk.provider.papers == []


async def test_a_status_list_is_asked_for_once_in_half_an_hour(desk: Desk) -> None:
    path = f"/v1/status-lists/home-visit/{PROVIDER_BIN}"
    first, second = await desk.portal.call("GET", path), await desk.portal.call("GET", path)
    assert (first.content, first.headers["content-type"]) == (b"a.sealed.list", "application/jose")
    assert second.content == first.content
    assert desk.provider.lists_given == 1
    assert (await desk.portal.call("GET", "/v1/status-lists/home-visit/000000000000")).status_code == 404
    assert (await desk.portal.call("GET", f"/v1/status-lists/no-such/{PROVIDER_BIN}")).status_code == 404


def test_keys_of_before_stay_published_with_the_time_in_which_they_sealed(portal: Portal, tmp_path: Path) -> None:
    for name in ("130040900012.chain.pem", "130040900012.until-2026-11.chain.pem", "999999999999.chain.pem"):
        issued = portal.keys.authority.issue(Order.organisation(PROVIDER_BIN, "№ 1 Қалалық емхана", NOW))
        (tmp_path / name).write_bytes(issued.chain_pem())
    (tmp_path / "130040900012.key.pem").write_bytes(b"no certificate")
    keys = published_keys(tmp_path)
    assert [key["organisation_bin"] for key in keys] == [PROVIDER_BIN] * 2
    assert len({key["kid"] for key in keys}) == 2
    assert all(key["valid_from"] < key["valid_until"] for key in keys)
