"""The line for a shell that asks for one operation, with the examples of its OpenAPI document filled in."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from shared.kit.reference.schemas import UNTOLD, Schemas

PLACE: Final = "$GATEWAY"
"""A shell's variable: where the API is, ``http://127.0.0.1:8000`` of a trial."""
_PARAMETER: Final = re.compile(r"{([^}]+)}")


def command_of(schemas: Schemas, method: str, path: str, told: Mapping[str, Any]) -> str:
    """Return the ``curl`` line of an operation; an access token is expected in ``$TOKEN``."""
    parameters = [schemas.resolved(one) for one in told.get("parameters", ())]
    given = {one["name"]: str(schemas.sample({**one["schema"], **_example(one)})) for one in parameters}
    needed = [(one["in"], one["name"], given[one["name"]]) for one in parameters if one.get("required")]
    address = _PARAMETER.sub(lambda found: _in_path(found[1], given[found[1]]), path)
    asked = "&".join(f"{name}={quote(value)}" for place, name, value in needed if place == "query")
    parts = [f'curl -X {method} "{PLACE}{address}{"?" if asked else ""}{asked}"']
    parts += [f'-H "Authorization: {one}"' for one in _authorization(told)]
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for place, name, value in needed if place == "header"]
    return " \\\n  ".join([*parts, *_accept(schemas, told), *_body(schemas, told)])


def _example(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"example": parameter["example"]} if "example" in parameter else {}


def _in_path(name: str, value: str) -> str:
    """Return a part of the path, a shell's variable where there is no example of it."""
    return f"${name.upper()}" if value == UNTOLD else quote(value)


def _authorization(told: Mapping[str, Any]) -> Iterator[str]:
    for scheme in [scheme for one in told.get("security", ()) for scheme in one][:1]:
        yield "Envelope $JWS" if scheme == "envelope" else "Bearer $TOKEN"


def _accept(schemas: Schemas, told: Mapping[str, Any]) -> Iterator[str]:
    """Name the form of the answer where there are several."""
    kinds = [*schemas.resolved(told["responses"].get("200", {})).get("content", {})]
    if len(kinds) > 1:
        yield f"-H {shlex.quote(f'Accept: {kinds[0]}')}"


def _body(schemas: Schemas, told: Mapping[str, Any]) -> Iterator[str]:
    for kind, content in schemas.resolved(told.get("requestBody", {})).get("content", {}).items():
        yield f"-H {shlex.quote(f'Content-Type: {kind}')}"
        if kind.endswith("json"):
            yield f"--data {shlex.quote(json.dumps(example_of(schemas, content), ensure_ascii=False))}"
        else:
            yield "--data-binary @FILE"
        return


def example_of(schemas: Schemas, content: Mapping[str, Any]) -> object:
    """Return the example of a body, the document's own where it has one."""
    if "example" in content:
        return content["example"]
    for named in content.get("examples", {}).values():
        return schemas.resolved(named)["value"]
    return schemas.sample(content.get("schema", {}))
