"""The catalogue: services, passports, forms, providers."""

import re
from typing import Any

import pytest

from gateway.destinations import DESTINATIONS
from tests.gateway.portal import Portal


async def read(portal: Portal, path: str) -> Any:
    answer = await portal.call("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_four_services_are_listed_and_those_with_a_destination_take_requests(portal: Portal) -> None:
    services = (await read(portal, "/v1/services"))["services"]
    assert [(one["code"], one["available"]) for one in services] == [
        (code, code in DESTINATIONS) for code in ("home-visit", "appointment", "attachment", "diploma")
    ]
    assert all(one["name"].keys() == {"kk", "ru", "en"} for one in services)
    for one in services:
        assert one["links"] == {"self": f"/v1/services/{one['code']}", "form": f"/v1/services/{one['code']}/form"}


async def test_hv_passport_says_all_that_one_should_know_before_asking(portal: Portal) -> None:
    passport = (await read(portal, "/v1/services/home-visit"))["passport"]
    assert passport["regulation"] == "HV"
    assert passport["channels"] == ["in_person", "phone", "portal"]
    assert passport["answer_within"]["portal"] == {"seconds": 1800}
    assert "1414" in passport["information"]
    assert passport["free_of_charge"]["en"]
    assert {"HV-12.1", "HV-12.2"} <= {one["clause"] for one in passport["needed"]}
    assert all(re.fullmatch(r"HV-[0-9.]+", ground["clause"]) for ground in passport["grounds"])
    assert all(ground["text"].keys() == {"kk", "ru", "en"} for ground in passport["grounds"])


async def test_hv_16_5_the_form_is_json_schema_with_titles_in_three_languages(portal: Portal) -> None:
    form = await read(portal, "/v1/services/home-visit/form")
    schema = form["schema"]
    assert (form["service"], form["form_version"]) == ("home-visit", 1)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    fields = [*schema["properties"].values(), *schema["$defs"]["VisitAddress"]["properties"].values()]
    assert all(field["titles"].keys() == {"kk", "ru", "en"} for field in fields)
    assert "iin" not in str(schema["properties"].keys())  # HV-18.4: it comes from the login.


@pytest.mark.parametrize("path", ["/v1/services/none", "/v1/services/none/form"])
async def test_what_is_not_there_is_not_found(portal: Portal, path: str) -> None:
    assert (await portal.call("GET", path)).status_code == 404


async def test_appendix_3_has_33_providers_in_its_order(portal: Portal) -> None:
    providers = (await read(portal, "/v1/providers?limit=100"))["providers"]
    assert [one["number"] for one in providers] == list(range(1, 34))
    assert all(one["bin_is_test"] and len(one["bin"]) == 12 and one["telephones"] for one in providers)


async def test_pages_of_providers_follow_each_other_by_cursor_and_link(portal: Portal) -> None:
    found, path = [], "/v1/providers?limit=10"
    while path:
        answer = await portal.call("GET", path)
        found += [one["number"] for one in answer.json()["providers"]]
        link = re.fullmatch(r'<(/v1/providers\?[^>]+)>; rel="next"', answer.headers.get("link", ""))
        assert (link is not None) == (answer.json()["next_cursor"] is not None)
        path = link[1] if link else ""
    assert found == list(range(1, 34))


async def test_providers_are_found_by_words_of_name_and_address(portal: Portal) -> None:
    found = (await read(portal, "/v1/providers?q=Гоголь"))["providers"]
    assert [one["number"] for one in found] == [1]
    assert (await read(portal, "/v1/providers?q=жоқ-мұндай-көше")) == {"providers": [], "next_cursor": None}


async def test_the_link_to_the_next_page_keeps_the_query(portal: Portal) -> None:
    answer = await portal.call("GET", "/v1/providers?q=емхана&limit=2")
    following = re.fullmatch(r"<([^>]+)>.*", answer.headers["link"])
    assert following is not None
    pages = [answer, await portal.call("GET", following[1])]
    whole = (await read(portal, "/v1/providers?q=емхана&limit=4"))["providers"]
    assert [one for page in pages for one in page.json()["providers"]] == whole


@pytest.mark.parametrize("cursor", ["x", "====", "cm93IDE=", "cm93IC0x", "cm93IDAx", "ё", "cm93IDFfMA"])
async def test_a_cursor_that_is_none_of_ours_is_told_so(portal: Portal, cursor: str) -> None:
    answer = await portal.call("GET", f"/v1/providers?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor-not-valid")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", f"q={'a' * 101}"])
async def test_a_page_out_of_its_limits_is_told_so(portal: Portal, query: str) -> None:
    assert (await portal.call("GET", f"/v1/providers?{query}")).status_code == 422


async def test_a_provider_is_read_by_its_bin(portal: Portal) -> None:
    first = (await read(portal, "/v1/providers?limit=1"))["providers"][0]
    assert await read(portal, f"/v1/providers/{first['bin']}") == first
    assert (await portal.call("GET", "/v1/providers/000000000000")).status_code == 404
    assert (await portal.call("GET", "/v1/providers/٠٠٠٠٠٠٠٠٠٠٠٠")).status_code == 422


async def test_what_has_not_changed_is_not_sent_again(portal: Portal) -> None:
    first = await portal.call("GET", "/v1/services")
    again = await portal.call("GET", "/v1/services", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await portal.call("GET", "/v1/services/home-visit", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
