import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from appointment_svc import examples
from appointment_svc.app import CALLERS
from appointment_svc.routes import routes_of
from appointment_svc.settings import AppointmentSettings
from shared.kit.app import assemble
from shared.kit.keys import load_keys
from tests.appointment.surroundings import DOCTOR, WEDNESDAY, Surroundings, form, request_json, schedule
from tests.home_visit.calls import CallsTo, envelopes_of, make_keys
from tests.home_visit.people import ADULT, PROVIDER, STRANGER

INTERNAL = "/internal/v1"
SEARCH = {
    "provider_bin": PROVIDER.bin,
    "begins": f"{WEDNESDAY}T00:00:00+05:00",
    "ends": f"{WEDNESDAY}T23:00:00+05:00",
}


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_keys(tmp_path_factory.mktemp("keys"), ["appointment", "gateway", "operator"])


@pytest.fixture
def app(around: Surroundings, keys: Path) -> FastAPI:
    envelopes = load_keys(keys, "appointment", CALLERS)
    return assemble(
        "appointment", AppointmentSettings(keys_dir=keys), [routes_of(around.world, around.work, envelopes)]
    )


@pytest.fixture
def gateway(app: FastAPI, keys: Path) -> CallsTo:
    return CallsTo(app, "appointment", envelopes_of(keys, "gateway"))


@pytest.fixture
def operator(app: FastAPI, keys: Path) -> CallsTo:
    return CallsTo(app, "appointment", envelopes_of(keys, "operator"))


async def say(caller: CallsTo, path: str, body: Any) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = await caller.call(f"{INTERNAL}/{path}", content)
    return answer.status_code, answer.json()


def draft(applicant: str = ADULT, **asked: Any) -> dict[str, Any]:
    return {"request_id": str(uuid4()), "applicant_iin": applicant, "subject_iin": applicant, "form": form(**asked)}


async def booked(gateway: CallsTo) -> dict[str, Any]:
    return dict((await say(gateway, "requests", request_json()))[1])


async def test_ap_9_a_draft_holds_its_slot_and_the_next_hears_of_other_times(gateway: CallsTo) -> None:
    status, told = await say(gateway, "drafts", draft())
    assert (status, told["intake"], told["notices"][0]["code"]) == (200, None, "slot_held")
    status, told = await say(gateway, "drafts", draft(STRANGER))
    assert (status, told["type"], len(told["nearest"])) == (409, "/problems/slot-taken", 3)
    assert told["nearest"][0]["starts_at"] == f"{WEDNESDAY}T09:20:00+05:00"
    status, told = await say(gateway, "drafts", draft(clock="09:01"))
    assert (status, told["type"]) == (422, "/problems/no-such-slot")


async def test_ap_14_a_request_is_answered_within_the_exchange_and_again_the_same(gateway: CallsTo) -> None:
    body = request_json()
    first, second = await say(gateway, "requests", body), await say(gateway, "requests", body)
    assert first == second
    assert (first[0], first[1]["outcome"]) == (200, "granted")


async def test_ap_9_free_slots_are_told_to_the_gateway(gateway: CallsTo) -> None:
    status, told = await say(gateway, "slots/search", SEARCH | {"subject_iin": ADULT, "kinds": ["therapist"]})
    assert (status, len(told["slots"]), told["why_none"]) == (200, 6, None)
    assert told["slots"][0]["doctor"] == {
        "id": DOCTOR, "name": "Дәрігер D-7", "kind": "therapist", "replaced_by": None,
    }  # fmt: skip


@pytest.mark.parametrize("ends", [SEARCH["begins"], "2026-12-27T00:00:00+05:00", "2026-11-25T09:00:30+05:00"])
async def test_a_range_out_of_its_limits_is_told_so(gateway: CallsTo, ends: str) -> None:
    assert (await say(gateway, "slots/search", SEARCH | {"ends": ends}))[0] == 422


async def test_ap_18_8_an_appointment_is_shown_to_its_applicant_alone(gateway: CallsTo) -> None:
    request_id = (await booked(gateway))["request_id"]
    mine = {"request_id": request_id, "applicant_iin": ADULT}
    status, told = await say(gateway, "appointments/standing", mine)
    assert (status, told["state"], told["nearest"]) == (200, "booked", [])
    assert (await say(gateway, "appointments/standing", mine | {"applicant_iin": STRANGER}))[0] == 404
    assert (await say(gateway, "appointments/standing", mine | {"request_id": str(uuid4())}))[0] == 404


async def test_ap_9_the_citizen_cancels_once_and_is_told_the_same_again(gateway: CallsTo) -> None:
    request_id = (await booked(gateway))["request_id"]
    body = examples.CANCELLATION | {"request_id": request_id, "applicant_iin": ADULT}
    answers = [await say(gateway, "appointments/cancellation", body) for _ in range(2)]
    assert [(status, told["state"]) for status, told in answers] == [(200, "cancelled_by_citizen")] * 2


async def test_ap_9_when_the_doctor_is_ill_the_status_tells_three_nearest_times(
    gateway: CallsTo, operator: CallsTo
) -> None:
    made = await booked(gateway)
    by_clinic = {"provider_bin": PROVIDER.bin, "numbers": [made["number"]]}
    status, told = await say(operator, "cancellations", by_clinic)
    assert (status, [one["number"] for one in told["cancelled"]]) == (200, [made["number"]])
    mine = {"request_id": made["request_id"], "applicant_iin": ADULT}
    _, told = await say(gateway, "appointments/standing", mine)
    assert (told["state"], len(told["nearest"])) == ("cancelled_by_clinic", 3)
    status, told = await say(gateway, "appointments/cancellation", examples.CANCELLATION | mine)
    assert (status, told["type"]) == (409, "/problems/booking-over")


async def test_ap_9_the_clinic_notes_a_visit_or_is_told_that_there_was_none(
    gateway: CallsTo, operator: CallsTo, around: Surroundings
) -> None:
    made = await booked(gateway)
    body = {"provider_bin": PROVIDER.bin, "number": made["number"], "came": True}
    assert (await say(operator, "visits", body))[0] == 404
    around.later(days=2)
    assert await say(operator, "visits", body) == (200, {"number": made["number"], "state": "came"})


async def test_schedules_are_entered_by_the_operator_and_for_a_clinic_by_the_gateway(
    gateway: CallsTo, operator: CallsTo
) -> None:
    body = {"schedules": [schedule(), schedule(day="2026-11-29")]}
    for caller, same in ((operator, [f"{DOCTOR}-2026-11-25"]), (gateway, [f"{DOCTOR}-2026-11-25"])):
        status, told = await say(caller, "schedules", body)
        assert (status, told["entered"], told["unchanged"]) == (200, 1, same)
    assert told["conflicts"] == [
        {"provider_bin": PROVIDER.bin, "id": f"{DOCTOR}-2026-11-29", "code": "provider_closed", "booked": []}
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"hours": {"from": "11:00", "to": "09:00"}},
        {"hours": {"from": "24:00", "to": "25:00"}},
        {"doctor": {"id": DOCTOR, "name": "x", "kind": "surgeon"}},
        {"date": "2012-01-01"},
        {"provider_bin": "000000000000"},
    ],
)
async def test_a_day_that_cannot_be_is_told_so(operator: CallsTo, wrong: dict[str, Any]) -> None:
    assert (await say(operator, "schedules", {"schedules": [schedule() | wrong]}))[0] == 422


async def test_a_day_is_entered_once_in_one_body(operator: CallsTo) -> None:
    assert (await say(operator, "schedules", {"schedules": [schedule(), schedule()]}))[0] == 422
