"""The OpenAPI documents: valid, complete, with examples that are what they show. (Drift: test_generated.py.)"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Mount, Route

from home_visit_svc.documents import certificate
from home_visit_svc.regulation import GROUNDS
from stack.roster import ROSTER
from tests.architecture.sources import ROOT
from tests.home_visit.test_documents import ADDRESS, HEADING, PATIENT, VISIT, refusal, said
from tests.kit.asgi import ask
from tests.openapi import JSON, PROBLEM, Document, Operation, document

NAMES = [service.name for service in ROSTER]
DOCUMENTS = [document(name) for name in NAMES]
OPERATIONS = [operation for one in DOCUMENTS for operation in one.operations]
NOT_IN_A_DOCUMENT = {
    "/metrics": "for Prometheus, in its own format",
    "/openapi.json": "the document itself",
    "/docs": "leads to /reference",
    "/reference": "a page for people: this document",
    "/reference/{operation}": "the same: one operation",
    "/verify": "a page for people; its API is POST /v1/documents/check",
    "/workstation": "a page for people: it asks the end points of the document",
    "/workstation/words/{language}": "the words of that page",
    "/workstation/static/{name}": "what that page is made of",
    "/workstation/static/screens/{name}": "the same",
    "/verify/{token}": "a page for people; its API is GET /v1/documents/{token} and POST …/content",
}
ANSWERS_ITSELF = {
    "/readyz": "503 tells which part is not there",
    "/v1/oauth/token": "RFC 6749, 5.2, says how its errors are told",
}


@pytest.mark.parametrize("one", DOCUMENTS, ids=NAMES)
def test_a_document_is_valid_openapi_3_1(one: Document) -> None:
    assert one.told["openapi"].startswith("3.1.")
    assert [fault.message for fault in OpenAPIV31SpecValidator(dict(one.told)).iter_errors()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_route_stands_in_the_document_under_a_name_of_our_own(name: str, apps: Mapping[str, FastAPI]) -> None:
    documented = {(one.method, one.path): one.told["operationId"] for one in document(name).operations}
    routed: dict[tuple[str, str], str] = {}
    for route in apps[name].routes:
        assert isinstance(route, Route | Mount)
        if isinstance(route, APIRoute) and route.include_in_schema:
            routed |= {(method, route.path_format): route.endpoint.__name__ for method in route.methods or ()}
        else:
            assert route.path in NOT_IN_A_DOCUMENT
    assert documented.keys() == routed.keys()
    assert len(set(documented.values())) == len(documented)
    for place, function in routed.items():
        # What several services share is named after the service as well: check_draft, check_home_visit_draft.
        first, _, rest = function.partition("_")
        assert re.fullmatch(f"{first}(_[a-z_]+)?_{rest}" if rest else first, documented[place])


@pytest.mark.parametrize("name", NAMES)
async def test_the_process_itself_gives_out_the_committed_document(name: str, apps: Mapping[str, FastAPI]) -> None:
    assert (await ask(apps[name], "GET", "/openapi.json")).json == document(name).told


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_is_told_in_words(operation: Operation) -> None:
    assert operation.told["summary"] != operation.told["operationId"].replace("_", " ").title()
    assert operation.told["tags"]
    for _, answer in operation.answers():
        assert answer["description"]
        assert "Successful Response" not in answer["description"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_answer_has_a_schema_and_every_error_is_a_problem(operation: Operation) -> None:
    for status, answer in operation.answers():
        content = answer.get("content", {})
        assert all(told["schema"] for told in content.values())
        if int(status) >= 400 and operation.path not in ANSWERS_ITSELF:
            assert set(content) == {PROBLEM}
        elif int(status) in {204, 304}:
            assert not content
        else:
            assert content


def examples_of(operation: Operation) -> Iterator[tuple[str, Mapping[str, Any], object]]:
    """Where an example stands, its schema, and the example."""
    told = [("body", operation.told.get("requestBody", {})), *operation.answers()]
    for where, part in told:
        for kind, content in part.get("content", {}).items():
            if kind.endswith("json") and "example" in content:
                yield f"{where} {kind}", content["schema"], content["example"]
            for name, example in content.get("examples", {}).items():
                yield f"{where} {name}", content["schema"], operation.document.resolved(example)["value"]
    for parameter in operation.told.get("parameters", ()):
        found = operation.document.resolved(parameter)
        for example in found["schema"].get("examples", ()):
            yield found["name"], found["schema"], example


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_example_is_what_its_schema_says(operation: Operation) -> None:
    faults = {
        where: found
        for where, schema, example in examples_of(operation)
        if (found := operation.document.faults(schema, example))
    }
    assert faults == {}
    assert operation.body is None or "example" in operation.body


@pytest.mark.parametrize("one", DOCUMENTS, ids=NAMES)
def test_every_example_in_a_schema_is_what_the_schema_says(one: Document) -> None:
    for schema in schemas_in(one.told["components"]["schemas"]):
        for example in schema.get("examples", ()):
            assert one.faults({key: part for key, part in schema.items() if key != "examples"}, example) == []


def schemas_in(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every schema of a part of a document."""
    if isinstance(part, dict):
        if isinstance(part.get("examples"), list):
            yield part
        for inner in part.values():
            yield from schemas_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from schemas_in(inner)


def test_a_wrong_example_is_found() -> None:
    operation = next(one for one in OPERATIONS if one.told["operationId"] == "create_request")
    body = operation.body
    assert body is not None
    assert operation.document.faults(body["schema"], body["example"] | {"status": "granted"}) != []
    assert operation.document.faults(body["schema"], {"service": "home-visit"}) != []


def test_what_callers_must_know_of_headers_is_told() -> None:
    def headers(operation_id: str) -> set[str]:
        told = next(one for one in OPERATIONS if one.told["operationId"] == operation_id)
        found = (told.document.resolved(parameter) for parameter in told.told["parameters"])
        return {f"{one['name']}{'!' if one['required'] else ''}" for one in found if one["in"] == "header"}

    assert headers("create_request") == {"Idempotency-Key!", "Accept-Language"}
    assert headers("read_request") == {"Prefer", "If-None-Match", "Accept-Language"}
    assert headers("read_document") == {"accept", "Accept-Language"}
    signing = next(one for one in OPERATIONS if one.told["operationId"] == "sign_request")
    assert set(signing.told["requestBody"]["content"]) == {JSON, "application/cms"}
    assert set((signing.answer(202) or {})["headers"]) == {"ETag", "Location", "Retry-After"}


def test_what_python_clients_are_made_with_names_every_media_type_that_their_maker_does_not_know() -> None:
    parts = [part for one in OPERATIONS for part in (one.told.get("requestBody", {}), *dict(one.answers()).values())]
    kinds = {kind for part in parts for kind in part.get("content", {})}
    unknown = {
        kind for kind in kinds if not re.fullmatch(r"text/.*|application/(json|.*\+json|x-www-form-urlencoded)", kind)
    }
    settings = (ROOT / "docs/openapi/python-client.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"^  ([a-z/.+-]+): ", settings, re.MULTILINE)) == unknown


def test_hv_8_2_hv_8_3_a_sealed_document_is_what_the_gateway_says_of_it() -> None:
    for payload in (certificate(HEADING, PATIENT, VISIT, ADDRESS), refusal(HEADING, PATIENT, GROUNDS)):
        schema = {"$ref": "#/components/schemas/SealedDocument"}
        assert document("gateway").faults(schema, said(payload)) == []
