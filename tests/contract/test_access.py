"""Who may call a route: whoever holds a session or an envelope, or, for a reason that stands here, anyone."""

import re
from collections.abc import Mapping
from uuid import uuid4

import pytest
from fastapi import FastAPI

from shared.law.scopes import Scope
from stack.roster import ROSTER
from tests.gateway.portal import Portal
from tests.kit.asgi import Told, ask
from tests.openapi import Operation, document
from tests.system.operations import guards_of

OPERATIONS = [operation for service in ROSTER for operation in document(service.name).operations]
OF_THE_GATEWAY = [operation for operation in OPERATIONS if operation.document.name == "gateway"]
OF_THE_OTHERS = [operation for operation in OPERATIONS if operation.document.name != "gateway"]
LOGIN = "it is how one gets a session"
CATALOGUE = "it tells what the decree tells everybody"
CHECK = "whoever holds a document checks it without us"
AUTHORITY = "an authority publishes it to everybody"
CONTROL = "a stub's own; no process of ours has it where the real system stands"
PUBLIC = {
    "create_challenge": LOGIN,
    "register": LOGIN,
    "create_session": LOGIN,
    "create_staff_session": LOGIN,
    "refresh_session": LOGIN,
    "issue_token": LOGIN,
    "read_authorization_server": "it tells how a system gets a token",
    "list_services": CATALOGUE,
    "read_service": CATALOGUE,
    "read_form": CATALOGUE,
    "list_providers": CATALOGUE,
    "read_provider": CATALOGUE,
    "search_slots": "free times are no secret; nothing tells who has the others",
    "check_document": CHECK,
    "read_problem": "it tells what a problem means, and nothing of anybody",
    "read_keys": CHECK,
    "read_training_status_list": CHECK,
    "read_status_list": CHECK,
    "open_document": CHECK,
    "check_document_file": CHECK,
    "healthz": "it tells that the process runs, and nothing else",
    "readyz": "it tells which parts are there, and nothing else",
    "get_root_certificate": AUTHORITY,
    "get_gost_root_certificate": AUTHORITY,
    "get_issuing_certificate": AUTHORITY,
    "get_gost_issuing_certificate": AUTHORITY,
    "get_full_list": AUTHORITY,
    "get_gost_full_list": AUTHORITY,
    "get_delta_list": AUTHORITY,
    "get_gost_delta_list": AUTHORITY,
    "answer_ocsp": AUTHORITY,
    "answer_gost_ocsp": AUTHORITY,
    "stamp_time": AUTHORITY,
    "stamp_gost_time": AUTHORITY,
    "issue_to_individual": CONTROL,
    "issue_to_official": CONTROL,
    "revoke": CONTROL,
    "release": CONTROL,
    "change_mood": CONTROL,
    "show_mood": CONTROL,
    "show_people": CONTROL,
    "change_person": CONTROL,
    "be_elsewhere": CONTROL,
}


async def call(app: FastAPI, operation: Operation, *credentials: str) -> Told:
    """Call an operation as its document shows it."""
    path = re.sub(r"\{[a-z_]+_id\}", str(uuid4()), operation.path)
    headers = [("authorization", one) for one in credentials]
    return await ask(app, operation.method, path, operation.example, headers=headers)


def test_every_operation_asks_who_calls_or_is_public_for_a_reason() -> None:
    open_to_all = {operation.told["operationId"] for operation in OPERATIONS if not operation.told.get("security")}
    assert open_to_all == set(PUBLIC)


def test_the_gateway_asks_for_sessions_and_the_services_for_envelopes() -> None:
    asked = {(one.document.name == "gateway", guards_of(one)) for one in OPERATIONS if "security" in one.told}
    sessions, both = frozenset({"access_token"}), frozenset({"access_token", "client_token"})
    assert asked == {(True, sessions), (True, both), (False, frozenset({"envelope"}))}


def test_what_is_open_to_clinics_systems_names_one_scope() -> None:
    scopes = {
        one.told["operationId"]: [guard["client_token"] for guard in one.told["security"] if "client_token" in guard]
        for one in OF_THE_GATEWAY
        if "client_token" in guards_of(one)
    }
    unscoped = {name for name, (asked,) in scopes.items() if not asked}
    assert unscoped == {"read_own_access"}
    assert {scope for named in scopes.values() for asked in named for scope in asked} <= set(Scope)


@pytest.mark.parametrize("operation", [one for one in OF_THE_OTHERS if "security" in one.told], ids=str)
async def test_a_call_without_an_envelope_is_not_heard(apps: Mapping[str, FastAPI], operation: Operation) -> None:
    for credentials in ((), ("Bearer abc",), ("Envelope a.b.c",)):
        told = await call(apps[operation.document.name], operation, *credentials)
        assert (told.status, told.headers["www-authenticate"]) == (401, "Envelope")


@pytest.mark.parametrize("operation", [one for one in OF_THE_GATEWAY if "security" in one.told], ids=str)
async def test_a_call_without_a_session_is_not_heard(portal: Portal, operation: Operation) -> None:
    for credentials in ((), ("Bearer abc",), ("Envelope a.b.c",), ("Bearer abc", "Bearer abc")):
        told = await call(portal.app, operation, *credentials)
        assert (told.status, told.headers["www-authenticate"].split()[0]) == (401, "Bearer")
