"""The OpenAPI document of a service: each schema once, every path parameter, every problem."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from shared.kit.problem_schema import PROBLEM, PROBLEM_SCHEMA, problem_docs
from shared.kit.problems import (
    BadRequest,
    BodyTooLarge,
    Problem,
    RequestTooSlow,
    Unavailable,
    Unprocessable,
    UnsupportedMediaType,
)

REFERENCE = "#/components/schemas/"
_PARAMETER = re.compile(r"{([a-zA-Z_][a-zA-Z0-9_]*)}")
_ALWAYS = problem_docs(Problem, Unavailable)
_WITH_BODY = problem_docs(BadRequest, RequestTooSlow, BodyTooLarge, UnsupportedMediaType, Unprocessable)
_WITH_PARAMETERS = problem_docs(Unprocessable)
_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")


def install_openapi(app: FastAPI) -> None:
    """Let the application's OpenAPI document be completed when it is first asked for."""
    framework = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = complete(framework())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Complete a document that FastAPI made; ValueError when two different schemas have one name."""
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORKS_OWN:
        schemas.pop(name, None)
    schemas[PROBLEM] = PROBLEM_SCHEMA
    for path, operation in _operations_of(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            content["schema"] = _hoisted(content["schema"], schemas)
        _add_path_parameters(path, operation)
        _add_problems(operation)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _operations_of(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document.get("paths", {}).items():
        for operation in item.values():
            if isinstance(operation, dict):
                yield path, operation


def _add_path_parameters(path: str, operation: dict[str, Any]) -> None:
    told = {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "path"}
    for name in _PARAMETER.findall(path):
        if name not in told:
            parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            operation.setdefault("parameters", []).append(parameter)


def _add_problems(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    if "HTTPValidationError" in str(answers.get("422")):
        del answers["422"]
    problems = dict(_ALWAYS)
    if operation.get("parameters"):
        problems |= _WITH_PARAMETERS
    if "requestBody" in operation:
        problems |= _WITH_BODY
    for status, answer in problems.items():
        answers.setdefault(str(status), answer)
    operation["responses"] = dict(sorted(answers.items()))


def _hoisted(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Move a schema and its definitions among the components; return the reference to it."""
    if "title" not in schema or "$ref" in schema:
        return schema
    schema = dict(schema)
    for name, part in schema.pop("$defs", {}).items():
        _put(name, part, schemas)
    return {"$ref": REFERENCE + _put(schema["title"], schema, schemas)}


def _put(name: str, schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    if schemas.setdefault(name, schema) != schema:
        raise ValueError(f"Two different schemas are named {name}: rename one of the models.")
    return name
