"""The OpenAPI document of a service: what FastAPI makes of the routes, completed with what it cannot know."""

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI

from shared.kit.openapi_parts import PARTS, SECURITY_SCHEMES, Json, reference, shared, takes
from shared.kit.openapi_schemas import hoisted, tidy, untitled
from shared.kit.problem_schema import SCHEMAS, examples_of, merged, problem_docs
from shared.kit.problems import (
    BadRequest,
    BodyTooLarge,
    Problem,
    RequestTooSlow,
    Unavailable,
    Unprocessable,
    UnsupportedMediaType,
)

OPERATION: Final = "operation"
"""The tag of the pages for operators: they answer whatever happens, and in no language."""
PUBLIC: Final = "/v1"
_PARAMETER: Final = re.compile(r"{([a-zA-Z_][a-zA-Z0-9_]*)}")
_ALWAYS: Final = problem_docs(Problem, Unavailable)
_WITH_BODY: Final = problem_docs(BadRequest, RequestTooSlow, BodyTooLarge, UnsupportedMediaType, Unprocessable)
_WITH_PARAMETERS: Final = problem_docs(Unprocessable)
_ORDER: Final = (
    "operationId", "summary", "description", "tags", "security", "parameters", "requestBody", "responses",
)  # fmt: skip
_NOTHING_SAID: Final = "Successful Response"


def install_openapi(app: FastAPI) -> None:
    """Let the application's OpenAPI document be completed when it is first asked for."""
    framework = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = complete(framework())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def introduce(app: FastAPI, title: str, description: str, tags: Sequence[Mapping[str, str]] = ()) -> None:
    """Say at the head of the application's document what it is; ``tags`` as the document has them."""
    app.title, app.description = title, description
    app.openapi_tags = [dict(tag) for tag in tags] or None


def complete(document: Json) -> Json:
    """Complete a document that FastAPI made; ValueError when two different schemas have one name."""
    components: Json = document.setdefault("components", {})
    schemas: Json = components.setdefault("schemas", {})
    for path, operation in operations_of(document):
        _tell_from_docstring(operation)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            content["schema"] = hoisted(content["schema"], schemas)
        for answer in operation["responses"].values():
            for content in answer.get("content", {}).values():
                content["schema"] = hoisted(content.get("schema", {}), schemas)
        _complete_parameters(path, operation)
        _add_problems(operation)
        _describe_answers(operation, schemas)
        _put_in_order(operation)
    components["schemas"] = tidy(schemas | SCHEMAS)
    _share_problems(document)
    _add_parts(document)
    return document


def operations_of(document: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Yield each operation with its path."""
    for path, item in document.get("paths", {}).items():
        for operation in item.values():
            yield path, operation


def _tell_from_docstring(operation: Json) -> None:
    """Make the docstring's first paragraph the summary, the rest the description."""
    said = inspect.cleandoc(operation.pop("description", "")).replace("``", "`")
    if said:
        first, _, rest = said.partition("\n\n")
        operation["summary"] = " ".join(first.split()).removesuffix(".")
        if rest:
            operation["description"] = rest


def _complete_parameters(path: str, operation: Json) -> None:
    parameters = [_untitled_parameter(told) for told in operation.pop("parameters", ())]
    told = {parameter["name"] for parameter in parameters if parameter.get("in") == "path"}
    parameters += [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(path)
        if name not in told
    ]
    parameters = list(shared(parameters))
    if path.startswith(PUBLIC) and {"envelope": []} not in operation.get("security", ()):
        parameters += takes("Accept-Language")["parameters"]
    if parameters:
        operation["parameters"] = parameters


def _untitled_parameter(parameter: Json) -> Json:
    """Return a parameter whose schema does not repeat its name."""
    if "$ref" in parameter:
        return parameter
    return parameter | {"schema": untitled(parameter["schema"], parameter["name"])}


def _add_problems(operation: Json) -> None:
    answers = operation["responses"]
    problems = {} if OPERATION in operation.get("tags", ()) else dict(_ALWAYS)
    if "HTTPValidationError" in str(answers.get("422")):
        del answers["422"]
        problems |= _WITH_PARAMETERS
    if any(told.get("in") in {"path", "query"} for told in operation.get("parameters", ())):
        problems |= _WITH_PARAMETERS
    if "requestBody" in operation:
        problems |= _WITH_BODY
    for status, answer in problems.items():
        own = answers.get(str(status), {})
        if not own or examples_of(own):
            answers[str(status)] = merged(own, answer)
    operation["responses"] = dict(sorted(answers.items()))


def _describe_answers(operation: Json, schemas: Json) -> None:
    """Say of each answer what its schema says of itself, where the route says nothing."""
    for answer in operation["responses"].values():
        if answer["description"] == _NOTHING_SAID:
            named = [content["schema"].get("$ref", "") for content in answer.get("content", {}).values()]
            said = schemas.get(named[0].rpartition("/")[2], {}).get("description", "") if named else ""
            answer["description"] = said or ("Done" if named else "Done; there is nothing to read")


def _put_in_order(operation: Json) -> None:
    """Let each operation be told in the order in which one reads it."""
    operation.update({key: operation.pop(key) for key in _ORDER if key in operation})


def _share_problems(document: Json) -> None:
    """Move among the components every problem's example, and the responses of one problem or of many routes."""
    answers = [operation["responses"] for _, operation in operations_of(document)]
    told = Counter(_name_of(examples_of(answer)) for by_status in answers for answer in by_status.values())
    responses: Json = {}
    examples: Json = {}
    for by_status in answers:
        for status, answer in by_status.items():
            problems = examples_of(answer)
            name = _name_of(problems)
            if problems and (len(problems) == 1 or told[name] > 1):
                responses[name] = answer
                by_status[status] = reference("responses", name)
            for slug, example in problems.items():
                examples[_name_of([slug])] = example
                problems[slug] = reference("examples", _name_of([slug]))
    document["components"] |= {"responses": dict(sorted(responses.items())), "examples": dict(sorted(examples.items()))}


def _name_of(slugs: Iterable[str]) -> str:
    return "Or".join(sorted("".join(word.capitalize() for word in slug.split("-")) for slug in slugs))


def _add_parts(document: Json) -> None:
    """Add the shared headers and the ways to authenticate that the operations name."""
    components = document["components"]
    text = str(document)
    for kind, parts in PARTS.items():
        named = {name: part for name, part in parts.items() if f"#/components/{kind}/{name}'" in text}
        if named:
            components[kind] = named
    schemes = {
        name for _, operation in operations_of(document) for one in operation.get("security", ()) for name in one
    }
    for name in sorted(schemes & SECURITY_SCHEMES.keys()):
        components.setdefault("securitySchemes", {})[name] = SECURITY_SCHEMES[name]
    document["components"] = dict(sorted(components.items()))
