"""What tests ask of an operation that its document tells (see tests/openapi.py)."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from tests.openapi import Document, Operation

OPERATORS = "operation"
"""The tag of the pages for operators."""


def operations_of(name: str, app: FastAPI) -> list[Operation]:
    """Return every operation that an application tells of now, in the document's order."""
    return Document(name, app.openapi()).operations


def line_of(operation: Operation) -> str:
    """Return an operation as rules and requests name it: ``GET /v1/me``."""
    return f"{operation.method} {operation.path}"


def parameters_of(operation: Operation, place: str) -> list[str]:
    """Return the names of the parameters in ``path``, ``query`` or ``header``."""
    told = (operation.document.resolved(one) for one in operation.told.get("parameters", ()))
    return [one["name"] for one in told if one["in"] == place]


def guards_of(operation: Operation) -> frozenset[str]:
    """Return the security schemes of which one is asked for; none for an operation that is open to anyone."""
    return frozenset(name for one in operation.told.get("security", ()) for name in one)


def properties_of(document: Document, schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a schema's own properties, those of its alternatives among them."""
    schema = document.resolved(schema)
    yield from schema.get("properties", {}).items()
    for word in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(word, ()):
            yield from properties_of(document, part)
