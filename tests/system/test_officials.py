"""Deciding by officials and reviews, through the gateway and the services, with real signatures (decision 0023)."""

import base64
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from gateway import forward, journal
from gateway.backlog import _COUNT
from shared.documents import case_file as case
from shared.documents.check_case import check_case
from shared.documents.terms import Terms
from shared.law.providers import PROVIDERS
from shared.law.roles import StaffRole
from tests.system.citizen import Citizen
from tests.system.officials import BY_OFFICIALS, ClinicOfficial, called_for
from tests.system.people import request_for
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")
PROPOSALS, REVIEWS = "/v1/staff/proposals", "/v1/staff/reviews"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def people(system: System) -> tuple[Citizen, ClinicOfficial]:
    """A citizen, and the head of a clinic where home visits are confirmed by officials."""
    citizen = await Citizen(system, "parent").enter()
    head = await ClinicOfficial(await Citizen(system, "guardian", address="192.0.2.11").enter()).take_office()
    chosen = await head.call("PUT", "/v1/staff/deciding", {"service": "home-visit", "by": "official"})
    assert chosen.json["chosen_by"]
    return citizen, head


async def proposed(citizen: Citizen) -> dict[str, Any]:
    asked = await citizen.signed(request_for("home-visit", citizen.iin, provider_bin=BY_OFFICIALS.bin))
    assert asked["status"] == "registered"
    return asked


async def seen(citizen: Citizen, request: dict[str, Any]) -> dict[str, Any]:
    return dict((await citizen.call("GET", request["links"]["self"])).json)


async def test_the_official_confirms_with_their_eds_and_the_citizen_has_the_answer(
    people: tuple[Citizen, ClinicOfficial],
) -> None:
    citizen, head = people
    asked = await proposed(citizen)
    board = (await head.call("GET", PROPOSALS)).json["waiting"]
    assert [one["number"] for one in board if one["request_id"] == asked["id"]] == [asked["number"]]
    whole = (await head.call("GET", f"{PROPOSALS}/{asked['id']}")).json
    assert (whole["outcome"], whole["grounds"]) == ("refused", ["not_attached_here"])
    assert whole["document"]["grounds"][0]["clause"] == "HV-12.2"
    told = await head.call(
        "POST", f"{PROPOSALS}/{asked['id']}/confirmation", await head.signed("proposals", asked["id"])
    )
    assert (told.status, told.json["outcome"]) == (200, "refused")
    assert (await seen(citizen, asked))["status"] == "refused"


async def test_whoever_looks_at_a_proposal_is_seen_by_its_person(people: tuple[Citizen, ClinicOfficial]) -> None:
    citizen, head = people
    asked = await proposed(citizen)
    await head.call("GET", f"{PROPOSALS}/{asked['id']}")
    looks = (await citizen.call("GET", "/v1/me/looks?limit=100")).json["looks"]
    assert [one["opened"] for one in looks if one["request_id"] == asked["id"]] == ["proposal"]


async def test_it_rings_when_little_of_its_time_is_left(people: tuple[Citizen, ClinicOfficial]) -> None:
    citizen, head = people
    asked, clock = await proposed(citizen), head.person.system.clock
    begun = clock.at
    rings = []
    for minutes in (0, 20, 22, 27):  # Of the twenty-eight minutes that an official has.
        clock.at = begun + timedelta(minutes=minutes)
        head.token = (await head.take_office()).token
        board = (await head.call("GET", PROPOSALS)).json["waiting"]
        rings += [one["rings"] for one in board if one["request_id"] == asked["id"]]
    clock.at = begun
    head.token = (await head.take_office()).token
    assert rings == [False, False, True, True]


@pytest.mark.parametrize("who", ["another clinic's", "a registrar", "the citizen", "a personal key"])
async def test_nobody_else_confirms(people: tuple[Citizen, ClinicOfficial], who: str) -> None:
    citizen, head = people
    asked = await proposed(citizen)
    path, body = f"{PROPOSALS}/{asked['id']}/confirmation", await head.signed("proposals", asked["id"])
    if who == "the citizen":
        assert (await citizen.call("POST", path, body)).status == 401
        return
    if who == "a personal key":
        content = (await head.call("GET", f"{PROPOSALS}/{asked['id']}/content?version=1")).body
        told = await head.call("POST", path, {"cms": head.person.cms_over(content), "version": 1})
        assert (told.status, told.json["type"]) == (422, "/problems/signature-not-confirmed")
        return
    clinic = PROVIDERS[5] if who == "another clinic's" else BY_OFFICIALS
    role = StaffRole.HEAD if who == "another clinic's" else StaffRole.REGISTRY_DESK
    other = Citizen(head.person.system, "adult", address="192.0.2.12")
    if (await other.call("POST", "/v1/sessions", {"iin": other.iin, "password": "x" * 12})).status == 401:
        made = await other.call("POST", "/v1/registration", await other.registration())
        assert made.status in {200, 201, 409}
    stranger = await ClinicOfficial(other, clinic).take_office(role)
    assert (await stranger.call("POST", path, body)).status == (404 if who == "another clinic's" else 403)
    assert (await seen(citizen, asked))["status"] == "registered"


