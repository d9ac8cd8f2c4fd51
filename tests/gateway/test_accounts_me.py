"""Who is logged in, and for whom they may ask (HV-1, AP-1, AT-1)."""

from datetime import date

from tests.gateway.portal import AIGUL, NOBODY, Portal, iin_of, person

CHILD, TEENAGER, GROWN, DEAD, WARD = (iin_of(place) for place in (11, 12, 13, 14, 15))


async def test_hv_18_8_one_sees_oneself_with_the_iin_masked(portal: Portal) -> None:
    tokens = await portal.signed_in()
    answer = await portal.get("/v1/me", tokens["access_token"])
    assert answer.json() == {
        "iin": "*" * 8 + AIGUL[-4:],
        "name": {"kk": "Канарейқызы Айгүл", "ru": "Канарейкина Айгуль"},
        "registered_at": "2026-11-24T05:00:00Z",
        "authorised_at": "2026-11-24T05:00:00Z",
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_without_the_registry_one_sees_oneself_without_a_name(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.registry.silent = True
    answer = await portal.get("/v1/me", tokens["access_token"])
    assert (answer.status_code, answer.json()["name"]) == (200, None)


async def test_hv_1_one_may_ask_for_children_under_eighteen_and_for_wards(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.registry.add(person(AIGUL, children=(CHILD, TEENAGER, GROWN, DEAD, NOBODY), wards=(WARD,)))
    for iin, birth_date, deceased in [
        (TEENAGER, date(2008, 11, 25), None),
        (GROWN, date(2008, 11, 24), None),
        (CHILD, date(2018, 3, 1), None),
        (DEAD, date(2017, 1, 1), date(2020, 1, 1)),
        (WARD, date(1960, 1, 1), None),
    ]:
        portal.registry.add(person(iin, birth_date=birth_date, deceased=deceased))
    answer = await portal.get("/v1/me/represented", tokens["access_token"])
    told = [(one["iin"], one["relation"], one["birth_date"]) for one in answer.json()["represented"]]
    assert told == [
        (TEENAGER, "child", "2008-11-25"),
        (CHILD, "child", "2018-03-01"),
        (WARD, "ward", "1960-01-01"),
    ]
    assert answer.json()["represented"][0]["name"] == {"kk": "Канарейқызы Айгүл", "ru": "Канарейкина Айгуль"}
    assert answer.headers["cache-control"] == "no-store"


async def test_who_represents_nobody_gets_an_empty_list(portal: Portal) -> None:
    tokens = await portal.signed_in()
    assert (await portal.get("/v1/me/represented", tokens["access_token"])).json() == {"represented": []}


async def test_a_silent_registry_is_no_empty_list(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.registry.silent = True
    answer = await portal.get("/v1/me/represented", tokens["access_token"])
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/registry-unavailable")


async def test_nobody_is_told_anything_without_a_session(portal: Portal) -> None:
    assert (await portal.call("GET", "/v1/me")).status_code == 401
    assert (await portal.call("GET", "/v1/me/represented")).status_code == 401
    assert (await portal.call("DELETE", "/v1/sessions/current")).status_code == 401
