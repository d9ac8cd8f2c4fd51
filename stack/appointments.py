"""What the demonstration shows of appointments: a free time is chosen, held, booked, moved, cancelled (AP-9)."""

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any, Final

import httpx2

from person_registry_stub.demo_cases import CASES, HOME_CLINIC, Case
from person_registry_stub.demo_people import demo_people
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.law.providers import PROVIDERS
from stack.citizen import Citizen, Unexpected

if TYPE_CHECKING:
    from stack.demo import Place

SERVICE: Final = "appointment"
CHILDREN: Final = frozenset({"child-8", "child-16", "ward", "newborn"})
HOME: Final = PROVIDERS[HOME_CLINIC - 1].bin
APPOINTMENT_CASES: Final = tuple(
    Case(case.applicant, case.subject, case.outcome, case.ground, case.clinic, SERVICE)
    for case in CASES
    if case.ground or case.subject in {"adult", "child-8", "elsewhere"}
)
"""A time of each kind of doctor (AP-1), and every ground of AP-15 as the home visit shows them."""
_ANY_TIME: Final = {"doctor_id": "01-therapist-1", "starts_at": "2026-11-30T09:00:00+05:00"}


def form_without_time(case: Case) -> dict[str, Any]:
    """Return the form of a case, with a time that need not be free."""
    return {"provider_bin": PROVIDERS[case.clinic - 1].bin, "phone": "+77012345678", **_ANY_TIME}


def with_free_time(place: "Place", citizen: Citizen, case: Case, form: dict[str, Any]) -> dict[str, Any]:
    """Return the form with the first free time: of the person's own doctor, or, for whom one may not ask, of any."""
    if case.ground is None:
        search = {"provider_bin": form["provider_bin"], "iin": demo_people()[case.subject].person.iin}
        search |= {"begins": _day(place, 0), "ends": _day(place, 14)}
        found = citizen.post("/v1/appointments/slots", search, 200)
    else:
        kind = "paediatrician" if case.subject in CHILDREN else "therapist"
        found = citizen.get(f"/v1/appointments/slots?bin={form['provider_bin']}&kind={kind}")
    if not found["slots"]:
        raise Unexpected(f"no free time: {found['why_none']}, next {found['next_free']}")
    return form | _time(found["slots"][0])


def walk_changes(place: "Place") -> None:
    """A parent books for a child, another hears of other times; moved, cancelled by the clinic, moved, cancelled."""
    parent, child = place.citizen("parent"), demo_people()["child-8"].person.iin
    parent.register()
    parent.log_in()
    search = {"provider_bin": HOME, "iin": child, "begins": _day(place, 0), "ends": _day(place, 14)}
    free = parent.post("/v1/appointments/slots", search, 200)["slots"]
    place.say(f"   {len(free)} free times; first the own paediatrician's: {free[0]['doctor']['name']}")
    form = {"provider_bin": HOME, "phone": "+77012345678"}
    request = _signed(parent, parent.draft(SERVICE, form | _time(free[0]), child))
    _say_standing(place, parent, request, "booked")
    _second_client(place, form | _time(free[0]))
    moved = _signed(parent, parent.post(f"{request['links']['self']}/move", {"starts_at": free[4]["starts_at"]}))
    _say_standing(place, parent, request, "moved")
    asyncio.run(_doctor_ill(place, moved["number"]))
    nearest = _say_standing(place, parent, moved, "cancelled_by_clinic")["nearest"]
    again = parent.post(f"{moved['links']['self']}/move", {"starts_at": nearest[1]["starts_at"]})
    _say_standing(place, parent, parent.wait_for_answer(again), "booked")
    cancellation = f"{again['links']['self']}/cancellation"
    cms = base64.b64encode(parent.sign(parent.read(cancellation))).decode()
    parent.post(cancellation, {"cms": cms}, 200)
    _say_standing(place, parent, again, "cancelled_by_citizen")


def _signed(citizen: Citizen, draft: dict[str, Any]) -> dict[str, Any]:
    answer = citizen.send_signature(draft)
    if answer.status_code not in (httpx2.codes.OK, httpx2.codes.ACCEPTED):
        raise Unexpected(f"signature: {answer.status_code} {answer.text}")
    return citizen.wait_for_answer(answer.json())


def _say_standing(place: "Place", citizen: Citizen, request: dict[str, Any], expected: str) -> Any:  # noqa: ANN401 -- JSON.
    here = citizen.get(f"{request['links']['self']}/appointment")
    request = citizen.get(request["links"]["self"])
    public = citizen.get(request["document"]["check"])["status"]
    status = request["status_text"]["en"]
    place.say(f"   {here['number']}, {here['starts_at']}: {status}; public check of its certificate: {public}")
    if here["state"] != expected:
        raise Unexpected(f"{here['state']}, expected {expected}")
    for slot in here["nearest"]:
        place.say(f"      nearest free time: {slot['starts_at']}, {slot['doctor']['name']}")
    return here


def _second_client(place: "Place", form: dict[str, Any]) -> None:
    other = place.citizen("adult")
    other.register()
    other.log_in()
    refused = other.post("/v1/requests", {"service": SERVICE, "form": form}, 409)
    place.say(f"   another asks for the same time: {refused['detail']}; {len(refused['nearest'])} others are named")


async def _doctor_ill(place: "Place", number: str) -> None:
    http = HttpClient()
    try:
        client = ServiceClient(http, load_keys(place.data / "keys", "operator", ()), place.urls[SERVICE], SERVICE)
        body = json.dumps({"provider_bin": HOME, "numbers": [number]}).encode()
        answer = await client.post("/internal/v1/cancellations", body, total=10)
        if number not in answer.body.decode():
            raise Unexpected(f"cancellation by the clinic: {answer.status} {answer.body.decode()}")
    finally:
        await http.close()


def _time(slot: dict[str, Any]) -> dict[str, Any]:
    return {"doctor_id": slot["doctor"]["id"], "starts_at": slot["starts_at"]}


def _day(place: "Place", ahead: int) -> str:
    midnight = place.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return f"{midnight.fromordinal(midnight.toordinal() + ahead):%Y-%m-%d}T00:00:00+05:00"
