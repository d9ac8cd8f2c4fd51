"""What an answer holds: no field that its document does not name, and of a person only what the role may know."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.access.rules import RULES
from tests.openapi import JSON, Document
from tests.system.asking import Told, ask
from tests.system.callers import asked_by
from tests.system.citizen import PASSWORD, Citizen
from tests.system.operations import line_of, operations_of, properties_of
from tests.system.people import FORM, request_for
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
REQUEST = "/v1/requests/{request_id}"
DESK = "/v1/staff/requests/{request_id}"
TELLS_ALL_TO_ITS_OWNER = {
    "POST /v1/requests": "what is signed must be seen, by whoever signs it",
    f"POST {REQUEST}/move": "the same",
    f"POST {REQUEST}/review": "the same",
    f"GET {REQUEST}/content": "the same",
    f"GET {REQUEST}/document": "it is the person's document",
    f"GET {REQUEST}/evidence": "one's own signature, over what one asked for",
    f"GET {REQUEST}/cancellation": "what is signed must be seen",
    "GET /v1/me": "one's own name",
    "POST /v1/documents/{token}/content": "who types the code has the paper, where it stands",
    "GET /v1/staff/me": "one's own name",
    "POST /v1/staff/lookups": "the employee compares it with the document in the person's hand",
    "POST /v1/staff/requests": "what is signed must be seen, by the employee who signs it",
    f"GET {DESK}": "the desk says the answer to the person",
    f"POST {DESK}/signature": "the same",
    f"GET {DESK}/content": "what is signed must be seen",
    f"GET {DESK}/document": "it is printed for the person",
    f"GET {DESK}/evidence": "the employee's signature, over what they asked for the person",
    "GET /v1/staff/employees": "the administrator appointed them",
    "PUT /v1/staff/employees": "the same",
    "GET /v1/me/training-documents": "it is the person's document",
    "GET /v1/me/represented": "one names the child whom one asks for",
}
TELLS_WHOEVER_DECIDES = {
    line: "an official sees what they decide, which is recorded for the person to see (GET /v1/me/looks)"
    for kind in ("proposals", "reviews")
    for line in (
        f"GET /v1/staff/{kind}/{{request_id}}",
        f"GET /v1/staff/{kind}/{{request_id}}/content",
        "POST /internal/v1/proposals/read",
    )
}
TELLS_WHAT_WAS_JUST_SAID = {
    "POST /v1/registration/challenges": "the IIN that came with the call stands in what to sign"
}
INTERNAL_BY_PURPOSE = {
    "POST /v1/persons/lookup": "it is asked for exactly this",
    "POST /v1/organisations/lookup": "the head of an organisation is a person",
    "POST /internal/v1/attachments/lookup": "whose attachment it is stands in the sealed answer",
    "POST /internal/v1/appointments/standing": "it is about the request that was asked for",
    "POST /internal/v1/case-files": "the sealed answers about the applicant are for the applicant, through the gateway",
    "POST /internal/v1/requests": "the sealed document is for the applicant, through the gateway",
    **{
        f"POST /internal/v1/home-visits/{one}": "for the clinic, through the gateway, which records it"
        for one in ("list", "outcome", "move")
    },
    "GET /control/people": "a stub's made-up people",
    "POST /control/issue": "a stub's made-up people",
    "POST /control/issue-official": "a stub's made-up people",
    "POST /control/mood": "it repeats whom the mood is kept to",
    "GET /control/mood": "the same",
}
TELLS_THE_CLINIC_AND_RECORDS_IT = {
    "GET /v1/staff/journal": "whose request it is, by name",
    "GET /v1/staff/journal/export": "the same",
    "GET /v1/staff/journal/{request_id}": "the request as it was made, to whoever answers it",
    **{
        f"{one}": "where the doctor goes, to whom, and what ails them"
        for one in (
            *("GET /v1/staff/home-visits", "GET /v1/staff/home-visits/page"),
            *("PUT /v1/staff/home-visits/{request_id}/outcome", "POST /v1/staff/home-visits/{request_id}/move"),
        )
    },
}
"""Each is a look, which the person reads at ``GET /v1/me/looks``."""
ALLOWED = {
    *TELLS_ALL_TO_ITS_OWNER,
    *TELLS_WHOEVER_DECIDES,
    *TELLS_THE_CLINIC_AND_RECORDS_IT,
    *TELLS_WHAT_WAS_JUST_SAID,
    *INTERNAL_BY_PURPOSE,
}


def personal(citizen: Citizen) -> dict[str, str]:
    """Return what would show that an answer tells of the person."""
    names = citizen.demo.person.names
    return {
        "IIN": citizen.iin,
        "surname": names.kk.surname,
        "given name": names.kk.given,
        "Russian surname": names.ru.surname,
        "telephone": FORM["phone"],
        "street": FORM["address"]["street"],
        "complaint": FORM["complaint"],
        "password": PASSWORD,
    }


def unfolded(told: Told) -> str:
    """Return an answer with whatever it carries in base64: bytes to sign, the payload of a sealed document."""
    text = told.body.decode("utf-8", "replace") + str(told.headers)
    folded = text.replace('"', " ").replace(".", " ").split()
    for part in (one for one in folded if len(one) > 40):
        padded = part.replace("-", "+").replace("_", "/") + "=" * (-len(part) % 4)
        try:
            text += base64.b64decode(padded, validate=True).decode()
        except ValueError:
            continue
    return text


def surplus(document: Document, schema: Mapping[str, Any], value: object, at: str = "") -> Iterator[str]:
    """Yield each member of a value that its schema does not name."""
    schema = document.resolved(schema)
    if isinstance(value, list):
        for one in value:
            yield from surplus(document, schema.get("items", {}), one, f"{at}/-")
    if isinstance(value, dict):
        named = dict(properties_of(document, schema))
        others = schema.get("additionalProperties")
        for name, inner in value.items():
            if name in named:
                yield from surplus(document, named[name], inner, f"{at}/{name}")
            elif not others:
                yield f"{at}/{name}"


async def answers_of(stage: Stage, name: str) -> list[tuple[str, Told]]:
    found = []
    for operation in operations_of(name, stage.system.apps[name]):
        line = line_of(operation)
        rule = RULES[name][line]
        good = await stage.asks[name][line]() if line in stage.asks[name] else None
        if good is not None:
            told = await ask(stage.system.apps[name], asked_by(stage.caller(rule.caller, name), operation, good))
            assert told.status < 300, line
            found.append((line, told))
    return found


@pytest.mark.parametrize("name", ["gateway", "home_visit", "attachment", "appointment"])
async def test_no_answer_has_a_field_that_its_document_does_not_name(stage: Stage, name: str) -> None:
    told_of = {line_of(one): one for one in operations_of(name, stage.system.apps[name])}
    looked_at = 0
    for line, told in await answers_of(stage, name):
        if told.header("content-type") != JSON or line == f"GET {REQUEST}/content":
            continue
        content = (told_of[line].answer(told.status) or {})["content"][JSON]
        assert list(surplus(told_of[line].document, content["schema"], told.json)) == [], line
        looked_at += 1
    assert looked_at


@pytest.mark.parametrize("name", RULES)
async def test_an_answer_tells_of_a_person_only_where_it_must(stage: Stage, name: str) -> None:
    canaries = personal(stage.citizen)
    for line, told in await answers_of(stage, name):
        if line in ALLOWED:
            continue
        text = unfolded(told)
        assert [what for what, canary in canaries.items() if canary in text] == [], line


async def test_a_list_of_requests_tells_of_nobody(stage: Stage) -> None:
    draft = await stage.citizen.draft(request_for())
    told = await stage.citizen.call("GET", "/v1/requests?limit=100")
    assert draft["id"] in {one["id"] for one in told.json["requests"]}
    assert [what for what, canary in personal(stage.citizen).items() if canary in unfolded(told)] == []


async def test_a_document_tells_its_holder_what_the_check_does_not(stage: Stage) -> None:
    answers = dict(await answers_of(stage, "gateway"))
    assert stage.citizen.iin in unfolded(answers[f"GET {REQUEST}/document"])
    check = answers["GET /v1/documents/{token}"]
    assert set(check.json) == {
        *("status", "checked_at", "status_as_of", "kind", "number", "issued_at", "service", "outcome", "issuer"),
        "replaced_by",
    }
    assert set(check.json["issuer"]) == {"bin", "name"}
