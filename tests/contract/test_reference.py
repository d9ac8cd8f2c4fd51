"""The reference as pages: every operation with all that it takes and answers, and nothing from elsewhere."""

import json
import re
import shlex
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

import pytest
from fastapi import FastAPI

from shared.documents.web import HEADERS
from shared.kit.reference.command import command_of
from shared.kit.reference.pages import index_page, operation_page, operations_of
from shared.kit.reference.schemas import MOST_DEEP, Schemas
from stack.roster import ROSTER
from tests.kit.asgi import ask
from tests.openapi import PROBLEM, Operation, document

NAMES = [service.name for service in ROSTER]
OPERATIONS = [operation for name in NAMES for operation in document(name).operations]
INLINE, TAGS = re.compile(r"</?(?:code|strong|span|wbr|a)\b[^>]*>"), re.compile(r"<[^>]+>")


def text_of(page: bytes) -> str:
    """What a person reads, in one line."""
    return " ".join(unescape(TAGS.sub(" ", INLINE.sub("", page.decode().partition("<main")[2]))).split())


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_page_tells_all_of_its_operation(operation: Operation) -> None:
    api, told = operation.document.told, operation.told
    page = operation_page(api, told["operationId"], "en")
    said = text_of(page)
    for part in (operation.method, operation.path, *told["summary"].replace("`", "").split()):
        assert part in said
    for parameter in map(operation.document.resolved, told.get("parameters", ())):
        assert f"{parameter['name']} {parameter['in']}" in said
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        assert kind in said
        if "example" in content:
            assert " ".join(json.dumps(content["example"], ensure_ascii=False, indent=1).split()) in said
    for status, answer in operation.answers():
        assert status in said
        assert all(kind in said for kind in answer.get("content", {}) if kind != PROBLEM)
        assert operation.problems(status) <= set(said.replace(":", " ").split())
    for schema in re.findall(r"#/components/schemas/([A-Za-z]+)", json.dumps(told)):
        properties = api["components"]["schemas"][schema].get("properties", {})
        assert schema == "Problem" or properties.keys() <= set(said.split()), schema
    assert "…" not in unquote(said.partition("curl")[2].partition('"')[2].partition('"')[0])


def test_a_line_for_the_shell_is_what_the_operation_takes() -> None:
    for operation in OPERATIONS:
        schemas, told = Schemas(operation.document.told), operation.told
        line = shlex.split(command_of(schemas, operation.method, operation.path, told).replace("\\\n", " "))
        assert line[:3] == ["curl", "-X", operation.method]
        target = line[3].removeprefix("$GATEWAY")
        assert operation.document.operation_at(operation.method, target.partition("?")[0]) == operation
        headers = {line[place + 1].partition(":")[0] for place, word in enumerate(line) if word == "-H"}
        needed = {
            one["name"]
            for one in map(operation.document.resolved, told.get("parameters", ()))
            if one.get("required") and one["in"] == "header"
        }
        assert headers >= needed | ({"Authorization"} if told.get("security") else set())
        if operation.body is not None and "--data" in line:
            sent = json.loads(line[line.index("--data") + 1])
            assert operation.document.faults(operation.body["schema"], sent) == [], operation


def test_what_an_answer_looks_like_is_of_its_schema_but_for_what_is_left_open() -> None:
    for operation in OPERATIONS:
        schemas = Schemas(operation.document.told)
        for status, answer in operation.answers():
            for kind, content in answer.get("content", {}).items():
                if kind.endswith("json") and kind != PROBLEM:
                    value = schemas.sample(content["schema"])
                    faults = operation.document.faults(content["schema"], value)
                    assert [fault for fault in faults if "'…'" not in fault] == [], (operation, status)


def test_fields_that_hold_themselves_come_to_an_end() -> None:
    tree = {
        "type": "object",
        "properties": {"below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    schemas = Schemas({"components": {"schemas": {"Tree": tree}}})
    assert str(schemas.fields(tree)).count("below") == MOST_DEEP + 1
    assert str(schemas.sample(tree)).count("below") == MOST_DEEP // 2 + 1


@pytest.mark.parametrize("name", NAMES)
async def test_every_page_is_reached_from_the_list_and_needs_nothing_from_the_internet(
    name: str, apps: Mapping[str, FastAPI]
) -> None:
    moved = await ask(apps[name], "GET", "/docs")
    assert (moved.status, dict(moved.headers)["location"]) == (308, "/reference")
    index = (await ask(apps[name], "GET", "/reference?lang=ru")).body
    linked = re.findall(r'href="(/reference/[a-z_]+)\?lang=ru"', index.decode())
    assert {one.removeprefix("/reference/") for one in linked} == operations_of(document(name).told).keys()
    for address in ("/reference", *linked):
        answer = await ask(apps[name], "GET", address)
        assert answer.status == 200
        assert dict(answer.headers)["content-security-policy"] == HEADERS["Content-Security-Policy"]
        page = answer.body.decode()
        assert "<script" not in page
        assert not re.search(r'(?:src|href|action)="(?!/|#|\?)', page)
    assert (await ask(apps[name], "GET", "/reference/nothing_of_ours")).status == 404


def test_what_the_document_says_cannot_break_out_of_its_page() -> None:
    evil = '<img src=x> & "`<b>`" **<i>**'
    told = {"operationId": "x", "summary": evil, "description": evil, "responses": {"200": {"description": evil}}}
    api = {"info": {"title": evil, "version": "1", "description": evil}, "paths": {"/x": {"get": told}}}
    for page in (index_page(api, "en"), operation_page(api, "x", "en")):
        assert not re.search(rb"<(img|b|i)\b(?!r)", page)
