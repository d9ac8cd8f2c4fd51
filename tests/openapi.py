"""The committed OpenAPI documents, and whether an answer is what they say."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.architecture.sources import ROOT
from tests.translations import untranslated

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Operation:
    """One operation of a document; ``told`` is what it says of it."""

    document: "Document"
    method: str
    path: str
    told: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.document.name} {self.method} {self.path}"

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The JSON body as it is told, with its ``schema`` and its ``example``; None without one."""
        found: Mapping[str, Any] | None = self.told.get("requestBody", {}).get("content", {}).get(JSON)
        return found

    @property
    def example(self) -> bytes | None:
        """The example of the JSON body as it is sent."""
        return None if self.body is None else json.dumps(self.body["example"]).encode()

    def answer(self, status: int | str) -> Mapping[str, Any] | None:
        """What is told of the answer of a status; None where there is none."""
        told = self.told["responses"].get(str(status))
        return None if told is None else self.document.resolved(told)

    def answers(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every answer with its status."""
        for status in self.told["responses"]:
            yield status, self.answer(status) or {}

    def slugs(self) -> set[str]:
        """The slugs of all problems that it can end in."""
        return {slug for status, _ in self.answers() for slug in self.problems(status)}

    def problems(self, status: int | str) -> set[str]:
        """The slugs of the problems of a status."""
        told = self.answer(status) or {}
        return set(told.get("content", {}).get(PROBLEM, {}).get("examples", ()))


class Document:
    """One committed document."""

    def __init__(self, name: str, told: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.told = told or json.loads((ROOT / "docs/openapi" / f"{name}.json").read_text(encoding="utf-8"))
        self.operations = [
            Operation(self, method.upper(), path, operation)
            for path, item in self.told["paths"].items()
            for method, operation in item.items()
        ]
        self._validators: dict[str, Draft202012Validator] = {}

    def resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """The part itself, or what its reference leads to."""
        while "$ref" in part:
            _, kind, name = part["$ref"].removeprefix("#/").split("/")
            part = self.told["components"][kind][name]
        return part

    def faults(self, schema: Mapping[str, Any], value: object) -> list[str]:
        """Where a value is not what a schema of this document says."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {**schema, "components": self.told["components"]}
            self._validators[key] = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [f"{fault.json_path}: {fault.message}" for fault in self._validators[key].iter_errors(value)]

    def operation_at(self, method: str, path: str) -> Operation | None:
        """The operation that answers at a path; templates without parameters come first."""
        found = [one for one in self.operations if one.method == method and _template(one.path).fullmatch(path)]
        return min(found, key=lambda one: one.path.count("{"), default=None)

    def check(self, asked: tuple[str, str], status: int, headers: Mapping[str, str], content: bytes) -> None:
        """Hold an answer to (method, path) against the document; what nobody answers there is not looked at."""
        operation = self.operation_at(asked[0], asked[1].partition("?")[0])
        if operation is None:
            return
        told = operation.answer(status)
        assert told is not None, f"{operation}: {status} is not told of: {content[:300]!r}"
        for name, header in told.get("headers", {}).items():
            assert name in headers or not self.resolved(header).get("required"), f"{operation}: {status} lacks {name}"
        if not told.get("content"):
            assert not content, f"{operation}: {status} has a body that is not told of"
            return
        kind = headers["content-type"].partition(";")[0]
        assert kind in told["content"], f"{operation}: {status} comes as {kind}"
        if kind.endswith("json"):
            value = json.loads(content)
            assert list(untranslated(value)) == [], f"{operation}: {status}"
            assert self.faults(told["content"][kind]["schema"], value) == [], f"{operation}: {status}"
            if kind == PROBLEM:
                assert value["type"].removeprefix("/problems/") in operation.problems(status), f"{operation}: {value}"


@cache
def document(name: str) -> Document:
    """The committed document of a process."""
    return Document(name)


@cache
def _template(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"{[^}]+}", "[^/]+", path.replace(".", r"\.")))
