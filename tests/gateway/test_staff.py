"""Employees of an organisation: log-in with IIN and password for it, roles, and two kinds of tokens kept apart."""

import io
import sys
from datetime import timedelta
from typing import Any

import pytest

from gateway import offices
from shared.law.college import COLLEGE
from shared.law.providers import PROVIDERS
from shared.law.roles import ROLES_IN, StaffRole
from tests.gateway.portal import AIGUL, NOBODY, PASSWORD, SERIK, WRONG, Portal
from tests.openapi import document

ME = "/v1/staff/me"
CLINIC = PROVIDERS[0].bin


async def first_administrator(portal: Portal, iin: str = AIGUL, bin_: str = COLLEGE.bin) -> None:
    url = portal.world.settings.database_url
    await offices.appoint_first(url, portal.clock, (bin_, iin), ("Канарейқызы Айгүл", "Канарейкина Айгуль"))


async def log_in(portal: Portal, iin: str = AIGUL, bin_: str = COLLEGE.bin, password: str = PASSWORD) -> Any:
    body = {"iin": iin, "password": password, "organisation_bin": bin_}
    return await portal.call("POST", "/v1/staff/sessions", body)


async def administrator(portal: Portal) -> str:
    """Aigul, registered, as the college's administrator; gives her access token."""
    await portal.register(AIGUL)
    await first_administrator(portal)
    answer = await log_in(portal)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["access_token"])


