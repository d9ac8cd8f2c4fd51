"""An appointment from the portal's side, with the service itself behind the gateway (AP-16, AP-18)."""

import base64
import dataclasses
import json
from datetime import timedelta

import pytest

from tests.appointment.desk import CHILD, SLOTS, Away, Desk, desk, envelope_keys
from tests.appointment.surroundings import DOCTOR, PAEDIATRICIAN, WEDNESDAY, form, schedule
from tests.gateway.conftest import keys, passwords, portal, trust, workers
from tests.gateway.portal import AIGUL, SERIK
from tests.home_visit.people import PROVIDER

__all__ = ["desk", "envelope_keys", "keys", "passwords", "portal", "trust", "workers"]


async def test_ap_9_a_draft_lives_five_minutes_and_holds_its_time(desk: Desk) -> None:
    answer = await desk.draft("one")
    draft = answer.json()
    assert answer.status_code == 201
    assert draft["sign_by"] == "2026-11-24T10:05:00+05:00"
    assert (draft["intake"], [notice["code"] for notice in draft["notices"]]) == (None, ["slot_held"])
    desk.later(minutes=5)
    assert (await desk.sign(draft)).status_code == 410


async def test_ap_9_a_taken_time_is_told_with_the_nearest_free_ones_and_no_draft_is_kept(desk: Desk) -> None:
    await desk.around.booked("09:00", applicant=SERIK)
    answer = await desk.draft("one")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/draft-not-possible")
    assert (problem["code"], len(problem["nearest"])) == ("slot-taken", 3)
    assert problem["detail"] == "Бұл уақыт бос емес, басқасын таңдаңыз"
    assert (await desk.call("GET", "/v1/requests")).json() == {"requests": []}
    assert (await desk.draft("one", form("09:20"))).status_code == 201


async def test_ap_9_a_time_that_the_schedule_has_not_is_told_with_a_pointer(desk: Desk) -> None:
    answer = await desk.draft("one", form("09:01"))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/draft-not-accepted")
    assert answer.json()["errors"] == [{"pointer": "/form/starts_at", "code": "no-such-slot"}]


async def test_ap_9_the_same_key_gives_the_same_draft_also_once_it_is_booked(desk: Desk) -> None:
    first = await desk.draft("one")
    assert (await desk.draft("one")).content == first.content
    assert (await desk.sign(first.json())).json()["status"] == "granted"
    assert (await desk.draft("one")).content == first.content


async def test_ap_18_8_a_granted_appointment_links_to_its_standing(desk: Desk) -> None:
    request = await desk.booked()
    told = await desk.standing(request)
    assert (told["state"], told["doctor_id"], told["number"]) == ("booked", DOCTOR, request["number"])


async def test_ap_9_the_citizen_cancels_by_a_fresh_signature(desk: Desk) -> None:
    request = await desk.booked()
    told = await desk.sign(request, "cancellation")
    assert (told.status_code, told.json()["state"]) == (200, "cancelled_by_citizen")
    assert await desk.public(request) == "cancelled"
    assert (await desk.sign(request, "cancellation")).json()["state"] == "cancelled_by_citizen"


async def test_ap_16_7_another_signature_cancels_nothing(desk: Desk) -> None:
    request = await desk.booked()
    here = f"{request['links']['self']}/cancellation"
    content = (await desk.call("GET", here)).content
    for iin, signed in ((SERIK, content), (AIGUL, b"something else")):
        cms = desk.portal.keys.sign(iin, signed, desk.portal.clock.now())
        answer = await desk.call("POST", here, {"cms": base64.b64encode(cms).decode()})
        assert (answer.status_code, answer.json()["clause"]) == (422, "AP-16.7")
    assert (await desk.standing(request))["state"] == "booked"


async def test_ap_9_what_has_begun_is_neither_cancelled_nor_moved(desk: Desk) -> None:
    request = await desk.booked()
    desk.later(hours=23)
    desk.portal.take_lists()
    token = (await desk.portal.signed_in())["access_token"]
    desk.token = token
    for answer in (await desk.sign(request, "cancellation"), await desk.move(request, "10:00", "m")):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/appointment-over")


async def test_ap_9_moving_is_a_draft_to_sign_that_replaces_the_old_certificate(desk: Desk) -> None:
    request = await desk.booked()
    answer = await desk.move(request, "10:00", "move")
    draft = answer.json()
    assert (answer.status_code, draft["status"]) == (201, "draft")
    assert json.loads(base64.b64decode(draft["to_sign"]["content"]))["form"]["moves"] == request["id"]
    assert (await desk.standing(request))["state"] == "booked"
    moved = (await desk.sign(draft)).json()
    assert (await desk.standing(request))["state"] == "moved"
    assert (await desk.public(request), await desk.public(moved)) == ("replaced", "valid")
    assert (await desk.standing(moved))["starts_at"] == f"{WEDNESDAY}T10:00:00+05:00"


