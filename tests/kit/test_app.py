import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.kit.app import assemble
from shared.kit.bodies import body_of, read_body
from shared.kit.openapi_parts import sends, takes
from shared.kit.openapi_schemas import hoisted, untitled
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Conflict, NotAuthenticated, NotFound, Unprocessable
from shared.kit.settings import Settings
from shared.law.text import Text
from tests.kit.asgi import ask

CANARY = "900101300123"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Address(Strict):
    street: str


class Form(Strict):
    iin: str
    urgent: bool
    address: Address


class Answer(Strict):
    number: int


class SlotTaken(Conflict):
    slug = "slot-taken"
    title = Text("Бұл уақыт бос емес", "Это время занято", "This time is taken")


routes = APIRouter(prefix="/v1/requests", route_class=PlainRoute)
ordinary = APIRouter(prefix="/v1/numbers")


EXAMPLE = {"iin": CANARY, "urgent": False, "address": {"street": "Абай"}}


@routes.post(
    "/{request_id}",
    openapi_extra=body_of(Form, EXAMPLE, "application/cms") | takes("Idempotency-Key"),
    responses={200: {"model": Answer, **sends("ETag", "Retry-After")}, **problem_docs(SlotTaken, Conflict)},
)
async def make_request(request: Request, request_id: str) -> Response:
    """Make a request, ``at once``.

    It is told below, not above.
    """
    form = await read_body(request, Form)
    if form.urgent:
        raise SlotTaken(Text("бір", "один", "one"), slot="10:00")
    return JSONResponse({"number": len(request_id)})


@routes.get("")
async def list_requests(_: Request) -> Response:
    raise NotAuthenticated


@routes.get("/broken/{word}")
async def break_down(_: Request, word: str) -> Response:
    raise LookupError(word)


@routes.get("/by-id/{identity:uuid}")
async def see_identity(_: Request, identity: UUID) -> Response:
    return JSONResponse({"version": identity.version})


@ordinary.get("/{number}")
async def see_number(number: int) -> Answer:
    if number == 0:
        raise NotFound
    return Answer(number=number)


state: dict[str, bool] = {"open": False, "database": True}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    state["open"] = True
    yield
    state["open"] = False


async def ready() -> dict[str, bool]:
    return {"database": state["database"]}


@pytest.fixture
def app() -> Iterator[FastAPI]:
    yield assemble("clinic", Settings(), [routes, ordinary], lifespan, ready)
    state["database"] = True


def form(**changes: Any) -> bytes:
    whole = EXAMPLE | changes
    return json.dumps(whole, ensure_ascii=False).encode()


async def test_json_under_another_name_is_not_read(app: FastAPI) -> None:
    told = await ask(app, "POST", "/v1/requests/abc", b'{"urgent": false, "urgent": true}', kind="application/cms")
    assert told.status == 415


async def test_a_plain_route_answers(app: FastAPI) -> None:
    told = await ask(app, "POST", "/v1/requests/abc", form())
    assert (told.status, told.json) == (200, {"number": 3})


async def test_a_plain_route_reads_its_path(app: FastAPI) -> None:
    told = await ask(app, "GET", "/v1/requests/by-id/01980d5e-0000-7000-8000-000000000000")
    assert (told.status, told.json) == (200, {"version": 7})
    assert (await ask(app, "GET", "/v1/requests/by-id/elsewhere")).status == 404
    parameters = app.openapi()["paths"]["/v1/requests/by-id/{identity}"]["get"]["parameters"][:1]
    assert [(told["name"], told["schema"]["format"]) for told in parameters] == [("identity", "uuid")]


async def test_a_plain_route_stays_plain_in_a_router_of_routers() -> None:
    outer = APIRouter(prefix="/outer")
    outer.include_router(routes)
    app = assemble("clinic", Settings(), [outer])
    told = await ask(app, "POST", "/outer/v1/requests/abc", form())
    assert (told.status, told.json) == (200, {"number": 3})


