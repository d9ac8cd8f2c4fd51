"""A walk through everything, well and badly: what was said in it stands in no log, no address, no figure."""

import base64
import json
import re

import pytest

from tests.access.rules import RULES
from tests.hostile.strings import CANARY
from tests.system.asking import Asked, ask
from tests.system.callers import asked_by
from tests.system.citizen import PASSWORD, Citizen
from tests.system.operations import line_of, operations_of
from tests.system.people import FORM, request_for
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
MASKED = "[iin]"
"""What the log puts instead of an IIN. It stands there only if one was logged: the first line of defence has failed."""
OTHER_PASSWORD = f"басқа {CANARY} құпиясөз"


async def walk(stage: Stage) -> list[str]:
    """Do what citizens do, and what they do wrongly; return the secrets that were said."""
    person = await Citizen(stage.system, "long-name", address="198.51.100.77").enter()
    answered = await person.signed(request_for())
    draft = await person.draft(request_for())
    signature = await person.signature(draft)
    secrets = [person.token, person.refresh_token, signature["cms"], answered["document"]["token"]]
    document = (await person.call("GET", answered["links"]["document"])).text
    for method, target, body in [
        ("POST", "/v1/sessions", {"iin": person.iin, "password": OTHER_PASSWORD}),
        ("POST", "/v1/sessions", {"iin": person.iin, "password": PASSWORD, CANARY: FORM}),
        ("POST", "/v1/sessions", {"iin": [person.iin], "password": {"": PASSWORD}}),
        ("POST", "/v1/sessions/refresh", {"refresh_token": person.refresh_token + CANARY}),
        ("POST", "/v1/registration", await person.registration() | {"password": person.iin}),
        ("POST", draft["links"]["signature"], {"cms": base64.b64encode(CANARY.encode()).decode()}),
        ("POST", draft["links"]["signature"], signature | {"iin": person.iin}),
        ("POST", "/v1/requests", request_for(subject_iin="1" * 12)),
        ("GET", f"/v1/requests/{person.iin}?iin={person.iin}", None),
        ("GET", f"/v1/{person.iin}/{CANARY}?password={CANARY}", None),
        ("GET", f"/v1/documents/{CANARY}{person.iin}", None),
        ("GET", f"/v1/providers/{person.iin}?q={CANARY}", None),
        (CANARY.upper(), "/v1/me", None),
    ]:
        told = await person.call(method, target, body)
        assert 400 <= told.status < 500, (method, target)
    for spoiled in (
        f'{{"iin": {person.iin}, "password": "{CANARY}',
        f'{{"iin": "{person.iin}", "iin": 1}}',
        "\ufeff{}",
    ):
        await ask(stage.system.apps["gateway"], Asked("POST", "/v1/sessions", spoiled.encode()))
    fresh = await person.call("POST", "/v1/sessions/refresh", {"refresh_token": person.refresh_token})
    await person.call("POST", "/v1/sessions/refresh", {"refresh_token": person.refresh_token})
    return [*secrets, *document.split(".")[1:], fresh.json["access_token"], fresh.json["refresh_token"]]


async def ask_everything(stage: Stage) -> None:
    """Send every operation of every application a request that it answers as it should."""
    for name, rules in RULES.items():
        for operation in operations_of(name, stage.system.apps[name]):
            line = line_of(operation)
            if line in stage.asks[name]:
                good = await stage.good(name, operation)
                await ask(stage.system.apps[name], asked_by(stage.caller(rules[line].caller, name), operation, good))


def personal(slug: str, stage: Stage) -> list[str]:
    person = Citizen(stage.system, slug).demo.person
    words = [name for names in (person.names.kk, person.names.ru) for name in names.full().split()]
    documents = [document.number for document in person.documents]
    return [person.iin, *words, *documents]


async def test_nothing_personal_or_secret_is_logged_addressed_or_counted(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.system.network.called.clear()
    secrets = await walk(stage)
    await ask_everything(stage)
    logged = capsys.readouterr()
    log = logged.out + logged.err
    assert {"login.step", "signature.checked", "request", "request.registered", "registry.asked"} <= {
        json.loads(line)["event"] for line in logged.out.splitlines()
    }
    said = [PASSWORD, OTHER_PASSWORD, CANARY, CANARY.upper(), FORM["phone"], FORM["address"]["street"], "198.51.100.77"]
    said += [*secrets, *(word for slug in ("adult", "long-name", "parent") for word in personal(slug, stage)), MASKED]
    assert [line for line in log.splitlines() if MASKED in line] == []
    assert [one for one in said if one in log] == []
    addresses = "\n".join(stage.system.network.called)
    figures = "".join([await metrics(stage, name) for name in RULES])
    for text in (addresses, figures):
        assert [one for one in said if one in text] == []
        assert re.findall(r"(?<![0-9a-f.])[0-9]{12}(?![0-9a-f])", text) == []


async def test_figures_are_counted_by_what_the_documents_name_and_by_nothing_that_a_caller_made_up(
    stage: Stage,
) -> None:
    for name, rules in RULES.items():
        page = await metrics(stage, name)
        routes = set(re.findall(r'route="([^"]*)"', page))
        paths = {line.partition(" ")[2] for line in rules}
        assert routes - paths <= {"(none)", "/metrics", "/docs", "/openapi.json"}
        assert set(re.findall(r'method="([^"]*)"', page)) <= {"GET", "POST", "PUT", "DELETE", "(other)"}


async def test_no_address_of_ours_asks_for_a_number_of_a_person(stage: Stage) -> None:
    for name in RULES:
        for operation in operations_of(name, stage.system.apps[name]):
            told = [operation.document.resolved(one) for one in operation.told.get("parameters", ())]
            assert not {one["name"] for one in told if one["in"] in {"path", "query"}} & {"iin", "subject_iin", "phone"}


async def metrics(stage: Stage, name: str) -> str:
    return (await ask(stage.system.apps[name], Asked("GET", "/metrics"))).text