async def appoint(portal: Portal, token: str, iin: str, *roles: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return await portal.call("PUT", "/v1/staff/employees", {"iin": iin, "roles": list(roles)}, headers=headers)


async def test_hv_17_1_an_employee_logs_in_with_iin_and_password_for_an_organisation(portal: Portal) -> None:
    token = await administrator(portal)
    told = (await portal.get(ME, token)).json()
    assert told["organisation"] == {"bin": COLLEGE.bin, "name": COLLEGE.name}
    assert [role["code"] for role in told["roles"]] == ["administrator"]
    assert told["name"]["kk"] == "Канарейқызы Айгүл"
    assert AIGUL not in str(told)
    bearer, _ = portal.world.tokens.read(token, portal.clock.now())
    assert (bearer.organisation, bearer.roles) == (COLLEGE.bin, ("administrator",))


async def test_the_answer_is_the_same_for_a_wrong_password_another_organisation_and_nobody(portal: Portal) -> None:
    await administrator(portal)
    await portal.register(SERIK)
    refused = [
        await log_in(portal, password=WRONG),
        await log_in(portal, bin_=CLINIC),
        await log_in(portal, SERIK),
        await log_in(portal, NOBODY),
    ]
    assert {answer.status_code for answer in refused} == {401}
    assert {answer.json()["type"] for answer in refused} == {"/problems/authorisation-refused"}


async def test_a_citizens_token_opens_nothing_of_employees_nor_the_other_way_round(portal: Portal) -> None:
    staff = await administrator(portal)
    citizen = (await portal.log_in()).json()["access_token"]
    routes = [one for one in document("gateway").operations if "security" in one.told and one.method == "GET"]
    assert len(routes) > 10
    for one in routes:
        path = one.path.replace("{request_id}", "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90")
        wrong = citizen if path.startswith(("/v1/staff", "/v1/clinic", "/v1/webhooks")) else staff
        answer = await portal.get(path, wrong)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/session-not-valid"), path
    assert (await portal.get(ME, staff)).status_code == 200
    assert (await portal.get("/v1/me", citizen)).status_code == 200


async def test_the_administrator_appoints_changes_roles_and_dismisses(portal: Portal) -> None:
    token = await administrator(portal)
    assert (await appoint(portal, token, SERIK, "executor")).status_code == 200
    again = await appoint(portal, token, SERIK, "executor")
    await portal.register(SERIK)
    session = (await log_in(portal, SERIK)).json()
    assert [one["code"] for one in (await portal.get(ME, session["access_token"])).json()["roles"]] == ["executor"]
    assert len((await portal.get("/v1/staff/employees", token)).json()["employees"]) == 2

    changed = (await appoint(portal, token, SERIK, "clerk", "responsible_person")).json()
    assert changed["employee_id"] != again.json()["employee_id"]
    assert (await portal.get(ME, session["access_token"])).status_code == 401
    assert (await portal.refresh(session["refresh_token"])).status_code == 401

    session = (await log_in(portal, SERIK)).json()
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/v1/staff/employees/{changed['employee_id']}"
    assert (await portal.call("DELETE", path, headers=headers)).status_code == 204
    assert (await portal.call("DELETE", path, headers=headers)).status_code == 404
    assert (await portal.get(ME, session["access_token"])).status_code == 401
    assert (await log_in(portal, SERIK)).status_code == 401
    assert (await portal.log_in(SERIK)).status_code == 201


async def test_only_the_administrator_appoints_and_only_at_their_own_organisation(portal: Portal) -> None:
    token = await administrator(portal)
    await portal.register(SERIK)
    await appoint(portal, token, SERIK, "executor")
    executor = (await log_in(portal, SERIK)).json()["access_token"]
    for answer in (await appoint(portal, executor, AIGUL, "head"), await portal.get("/v1/staff/employees", executor)):
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-your-role")

    await first_administrator(portal, SERIK, CLINIC)
    clinic = (await log_in(portal, SERIK, CLINIC)).json()["access_token"]
    everyone = (await portal.get("/v1/staff/employees", clinic)).json()["employees"]
    assert [one["iin"][-4:] for one in everyone] == [SERIK[-4:]]
    mine = (await portal.get(ME, token)).json()["employee_id"]
    headers = {"Authorization": f"Bearer {clinic}"}
    assert (await portal.call("DELETE", f"/v1/staff/employees/{mine}", headers=headers)).status_code == 404


@pytest.mark.parametrize(("bin_", "role"), [(COLLEGE.bin, "doctor"), (CLINIC, "executor"), (CLINIC, "no_such_role")])
async def test_an_organisation_has_its_own_roles_only(portal: Portal, bin_: str, role: str) -> None:
    await portal.register(AIGUL)
    await first_administrator(portal, AIGUL, bin_)
    token = (await log_in(portal, bin_=bin_)).json()["access_token"]
    assert (await appoint(portal, token, SERIK, role)).status_code == 422


async def test_the_registry_confirms_whoever_is_appointed(portal: Portal) -> None:
    token = await administrator(portal)
    assert (await appoint(portal, token, NOBODY, "clerk")).json()["type"] == "/problems/person-not-authentic"
    portal.registry.silent = True
    assert (await appoint(portal, token, SERIK, "clerk")).status_code == 503


async def test_an_administrator_neither_dismisses_themselves_nor_gives_the_role_away(portal: Portal) -> None:
    token = await administrator(portal)
    mine = (await portal.get(ME, token)).json()["employee_id"]
    headers = {"Authorization": f"Bearer {token}"}
    gone = await portal.call("DELETE", f"/v1/staff/employees/{mine}", headers=headers)
    given = await appoint(portal, token, AIGUL, "head")
    assert [gone.status_code, given.status_code] == [409, 409]
    assert gone.json()["type"] == given.json()["type"] == "/problems/last-administrator"
    assert (await appoint(portal, token, AIGUL, "head", "administrator")).status_code == 200


async def test_a_staff_session_is_refreshed_as_what_it_is_and_ends_with_log_out(portal: Portal) -> None:
    await administrator(portal)
    opened = (await log_in(portal)).json()
    portal.pass_by(timedelta(minutes=11))
    assert (await portal.get(ME, opened["access_token"])).status_code == 401
    fresh = (await portal.refresh(opened["refresh_token"])).json()
    assert (await portal.get(ME, fresh["access_token"])).status_code == 200
    assert (await portal.get("/v1/me", fresh["access_token"])).status_code == 401
    headers = {"Authorization": f"Bearer {fresh['access_token']}"}
    assert (await portal.call("DELETE", "/v1/staff/sessions/current", headers=headers)).status_code == 204
    assert (await portal.get(ME, fresh["access_token"])).status_code == 401


def test_the_operators_command_says_what_it_does_not_understand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(iin: str, *arguments: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{iin}\n"))
        return offices.main(list(arguments))

    assert command(AIGUL) == 2
    assert command("870000000001", COLLEGE.bin, "А", "А") == 2
    assert command(AIGUL, "130040000000", "А", "А") == 2
    assert "870000000001" not in capsys.readouterr().err


async def test_the_operator_appoints_the_first_administrator_once(portal: Portal) -> None:
    await first_administrator(portal)
    await first_administrator(portal)
    async with portal.world.database.connection() as c:
        assert await c.fetchval("SELECT count(*) FROM employees WHERE dismissed_at IS NULL") == 1


def test_every_organisation_has_roles_and_an_administrator_among_them() -> None:
    assert len(ROLES_IN) == 34
    assert all(StaffRole.ADMINISTRATOR in roles for roles in ROLES_IN.values())
