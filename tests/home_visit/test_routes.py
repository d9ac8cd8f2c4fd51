import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from home_visit_svc.app import CALLERS, create_app
from home_visit_svc.routes import routes_of
from home_visit_svc.settings import HomeVisitSettings
from shared.kit.app import assemble
from shared.kit.keys import load_keys
from tests.home_visit.calls import CallsTo, envelopes_of, make_keys
from tests.home_visit.people import ADULT, CHILD, FORM, PROVIDER
from tests.home_visit.requests import request_json
from tests.home_visit.surroundings import Surroundings

PAPERS = ("/internal/v1/documents/paper", "/internal/v1/documents/status-list", "/internal/v1/case-files")
DRAFTS, REQUESTS = "/internal/v1/drafts", "/internal/v1/requests"
STATUS, ROUNDS = "/internal/v1/documents/status", "/internal/v1/rounds"
IN_WORK = tuple(f"/internal/v1/home-visits/{one}" for one in ("list", "outcome", "move", "own"))
OFFICIALS = tuple(
    f"/internal/v1/{one}"
    for one in (
        *("deciding/read", "deciding/choose", "reviews", "reviews/draft"),
        *(f"proposals/{act}" for act in ("list", "read", "confirmation", "confirmed", "return")),
    )
)
ROUND: dict[str, Any] = {
    "id": "r-1",
    "provider_bin": PROVIDER.bin,
    "doctor": {"id": "D-7", "name": "Ахметов Ерлан", "kind": "therapist"},
    "date": "2026-11-24",
    "from": "14:00",
    "to": "18:00",
    "calls": 6,
    "duty": False,
}


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_keys(tmp_path_factory.mktemp("keys"), ["home_visit", "gateway", "operator", "appointment"])


@pytest.fixture
def app(around: Surroundings, keys: Path) -> FastAPI:
    settings = HomeVisitSettings(keys_dir=keys)
    return assemble(
        "home_visit", settings, [routes_of(around.world, around.work, load_keys(keys, "home_visit", CALLERS))]
    )


@pytest.fixture
def gateway(app: FastAPI, keys: Path) -> CallsTo:
    return CallsTo(app, "home_visit", envelopes_of(keys, "gateway"))


@pytest.fixture
def operator(app: FastAPI, keys: Path) -> CallsTo:
    return CallsTo(app, "home_visit", envelopes_of(keys, "operator"))


def draft(**changes: Any) -> bytes:
    body = {
        "request_id": "01890a5d-ac96-774b-bcce-b302099a8057",
        "applicant_iin": ADULT,
        "subject_iin": CHILD,
        "form": FORM,
    }
    return json.dumps(body | changes).encode()


def rounds(*changes: dict[str, Any]) -> bytes:
    return json.dumps({"rounds": [ROUND | change for change in changes]}).encode()


async def test_hv_9_a_draft_in_intake_hours_is_told_until_when(gateway: CallsTo) -> None:
    answer = await gateway.call(DRAFTS, draft())
    assert answer.status_code == 200
    assert answer.json() == {
        "intake": {"open": True, "until": "2026-11-24T18:00:00+05:00", "opens_at": None},
        "notices": [],
    }


async def test_hv_9_a_draft_after_intake_is_told_the_next_opening_and_103(
    gateway: CallsTo, around: Surroundings
) -> None:
    around.clock.pass_by(timedelta(hours=8))
    said = (await gateway.call(DRAFTS, draft())).json()
    assert said["intake"] == {"open": False, "until": None, "opens_at": "2026-11-25T08:00:00+05:00"}
    [notice] = said["notices"]
    assert notice["code"] == "intake_closed"
    for words in notice["text"].values():
        assert "103" in words
        assert "08:00" in words
        assert "25.11.2026" in words


