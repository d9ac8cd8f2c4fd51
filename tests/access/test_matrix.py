"""Every operation × every kind of caller × whose object it is, by the rules of rules.py and the OpenAPI documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio
from starlette.routing import Mount, Route

from gateway.tokens import ACCESS_LIFE
from person_registry_stub.demo_people import NOBODY
from shared.kit.keys import load_keys
from shared.law.providers import PROVIDERS
from shared.law.roles import StaffRole
from stack.roster import CALLERS
from tests.access.rules import RULES, Rule
from tests.openapi import Operation
from tests.system.asking import Told, ask
from tests.system.asks import Ask
from tests.system.callers import Caller, asked_by, nobody, sealed_by, with_token
from tests.system.citizen import Citizen
from tests.system.counter import Counter
from tests.system.employee import Employee
from tests.system.operations import guards_of, line_of, operations_of
from tests.system.people import request_for
from tests.system.stage import Stage
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")
BESIDE = {
    "/openapi.json",
    "/docs",
    "/metrics",
    "/reference",
    "/reference/{operation}",
    "/verify",
    "/verify/{token}",
    "/workstation",
    "/workstation/static/{name}",
    "/workstation/static/screens/{name}",
    "/workstation/words/{language}",
}
"""What an application answers beside its documented operations; it tells of nobody without the paper's code."""