def test_a_plain_route_cannot_ask_for_what_it_will_not_get() -> None:
    async def with_query(_: Request, page: int) -> Response:
        return JSONResponse(page)

    async def with_body(_: Request, form: Form) -> Response:
        return JSONResponse(form.iin)

    async def with_number(_: Request, number: int) -> Response:
        return JSONResponse(number)

    for path, function in (("/", with_query), ("/", with_body), ("/{number}", with_number)):
        with pytest.raises(TypeError):
            routes.add_api_route(path, function)


async def test_an_ordinary_route_answers(app: FastAPI) -> None:
    told = await ask(app, "GET", "/v1/numbers/7")
    assert (told.status, told.json) == (200, {"number": 7})


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (form(urgent="yes"), [{"pointer": "/urgent", "code": "bool-type"}]),
        (
            form(iin=None, urgent=1),
            [{"pointer": "/iin", "code": "string-type"}, {"pointer": "/urgent", "code": "bool-type"}],
        ),
        (form(address={}), [{"pointer": "/address/street", "code": "missing"}]),
        (form(status="granted"), [{"pointer": "/status", "code": "extra-forbidden"}]),
        (form(**{CANARY: 1}), [{"pointer": "", "code": "extra-forbidden"}]),
        (b"[]", [{"pointer": "", "code": "model-type"}]),
    ],
)
async def test_a_fault_is_told_by_its_place_and_its_code(app: FastAPI, body: bytes, errors: list[object]) -> None:
    told = await ask(app, "POST", "/v1/requests/1", body)
    assert (told.status, told.json["errors"]) == (422, errors)
    assert CANARY.encode() not in told.body


async def test_a_problem_has_its_members_in_the_language_asked_for(app: FastAPI) -> None:
    told = await ask(
        app, "POST", "/v1/requests/1", form(urgent=True), headers=[("accept-language", "de, ru;q=0.5, en;q=0.4")]
    )
    trace_id = told.json["trace_id"]
    assert re.fullmatch("[0-9a-f]{32}", trace_id)
    assert told.json == {
        "type": "/problems/slot-taken",
        "title": "Это время занято",
        "titles": {"kk": "Бұл уақыт бос емес", "ru": "Это время занято", "en": "This time is taken"},
        "status": 409,
        "detail": "один",
        "slot": "10:00",
        "trace_id": trace_id,
    }
    assert told.headers["content-type"] == "application/problem+json"
    assert (told.headers["content-language"], told.headers["cache-control"]) == ("ru", "no-store")


async def test_the_frameworks_own_errors_are_problems_too(app: FastAPI) -> None:
    asked = [
        ("GET", "/nowhere", 404),
        ("PUT", "/v1/numbers/1", 405),
        ("GET", "/v1/numbers/x", 422),
        ("GET", "/v1/numbers/0", 404),
    ]
    for method, path, status in asked:
        told = await ask(app, method, path)
        assert (told.status, told.headers["content-type"]) == (status, "application/problem+json")
        assert told.json["status"] == status
    assert (await ask(app, "PUT", "/v1/numbers/1")).headers["allow"] == "GET"
    assert (await ask(app, "GET", "/v1/requests")).headers["www-authenticate"] == "Bearer"


async def test_a_slash_too_many_leads_nowhere(app: FastAPI) -> None:
    for path in ("/v1/numbers/7/", "/v1/requests/", "//example.org/", "/healthz/"):
        told = await ask(app, "GET", path, headers=[("host", "example.org")])
        assert (told.status, told.headers.get("location")) == (404, None)