async def test_a_draft_for_a_provider_that_is_not_in_appendix_3_is_told_so(gateway: CallsTo) -> None:
    answer = await gateway.call(DRAFTS, draft(form={**FORM, "provider_bin": "000000000000"}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/form/provider_bin", "code": "unknown-provider"}]


async def test_hv_14_a_request_is_answered_within_the_exchange_and_again_the_same(gateway: CallsTo) -> None:
    body = request_json()
    first, second = await gateway.call(REQUESTS, body), await gateway.call(REQUESTS, body)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    said = first.json()
    assert (said["state"], said["outcome"]) == ("answered", "granted")
    assert said["answer_by"] == "2026-11-24T05:30:00Z"
    assert set(said["document"]) == {"token", "jws"}
    assert [step["step"] for step in said["steps"]] == [6, 8]


async def test_hv_14_while_a_system_is_silent_the_request_is_registered_and_the_gateway_told_to_ask_again(
    gateway: CallsTo, around: Surroundings
) -> None:
    around.register.silent = True
    answer = await gateway.call(REQUESTS, request_json())
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "2")
    said = answer.json()
    assert (said["state"], said["outcome"], said["answered_at"], said["document"]) == ("registered", None, None, None)
    assert said["number"].startswith("HV-2026-")


async def test_another_request_under_a_known_id_is_a_conflict(gateway: CallsTo) -> None:
    body = json.loads(request_json())
    await gateway.call(REQUESTS, json.dumps(body).encode())
    answer = await gateway.call(REQUESTS, json.dumps(body | {"subject_iin": CHILD}).encode())
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/request-id-reused"


async def test_anyone_with_the_token_learns_that_a_document_is_valid_and_nothing_of_a_person(gateway: CallsTo) -> None:
    said = (await gateway.call(REQUESTS, request_json())).json()
    answer = await gateway.call(STATUS, json.dumps({"token": said["document"]["token"]}).encode())
    assert answer.json() == {
        "status": "valid",
        "kind": "home-visit-certificate",
        "number": said["number"],
        "issued_at": "2026-11-24T05:00:00Z",
        "issuer": {"bin": PROVIDER.bin, "name": PROVIDER.name},
        "service": "home-visit",
        "outcome": "granted",
        "replaced_by": None,
    }


async def test_a_token_that_was_never_given_is_not_found(gateway: CallsTo) -> None:
    assert (await gateway.call(STATUS, json.dumps({"token": "A" * 32}).encode())).status_code == 404


async def test_rounds_are_entered_once_and_conflicts_are_told_by_row(gateway: CallsTo, operator: CallsTo) -> None:
    for caller, same in ((operator, []), (gateway, ["r-1", "r-2"])):
        answer = await caller.call(ROUNDS, rounds({}, {"id": "r-2", "from": "09:00", "to": "13:00"}))
        assert answer.json() == {"entered": 2, "unchanged": same, "conflicts": []}
    await gateway.call(REQUESTS, request_json())
    answer = await operator.call(ROUNDS, rounds({}, {"id": "r-2", "from": "09:30", "to": "13:00"}))
    assert answer.json() == {
        "entered": 1,
        "unchanged": ["r-1"],
        "conflicts": [{"provider_bin": PROVIDER.bin, "id": "r-2", "code": "calls_already_given"}],
    }


@pytest.mark.parametrize(
    "change",
    [
        {"from": "18:00"},
        {"from": "9:00"},
        {"from": "24:00"},
        {"from": "١٤:00"},
        {"calls": -1},
        {"calls": "6"},
        {"date": "9999-12-31"},
        {"provider_bin": "1"},
        {"taken": 0},
        {"doctor": {"id": "D-7", "name": "\u202eA", "kind": "therapist"}},
        {"doctor": {"id": "D-7", "name": "A", "kind": "nurse"}},
    ],
)
async def test_a_malformed_round_is_422(operator: CallsTo, change: dict[str, Any]) -> None:
    assert (await operator.call(ROUNDS, rounds(change))).status_code == 422


async def test_a_round_twice_in_one_body_is_422(operator: CallsTo) -> None:
    assert (await operator.call(ROUNDS, rounds({}, {}))).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"state": "answered"},
        {"request_id": "1"},
        {"service": "appointment"},
        {"channel": "fax"},
        {"signed_at": "2026-11-24T10:00:00"},
        {"signed_at": "9999-12-31T23:59:59Z"},
        {"content": "not base64!"},
        {"content": ""},
        {"cms": 5},
        {"applicant_iin": "٨٥٠٠٠٠٠٠٠٠١٢"},
        {"form_version": "1"},
    ],
)
async def test_a_malformed_request_is_422_and_echoes_nothing(gateway: CallsTo, change: dict[str, Any]) -> None:
    body = json.loads(request_json()) | change
    answer = await gateway.call(REQUESTS, json.dumps(body).encode())
    assert answer.status_code == 422
    assert ADULT not in answer.text
    assert not any(str(value) in answer.text for value in change.values() if len(str(value)) > 5)


@pytest.mark.parametrize(
    ("path", "body", "refused"),
    [
        (DRAFTS, draft(), "operator"),
        (REQUESTS, request_json(), "operator"),
        (STATUS, b'{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}', "operator"),
    ],
)
async def test_every_route_opens_only_to_the_callers_on_its_list(
    app: FastAPI, keys: Path, path: str, body: bytes, refused: str
) -> None:
    listed_elsewhere = await CallsTo(app, "home_visit", envelopes_of(keys, refused)).call(path, body)
    unknown = await CallsTo(app, "home_visit", envelopes_of(keys, "appointment")).call(path, body)
    nobody = await CallsTo(app, "home_visit", envelopes_of(keys, "gateway")).call(path, body, headers={})
    assert (listed_elsewhere.status_code, unknown.status_code, nobody.status_code) == (403, 401, 401)


async def test_a_stranger_with_a_malformed_body_learns_nothing_of_the_schema(app: FastAPI, keys: Path) -> None:
    unknown = await CallsTo(app, "home_visit", envelopes_of(keys, "appointment")).call(REQUESTS, b"{}")
    assert unknown.status_code == 401


def test_every_route_stands_in_the_openapi_document(app: FastAPI) -> None:
    document = app.openapi()
    internal = {path: item for path, item in document["paths"].items() if path.startswith("/internal")}
    assert set(internal) == {
        DRAFTS,
        REQUESTS,
        STATUS,
        ROUNDS,
        *PAPERS,
        *IN_WORK,
        f"{ROUNDS}/list",
        "/internal/v1/changes",
        *OFFICIALS,
    }
    for item in internal.values():
        assert "requestBody" in item["post"]
        assert {"200", "401", "403", "422"} <= set(item["post"]["responses"])


async def test_the_service_is_put_together_from_settings_alone(
    keys: Path, sealed: Path, database_of: Any, around: Surroundings
) -> None:
    settings = HomeVisitSettings(
        keys_dir=keys,
        trust_dir=sealed / "trust",
        seals_dir=sealed / "seals",
        database_url=database_of("home_visit_svc"),
    )
    app = create_app(settings, around.clock)
    async with app.router.lifespan_context(app):
        gateway = CallsTo(app, "home_visit", envelopes_of(keys, "gateway"))
        assert (await gateway.call(DRAFTS, draft())).json()["intake"]["open"] is True