@dataclass(frozen=True)
class Callers:
    """Whoever comes to the gateway: with what, and whose requests there are."""

    without_session: Mapping[str, Caller]
    others: Mapping[str, Caller]
    of_others: Mapping[str, str]
    clerk: str
    """The token of an employee who is no administrator."""
    doctor: str
    elsewhere: str
    """The token of the registry desk of another clinic."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def callers(stage: Stage) -> Callers:
    system, world = stage.system, stage.system.gateway
    gone, stale = await Citizen(system, "elderly").enter(), await Citizen(system, "permit").enter()
    await gone.call("DELETE", "/v1/sessions/current")
    bearer, _ = world.tokens.read(stale.token, system.clock.now())
    async with world.database.connection() as c:
        await c.execute("UPDATE sessions SET expires_at = $2 WHERE session_id = $1", bearer.session, system.clock.now())
    own, _ = world.tokens.read(stage.citizen.token, system.clock.now())
    expired = world.tokens.issue(own, system.clock.now() - ACCESS_LIFE)
    yet_to_come = world.tokens.issue(own, system.clock.now() + timedelta(seconds=1))
    adult = await Citizen(system, "adult").enter()
    stranger = await Citizen(system, "stranger").enter()
    child = Citizen(system, "child-8").iin
    services = {name: sealed_by(load_keys(system.layout.keys, name, callers=()), "gateway") for name in CALLERS}
    await stage.administrator.appoint(stranger)
    clerk = await Employee(stranger).log_in()
    doctor = await Counter(Citizen(system, "unattached"), adult).sit_down(stage.administrator, StaffRole.DOCTOR)
    theirs = await Employee(stage.citizen, PROVIDERS[1].bin).take_office()
    elsewhere = await Counter(Citizen(system, "mover"), adult, PROVIDERS[1].bin).sit_down(theirs)
    return Callers(
        clerk=clerk.token,
        doctor=doctor.token,
        elsewhere=elsewhere.token,
        without_session={
            "nobody": nobody,
            "logged out": with_token(gone.token),
            "session over": with_token(stale.token),
            "token over": with_token(expired),
            "token of the future": with_token(yet_to_come),
            "refresh token": with_token(stage.citizen.refresh_token),
            "padded token": with_token(stage.citizen.token + "=="),
            **services,
        },
        others={"another citizen": with_token(adult.token), "another parent": with_token(stranger.token)},
        of_others={
            "another's": (await adult.signed(request_for()))["id"],
            "a stranger's, for one's own child": (await stranger.signed(request_for(subject_iin=child)))["id"],
            "guessed": str(uuid4()),
        },
    )


def matrix() -> Iterator[tuple[str, str]]:
    for name, rules in RULES.items():
        for line in rules:
            yield name, line


def operation_of(system: System, name: str, line: str) -> Operation:
    return next(one for one in operations_of(name, system.apps[name]) if line_of(one) == line)


async def send(system: System, operation: Operation, told: Ask, caller: Caller) -> Told:
    return await ask(system.apps[operation.document.name], asked_by(caller, operation, told))


@pytest.mark.parametrize("name", RULES)
async def test_every_operation_has_a_rule_and_its_document_names_the_same_guard(system: System, name: str) -> None:
    told = {line_of(one): guards_of(one) for one in operations_of(name, system.apps[name])}
    assert told == {line: rule.guards for line, rule in RULES[name].items()}
    paths = {route.path for route in system.apps[name].routes if isinstance(route, Route | Mount)}
    assert paths - {line.partition(" ")[2] for line in RULES[name]} <= BESIDE


@pytest.mark.parametrize(("name", "line"), [one for one in matrix() if "access_token" in RULES[one[0]][one[1]].guards])
async def test_without_an_open_session_nothing_is_done(stage: Stage, callers: Callers, name: str, line: str) -> None:
    operation = operation_of(stage.system, name, line)
    good = await stage.good(name, operation)
    unsent, rule = Ask(good.path, good.query, good.body), RULES[name][line]
    other_kind = {"of another kind": stage.caller("citizen" if rule.staff else "employee", name)}
    for who, caller in {**callers.without_session, **other_kind}.items():
        told = await send(stage.system, operation, unsent, caller)
        assert (told.status, told.header("www-authenticate").split()[0]) == (401, "Bearer"), who
    assert (await send(stage.system, operation, good, stage.caller(rule.caller, name))).status < 300


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in matrix() if RULES[name][line].administrator])
async def test_what_is_the_administrators_is_not_another_roles(
    stage: Stage, callers: Callers, name: str, line: str
) -> None:
    operation = operation_of(stage.system, name, line)
    good = await stage.good(name, operation)
    told = await send(stage.system, operation, good, with_token(callers.clerk))
    assert (told.status, told.json["type"]) == (403, "/problems/not-your-role")
    assert (await send(stage.system, operation, good, stage.caller("employee", name))).status < 300


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in matrix() if RULES[name][line].desk])
async def test_what_is_the_desks_is_neither_a_doctors_nor_another_clinics(
    stage: Stage, callers: Callers, name: str, line: str
) -> None:
    operation = operation_of(stage.system, name, line)
    good = await stage.good(name, operation)
    told = await send(stage.system, operation, replace(good, token=""), with_token(callers.doctor))
    assert (told.status, told.json["type"]) == (403, "/problems/not-your-role")
    if "{" in line:
        told = await send(stage.system, operation, replace(good, token=""), with_token(callers.elsewhere))
        assert (told.status, told.json["type"]) == (404, "/problems/not-found")
        guessed = replace(good, token="", path={name: str(uuid4()) for name in good.path})
        other = await send(stage.system, operation, guessed, with_token(callers.elsewhere))
        assert other.but_for_its_trace() == told.but_for_its_trace()
    assert (await send(stage.system, operation, good, stage.caller("employee", name))).status < 300


async def test_an_employee_of_another_clinic_is_like_one_who_never_was(stage: Stage) -> None:
    elsewhere = await Employee(stage.citizen, PROVIDERS[1].bin).take_office()
    theirs = await elsewhere.appoint(Citizen(stage.system, "elderly"))
    answers = [await stage.administrator.call("DELETE", f"/v1/staff/employees/{one}") for one in (theirs, str(uuid4()))]
    assert {told.status for told in answers} == {404}
    assert len({told.but_for_its_trace() for told in answers}) == 1
    listed = (await stage.administrator.call("GET", "/v1/staff/employees")).json["employees"]
    assert theirs not in {one["employee_id"] for one in listed}
    assert (await elsewhere.call("DELETE", f"/v1/staff/employees/{theirs}")).status == 204


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in matrix() if RULES[name][line].owner])
async def test_the_request_of_another_is_like_one_that_never_was(
    stage: Stage, callers: Callers, name: str, line: str
) -> None:
    operation = operation_of(stage.system, name, line)
    good = await stage.good(name, operation)
    mine = stage.caller("citizen", name)
    others = [Ask({**good.path, "request_id": one}, good.query, good.body) for one in callers.of_others.values()]
    answers = [await send(stage.system, operation, other, mine) for other in others]
    answers += [await send(stage.system, operation, good, caller) for caller in callers.others.values()]
    assert {(told.status, told.json["type"]) for told in answers} == {(404, "/problems/not-found")}
    assert len({told.but_for_its_trace() for told in answers}) == 1
    assert (await send(stage.system, operation, good, mine)).status < 300


async def test_a_parent_sees_what_they_asked_for_the_child_and_not_what_others_did(
    stage: Stage, callers: Callers
) -> None:
    parent, child = stage.citizen, Citizen(stage.system, "child-8").iin
    asked = await parent.signed(request_for(subject_iin=child))
    assert (await parent.call("GET", asked["links"]["self"])).json["status"] == "granted"
    own = {one["id"] for one in (await parent.call("GET", "/v1/requests?limit=100")).json["requests"]}
    assert asked["id"] in own
    assert not own & set(callers.of_others.values())
    listed = operation_of(stage.system, "gateway", "GET /v1/requests")
    told = await send(stage.system, listed, Ask(), callers.others["another parent"])
    assert [one["id"] for one in told.json["requests"]] == [callers.of_others["a stranger's, for one's own child"]]


async def test_of_whom_one_does_not_represent_nothing_is_told_not_even_whether_they_are(stage: Stage) -> None:
    strangers = [Citizen(stage.system, slug).iin for slug in ("adult", "ward", "late-ward", "elderly")]
    answers = [
        await stage.citizen.call("POST", "/v1/me/attachments/lookup", {"iin": iin}) for iin in (*strangers, NOBODY)
    ]
    assert {told.status for told in answers} == {403}
    assert len({told.but_for_its_trace() for told in answers}) == 1
    called = len(stage.system.network.called)
    assert (await stage.citizen.call("GET", "/v1/me/attachments")).status == 200
    assert [url.endswith("/history") for url in stage.system.network.called[called:]] == [True]


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in matrix() if RULES[name][line].callers])
async def test_only_the_callers_on_the_list_are_heard(stage: Stage, name: str, line: str) -> None:
    operation, rule = operation_of(stage.system, name, line), RULES[name][line]
    good = await stage.good(name, operation)
    spoiled = Ask(raw=b'{"iin": 1}')
    for service in CALLERS:
        caller = stage.caller(service, name)
        if service in rule.callers:
            assert (await send(stage.system, operation, good, caller)).status < 300, service
            assert (await send(stage.system, operation, spoiled, caller)).status == 422, service
            continue
        for body in (good, spoiled):
            told = await send(stage.system, operation, body, caller)
            assert told.status == (403 if service in known_to(name) else 401), service
    for stranger in (nobody, stage.caller("citizen", name), *elsewhere(stage, rule, name)):
        assert (await send(stage.system, operation, good, stranger)).status == 401


def known_to(name: str) -> frozenset[str]:
    """Return those whose envelopes a service can open at all."""
    return frozenset(caller for rule in RULES[name].values() for caller in rule.callers)


def elsewhere(stage: Stage, rule: Rule, name: str) -> Iterator[Caller]:
    """Yield callers on the list whose envelope is meant for another service."""
    for other in sorted({"home_visit", "attachment", "person_registry"} - {name}):
        for caller in sorted(rule.callers):
            yield sealed_by(load_keys(stage.system.layout.keys, caller, callers=()), other)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, line in matrix() if RULES[name][line].anyone])
async def test_what_is_open_to_anyone_is_open_without_a_proof(stage: Stage, name: str, line: str) -> None:
    operation = operation_of(stage.system, name, line)
    good = await stage.good(name, operation) if line in stage.asks[name] else Ask()
    assert (await send(stage.system, operation, good, nobody)).status < 300