async def test_our_own_fault_says_nothing_and_is_logged_without_what_it_said(
    app: FastAPI, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await ask(app, "GET", f"/v1/requests/broken/{CANARY}")
    assert (told.status, told.json["type"]) == (500, "/problems/internal-error")
    assert set(told.json) == {"type", "title", "titles", "status", "trace_id"}
    logged = capsys.readouterr().out
    assert CANARY not in logged + told.body.decode()
    failure, request = (json.loads(line) for line in logged.splitlines())
    assert (failure["event"], failure["error"]) == ("request.failed", "LookupError")
    assert any("break_down" in place for place in failure["at"])
    assert (request["event"], request["route"], request["status"]) == ("request", "/v1/requests/broken/{word}", 500)
    assert failure["trace_id"] == request["trace_id"] == told.json["trace_id"]


async def test_a_request_stays_in_the_trace_of_its_caller(app: FastAPI, capsys: pytest.CaptureFixture[str]) -> None:
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    await ask(app, "GET", "/v1/numbers/1", headers=[("traceparent", f"00-{trace_id}-b7ad6b7169203331-01")])
    assert json.loads(capsys.readouterr().out)["trace_id"] == trace_id


@pytest.mark.parametrize(
    "header", ["nonsense", "00-" + "0" * 32 + "-b7ad6b7169203331-01", "00-" + "A" * 32 + "-" + "b" * 16 + "-01"]
)
async def test_a_trace_that_cannot_be_read_is_begun_anew(
    app: FastAPI, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    await ask(app, "GET", "/v1/numbers/1", headers=[("traceparent", header)])
    assert re.fullmatch("[0-9a-f]{32}", json.loads(capsys.readouterr().out)["trace_id"])


async def test_figures_know_templates_and_no_paths(app: FastAPI) -> None:
    await ask(app, "GET", "/v1/numbers/12345")
    await ask(app, "BREW", "/secret-path")
    page = (await ask(app, "GET", "/metrics")).body.decode()
    assert 'http_request_duration_seconds_count{method="GET",route="/v1/numbers/{number}",status="200"} 1.0' in page
    assert 'method="(other)",route="(none)",status="404"' in page
    assert "12345" not in page
    assert "secret-path" not in page


async def test_readiness_is_that_of_every_part(app: FastAPI) -> None:
    assert (await ask(app, "GET", "/healthz")).json == {"status": "ok"}
    assert (await ask(app, "GET", "/readyz")).json == {"status": "ok", "parts": {"database": True}}
    state["database"] = False
    told = await ask(app, "GET", "/readyz")
    assert (told.status, told.json["status"]) == (503, "not ready")


async def test_the_lifespan_is_the_services_own(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        assert state["open"]
    assert not state["open"]


async def test_the_openapi_document_knows_every_route_schema_and_problem(app: FastAPI) -> None:
    document = (await ask(app, "GET", "/openapi.json")).json
    assert document["openapi"].startswith("3.1")
    operation = document["paths"]["/v1/requests/{request_id}"]["post"]
    assert operation["operationId"] == "make_request"
    assert operation["summary"] == "Make a request, `at once`"
    assert operation["description"] == "It is told below, not above."
    assert operation["requestBody"]["content"] == {
        "application/json": {"schema": {"$ref": "#/components/schemas/Form"}, "example": EXAMPLE},
        "application/cms": {"schema": {"type": "string", "format": "binary"}},
    }
    assert operation["parameters"] == [
        {"name": "request_id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"$ref": "#/components/parameters/IdempotencyKey"},
        {"$ref": "#/components/parameters/AcceptLanguage"},
    ]
    assert set(operation["responses"]) == {"200", "400", "408", "409", "413", "415", "422", "500", "503"}
    assert set(operation["responses"]["200"]["headers"]) == {"ETag", "Retry-After"}
    assert operation["responses"]["422"] == {"$ref": "#/components/responses/Unprocessable"}
    told = operation["responses"]["409"]["content"]["application/problem+json"]
    assert told["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert set(told["examples"]) == {"slot-taken", "conflict"}
    references = set(re.findall(r'"#/components/([^"]+)"', json.dumps(document)))
    components = document["components"]
    assert references == {f"{kind}/{name}" for kind in components for name in components[kind]}


def test_an_example_that_the_model_refuses_cannot_be_published() -> None:
    with pytest.raises(Unprocessable):
        body_of(Form, {"iin": CANARY})


def test_two_schemas_of_one_name_are_found() -> None:
    schemas: dict[str, Any] = {}
    hoisted({"title": "Form", "type": "object"}, schemas)
    with pytest.raises(ValueError, match="Form"):
        hoisted({"title": "Form", "type": "string"}, schemas)


def test_titles_that_only_repeat_a_name_are_left_out() -> None:
    schema = {"properties": {"the_name": {"title": "The Name"}, "house": {"title": "Number of the house"}}}
    assert untitled(schema) == {"properties": {"the_name": {}, "house": {"title": "Number of the house"}}}
