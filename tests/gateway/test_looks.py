"""Who looked at one's data: each opening of a personal record is recorded with purpose and shown to the person."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from gateway.looks import OPENED_WORDS, Look, Looker, Opened, record_looks
from shared.law.providers import PROVIDERS
from tests.gateway.portal import AIGUL, SERIK, Portal
from tests.gateway.test_staff import first_administrator

CLINIC = PROVIDERS[0].bin
LOOKS = "/v1/me/looks"


async def look(portal: Portal, looker: Looker, *looks: Look) -> None:
    async with portal.world.database.transaction() as c:
        await record_looks(c, looker, looks, portal.clock.now())


async def employee(portal: Portal) -> Looker:
    await first_administrator(portal, SERIK, CLINIC)
    async with portal.world.database.connection() as c:
        return Looker(CLINIC, await c.fetchval("SELECT employee_id FROM employees"))


async def seen(portal: Portal, token: str, query: str = "") -> Any:
    answer = await portal.get(LOOKS + query, token)
    assert answer.status_code == 200, answer.text
    return answer.json()["looks"], answer.headers.get("link")


async def test_hv_17_3_the_citizen_sees_who_looked_at_their_data_why_and_when(portal: Portal) -> None:
    token = (await portal.signed_in())["access_token"]
    looker = await employee(portal)
    await look(portal, looker, Look(AIGUL, Opened.REGISTRY, "HV-17.3", "home-visit"))
    (told,), _ = await seen(portal, token)
    assert told["organisation"] == {"bin": CLINIC, "name": PROVIDERS[0].name}
    assert (told["by"]["kind"], told["by"]["name"]["kk"]) == ("employee", "Канарейқызы Айгүл")
    assert [role["code"] for role in told["by"]["roles"]] == ["administrator"]
    assert told["purpose"]["clause"] == "HV-17.3"
    assert told["purpose"]["service_name"]["kk"] == "Дәрігерді үйге шақыру"
    assert told["opened_text"]["kk"] == OPENED_WORDS[Opened.REGISTRY].kk
    assert told["looked_at"].endswith("+05:00")


async def test_of_another_persons_list_nothing_is_shown(portal: Portal) -> None:
    token = (await portal.signed_in())["access_token"]
    await look(portal, await employee(portal), Look(SERIK, Opened.REQUEST, "HV-17"))
    assert await seen(portal, token) == ([], None)


async def test_the_list_is_read_page_by_page_the_latest_first(portal: Portal) -> None:
    token = (await portal.signed_in())["access_token"]
    looker = await employee(portal)
    for opened in (Opened.REGISTRY, Opened.REQUEST, Opened.DOCUMENT):
        portal.clock.at += timedelta(seconds=1)
        await look(portal, looker, Look(AIGUL, opened, "AT-19"))
    first, link = await seen(portal, token, "?limit=2")
    assert [one["opened"] for one in first] == ["document", "request"]
    last, none = await seen(portal, token, link.partition(">")[0].partition("looks")[2])
    assert ([one["opened"] for one in last], none) == (["registry"], None)


async def test_a_clinics_system_that_looks_is_named_as_a_system(portal: Portal) -> None:
    token = (await portal.signed_in())["access_token"]
    system = Looker(CLINIC, client_id=(await employee(portal)).employee_id)
    await look(portal, system, Look(AIGUL, Opened.JOURNAL, "HV-8.1"), Look(AIGUL, Opened.JOURNAL, "HV-8.1"))
    (told,), _ = await seen(portal, token)
    assert told["by"] == {"kind": "system", "name": None, "roles": []}


async def test_a_look_names_an_employee_or_a_system_and_never_nobody(portal: Portal) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await look(portal, Looker(CLINIC), Look(AIGUL, Opened.REGISTRY, "HV-17.3"))


def test_whatever_is_opened_has_words_in_three_languages() -> None:
    assert set(OPENED_WORDS) == set(Opened)