async def test_ap_9_what_the_clinic_cancelled_is_moved_at_once_and_once(desk: Desk) -> None:
    request = await desk.booked()
    await desk.clinic_cancels(request)
    told = await desk.standing(request)
    assert (told["state"], len(told["nearest"])) == ("cancelled_by_clinic", 3)
    assert await desk.public(request) == "cancelled"
    answers = [await desk.move(request, "10:00", "move") for _ in range(2)]
    assert [(one.status_code, one.json()["status"]) for one in answers] == [(201, "granted")] * 2
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert (await desk.standing(answers[0].json()))["starts_at"] == f"{WEDNESDAY}T10:00:00+05:00"
    assert await desk.public(request) == "replaced"


async def test_ap_9_anyone_looks_for_free_times(desk: Desk) -> None:
    query = f"bin={PROVIDER.bin}&from={WEDNESDAY}T00:00:00%2B05:00&to={WEDNESDAY}T12:00:00%2B05:00"
    found = (await desk.portal.call("GET", f"{SLOTS}?{query}&kind=therapist&doctor={DOCTOR}")).json()
    assert (len(found["slots"]), found["why_none"], found["slots"][0]["room"]) == (6, None, "305")
    assert found["opens_at"] == "2026-11-24T10:00:00+05:00"
    assert len((await desk.portal.call("GET", f"{SLOTS}?bin={PROVIDER.bin}")).json()["slots"]) == 12


async def test_ap_9_why_there_is_none_is_told(desk: Desk) -> None:
    query = f"bin={PROVIDER.bin}&from=2026-11-29T00:00:00%2B05:00&to=2026-11-29T12:00:00%2B05:00"
    found = (await desk.portal.call("GET", f"{SLOTS}?{query}")).json()
    assert (found["slots"], found["why_none"]) == ([], "provider_closed")
    assert found["next_free"] == f"{WEDNESDAY}T09:00:00+05:00"


@pytest.mark.parametrize("query", ["bin=1", "kind=therapist", f"bin={PROVIDER.bin}&kind=surgeon", "bin=٠٠٠٠٠٠٠٠٠٠٠٠"])
async def test_a_search_that_says_nothing_sensible_is_told_so(desk: Desk, query: str) -> None:
    assert (await desk.portal.call("GET", f"{SLOTS}?{query}")).status_code == 422


@pytest.mark.parametrize("days", [0, 32])
async def test_a_range_out_of_its_limits_is_told_so_at_the_portal(desk: Desk, days: int) -> None:
    ends = desk.portal.clock.now() + timedelta(days=days)
    query = f"bin={PROVIDER.bin}&to={ends:%Y-%m-%dT%H:%M}:00Z"
    assert (await desk.portal.call("GET", f"{SLOTS}?{query}")).status_code == 422


async def test_ap_1_a_child_is_offered_paediatricians_their_own_first(desk: Desk) -> None:
    await desk.around.enter(schedule(PAEDIATRICIAN, hours="08:00-09:00", id="D-10") | {
        "doctor": {"id": "D-10", "name": "Дәрігер D-10", "kind": "paediatrician"}
    })  # fmt: skip
    body = {"provider_bin": PROVIDER.bin, "iin": CHILD, "begins": f"{WEDNESDAY}T00:00:00+05:00"}
    body["ends"] = f"{WEDNESDAY}T20:00:00+05:00"
    found = (await desk.call("POST", SLOTS, body)).json()["slots"]
    assert [one["doctor"]["id"] for one in found] == [PAEDIATRICIAN] * 6 + ["D-10"] * 3
    own = (await desk.call("POST", SLOTS, body | {"iin": AIGUL})).json()["slots"]
    assert {one["doctor"]["id"] for one in own} == {DOCTOR}


async def test_ap_1_for_a_stranger_nothing_is_looked_for(desk: Desk) -> None:
    body = {"provider_bin": PROVIDER.bin, "iin": SERIK, "begins": f"{WEDNESDAY}T00:00:00+05:00"}
    answer = await desk.call("POST", SLOTS, body | {"ends": f"{WEDNESDAY}T20:00:00+05:00"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-represented")
    assert desk.around.register.asked == []


async def test_while_the_service_is_away_it_is_told_so(desk: Desk) -> None:
    request = await desk.booked()
    desk.portal.app.state.world = dataclasses.replace(desk.portal.world, services={"appointment": Away()})  # type: ignore[dict-item]
    answers = [
        await desk.portal.call("GET", f"{SLOTS}?bin={PROVIDER.bin}"),
        await desk.call("GET", request["links"]["appointment"]),
        await desk.sign(request, "cancellation"),
        await desk.move(request, "10:00", "move"),
    ]
    assert [answer.status_code for answer in answers] == [503] * 4


async def test_ap_9_of_another_request_there_is_no_appointment(desk: Desk) -> None:
    draft = (await desk.draft("one")).json()
    for path in ("appointment", "cancellation"):
        assert (await desk.call("GET", f"{draft['links']['self']}/{path}")).status_code == 404
