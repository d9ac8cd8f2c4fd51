"""Schemathesis as each caller: whatever the documents allow, and whatever they forbid, is answered as they say.

It does not think of NUL, lone surrogates, NaN or 1e999: those stand in strings.py.
"""

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

from tests.access.rules import RULES, Rule
from tests.hostile.test_strings import WALKS
from tests.hostile.walk import REFUSED, Stored
from tests.openapi import JSON, Operation
from tests.system.asking import Asked, Told, ask
from tests.system.callers import Caller, with_token
from tests.system.citizen import Citizen
from tests.system.operations import line_of
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
EXAMPLES, EXAMPLES_OF_ALL = 2, 25
"""Of each kind, for each operation and caller; always the same ones. The second figure is that of ``--hostile-all``."""
REFUSED_WITH = (400, 404, 412, 413, 415, 422, 428)
ANOTHER = "another citizen"
Case = schemathesis.Case[Any]
load_all_checks()
schemathesis.serializer.alias(
    [
        *("application/cms", "application/jose", "application/ocsp-request", "application/pdf"),
        *("application/timestamp-query", "image/jpeg", "image/png"),
    ],
    "application/octet-stream",
)
NAMES = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
CHECKED: list[Any] = CHECKS.get_by_names([*NAMES, "negative_data_rejection"])
CHECKED_OF_BYTES: list[Any] = CHECKS.get_by_names(NAMES)
"""Whatever bytes come as a paper or a message, a schema calls none of them wrong: they are checked, and told about."""


CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": list(REFUSED_WITH)}}}
)


def cases_of(schema: schemathesis.BaseSchema, operation: Operation, examples: int) -> Iterator[Case]:
    """Yield requests that are as the document says, and requests that are not."""
    told = schema[operation.path][operation.method]
    for mode in schemathesis.GenerationMode:
        yield from generated(told.as_strategy(generation_mode=mode), examples)


def generated(strategy: SearchStrategy[Case], examples: int) -> list[Case]:
    """Return a strategy's first examples, without sending any."""
    found: list[Case] = []

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(case: Case) -> None:
        found.append(case)

    with suppress(Unsatisfiable):  # There is nothing to be wrong about in an operation that takes nothing.
        collect()
    return found


def prepared(case: Case) -> requests.PreparedRequest:
    return requests.Request(**case.as_transport_kwargs(base_url="http://portal")).prepare()


def asked_as(request: requests.PreparedRequest, caller: Caller) -> Asked:
    """Return a request as the caller sends it; an access token that was made up stays."""
    body = request.body.encode() if isinstance(request.body, str) else request.body
    assert body is None or isinstance(body, bytes)
    parts = urlsplit(request.url or "")
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {name.lower(): value for name, value in request.headers.items()}
    kind = headers.pop("content-type", None)
    headers.pop("content-length", None)
    headers.pop("authorization", None)
    proof = caller(request.method or "", parts.path, body or b"")
    return Asked(request.method or "", target, body, (*headers.items(), *proof), str(kind) if kind else None)


def answer_to(request: requests.PreparedRequest, told: Told) -> Response:
    headers: dict[str, list[str]] = {}
    for name, value in told.headers:
        headers.setdefault(name, []).append(value)
    return Response(told.status, headers, told.body, request, elapsed=0.0, verify=False)


def without_security(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document that does not ask for credentials: they are the caller's, and not made up."""
    document = copy.deepcopy(document)
    for item in document["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    return document


@pytest.mark.parametrize(("name", "caller"), [*WALKS, ("gateway", ANOTHER)])
async def test_every_answer_is_one_that_the_document_tells_of(
    stage: Stage, name: str, caller: str, hostile_all: bool
) -> None:
    app, faults = stage.system.apps[name], []
    schema = schemathesis.openapi.from_dict(without_security(app.openapi()), config=CONFIG)
    stranger = await Citizen(stage.system, "stranger", address="192.0.2.44").enter() if caller == ANOTHER else None
    for operation in stage.operations(name):
        rule = RULES[name][line_of(operation)]
        if not concerns(rule, caller) or "/control/" in operation.path:
            continue  # A stub's handles put it into moods in which it breaks on purpose.
        await Stored(stage.system.databases.get(name)).forget_attempts()
        good = await stage.good(name, operation)
        own = good.path if rule.owner else {}
        comes = with_token(stranger.token) if stranger else stage.caller(caller, name)
        comes = with_token(good.token) if good.token else comes  # Who leaves, leaves a session of their own.
        for case in cases_of(schema, operation, EXAMPLES_OF_ALL if hostile_all else EXAMPLES):
            if case.meta is not None and case.meta.generation.mode.is_positive:
                case.path_parameters = {**case.path_parameters, **own}  # A made-up number would lead to nothing.
            request = prepared(case)
            told = await ask(app, asked_as(request, comes))
            if own and caller == ANOTHER and told.status < REFUSED:
                faults.append(f"{line_of(operation)}: {told.status} to another citizen")
            if told.header("content-type").startswith("text/event-stream"):
                continue  # OpenAPI 3.1 tells of the stream, and Schemathesis holds each event against that.
            try:
                checks = CHECKED if case.media_type in {None, JSON} else CHECKED_OF_BYTES
                case.validate_response(answer_to(request, told), checks=checks)
            except FailureGroup as wrong:
                faults.append(f"{line_of(operation)}: {wrong}")
    assert faults == []


def concerns(rule: Rule, caller: str) -> bool:
    """Say whether who asks makes a difference: what is open to anyone is tried by nobody in particular."""
    if caller == ANOTHER:
        return rule.owner
    return rule.permits(caller) and not (rule.anyone and caller != "nobody")