async def test_a_refusal_that_does_not_stand_is_withdrawn_and_its_request_decided_anew(
    people: tuple[Citizen, ClinicOfficial],
) -> None:
    citizen, head = people
    refused = await citizen.signed(request_for("attachment", citizen.iin, provider_bin=BY_OFFICIALS.bin))
    review = await called_for(citizen, refused)
    assert review["answer_by"] == "2026-12-01T20:00:00+05:00"  # The fifth working day.
    again = await citizen.call(
        "POST", refused["links"]["review"], {"reason": "Тағы да"}, (("Idempotency-Key", "k" * 20),)
    )
    assert (again.status, again.json["type"]) == (409, "/problems/not-reviewable")
    whole = (await head.call("GET", f"{REVIEWS}/{review['id']}")).json
    assert whole["form"]["reason"]
    assert whole["refusal"]["number"] == refused["number"]
    said = {"stands": False, "kk": "Қате болған.", "ru": "Была ошибка."}
    version = (await head.call("POST", f"{REVIEWS}/{review['id']}/draft", said)).json["version"]
    body = await head.signed("reviews", review["id"], version)
    told = await head.call("POST", f"{REVIEWS}/{review['id']}/confirmation", body)
    assert (told.status, told.json["state"], told.json["outcome"]) == (200, "answered", "granted")
    withdrawn = await seen(citizen, refused)
    assert withdrawn["status"] == "refusal-withdrawn"
    check = (await citizen.call("GET", f"/v1/documents/{refused['document']['token']}")).json
    assert check["status"] == "withdrawn"
    answer = await seen(citizen, review)
    assert answer["status_text"]["ru"] == "Отказ отозван"
    check = (await citizen.call("GET", f"/v1/documents/{answer['document']['token']}")).json
    assert (check["status"], check["kind"]) == ("valid", "attachment-review")
    anew = (await citizen.call("GET", withdrawn["links"]["moved_to"])).json
    assert anew["status"] == "signed"
    world = head.person.system.gateway
    waiting = [one for one in [await journal.find(world.database, anew["id"])] if one]
    await forward.deliver(world, waiting[0])
    assert (await seen(citizen, anew))["status"] == "refused"  # By the same facts: but a document of its own.
    assert (await seen(citizen, anew))["number"] != refused["number"]


async def test_a_gateway_that_dies_before_it_stores_the_answer_makes_one_request_anew(
    people: tuple[Citizen, ClinicOfficial],
) -> None:
    citizen, head = people
    refused = await citizen.signed(request_for("attachment", citizen.iin, provider_bin=BY_OFFICIALS.bin))
    review = await called_for(citizen, refused)
    said = {"stands": False, "kk": "Қате болған.", "ru": "Была ошибка."}
    await head.call("POST", f"{REVIEWS}/{review['id']}/draft", said)
    await head.call("POST", f"{REVIEWS}/{review['id']}/confirmation", await head.signed("reviews", review["id"]))
    world = head.person.system.gateway
    async with world.database.connection() as c:
        await c.execute(
            "UPDATE requests SET state = 'registered', outcome = NULL, document = NULL, document_token = NULL"
            " WHERE id = $1",
            (found := await journal.find(world.database, review["id"])) and found.id,
        )
    assert found is not None
    await forward.deliver(world, found)
    async with world.database.connection() as c:
        assert await c.fetchval("SELECT count(*) FROM requests WHERE anew_of = $1", found.review_of) == 1
    assert (await seen(citizen, review))["status"] == "granted"


async def test_an_overdue_review_is_counted(people: tuple[Citizen, ClinicOfficial]) -> None:
    citizen, head = people
    refused = await citizen.signed(request_for("attachment", citizen.iin, provider_bin=BY_OFFICIALS.bin))
    await called_for(citizen, refused)
    world = head.person.system.gateway
    async with world.database.connection() as c:
        counted = [(await c.fetchrow(_COUNT, world.now() + timedelta(days=days)))["reviews"] for days in (6, 8)]
    assert counted[0] == 0 < counted[1]


async def test_the_case_file_holds_the_officials_signature_and_it_verifies_again_offline(
    people: tuple[Citizen, ClinicOfficial],
) -> None:
    citizen, head = people
    asked = await proposed(citizen)
    await head.call("POST", f"{PROPOSALS}/{asked['id']}/confirmation", await head.signed("proposals", asked["id"]))
    system = head.person.system
    data = (await citizen.call("GET", asked["links"]["evidence"])).body
    terms = Terms(system.trust, system.clock.now())
    found = {one.name: (one.holds, one.code) for one in check_case(data, terms)}
    assert {found[name] for name in (case.SIGNED, case.CONFIRMATION, case.CONFIRMED)} == {(True, None)}, found
    assert all(holds is not False for holds, _ in found.values())
    items = case.unzipped(data)
    items[case.SIGNED] += b" "
    spoiled = {one.name: one.code for one in check_case(case.zipped(items, system.clock.now()), terms)}
    assert (spoiled[case.SIGNED], spoiled[case.CONFIRMED]) == ("digest_differs", "content_differs")


async def test_what_was_signed_stands_in_the_bytes(people: tuple[Citizen, ClinicOfficial]) -> None:
    """The refusal that the citizen gets is, byte for byte, what the official signed."""
    citizen, head = people
    asked = await proposed(citizen)
    content = (await head.call("GET", f"{PROPOSALS}/{asked['id']}/content?version=1")).body
    body = {"cms": head.cms_over(content), "version": 1}
    assert (await head.call("POST", f"{PROPOSALS}/{asked['id']}/confirmation", body)).status == 200
    jws = (
        await citizen.call("GET", f"{asked['links']['self']}/document", None, (("Accept", "application/jose"),))
    ).body
    payload = jws.decode().split(".")[1]
    assert base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) == content
