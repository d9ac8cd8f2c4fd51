"""Putting a service together: its routes behind the gate, observed, problems for errors, pages for operators."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.forms.strict import ask_for_check_digits
from shared.kit.gate import Gate
from shared.kit.logs import configure_logs
from shared.kit.metrics import Metrics
from shared.kit.observe import Observer
from shared.kit.openapi import OPERATION, install_openapi
from shared.kit.plain import PlainRoute
from shared.kit.problem_answers import LastResort, install_problems
from shared.kit.reference.routes import reference_routes
from shared.kit.settings import Settings
from shared.kit.uploads import Uploads
from shared.law.hours import check_zone

Lifespan = (
    Callable[[FastAPI], AbstractAsyncContextManager[None]]
    | Callable[[FastAPI], AbstractAsyncContextManager[Mapping[str, Any]]]
)
"""What an application opens and closes; it may give a state to the server (see ``server.AT_SHUTDOWN``)."""
Ready = Callable[[], Awaitable[dict[str, bool]]]
VERSION = "0.1.0"
LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}


class Health(BaseModel):
    """The process runs."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Whether each part that the process needs is there."""

    status: Literal["ok", "not ready"]
    parts: dict[str, bool]


def assemble(
    name: str,
    settings: Settings,
    routes: Sequence[APIRouter],
    lifespan: Lifespan | None = None,
    ready: Ready | None = None,
) -> FastAPI:
    """Return the application of one service.

    Args:
        name: The service's name, for its log lines and its OpenAPI document.
        settings: Its settings.
        routes: Its routers, each with its own prefix; a route's operation id is its function's name.
        lifespan: What it opens when it starts and closes when it ends.
        ready: Says of each thing it needs (database, registry …) whether it is there; ``/readyz`` is 503 if one is not.

    Raises:
        ZoneDataStale: The machine's time zone data would count deadlines wrongly.
    """
    check_zone()
    configure_logs(name, settings.log_level, settings.clock())
    ask_for_check_digits(asked=settings.iin_check_digit)
    metrics = Metrics()
    app = FastAPI(title=name, version=VERSION, license_info=LICENSE, lifespan=lifespan, docs_url=None, redoc_url=None)
    # A slash too many would be answered by a redirect to whatever host the request names.
    app.router.redirect_slashes = False
    app.state.metrics = metrics
    # Straight into the table: an included router would be searched twice for every request.
    for router in (*routes, _pages(metrics, ready)):
        for route in router.routes:
            if isinstance(route, APIRoute):
                route.operation_id = route.operation_id or route.name
            app.router.routes.append(route)
    app.router.routes.extend(reference_routes(app))
    install_problems(app)
    install_openapi(app)
    app.add_middleware(Gate, most=settings.body_limit, uploads=Uploads.among(app.router.routes))
    app.add_middleware(LastResort)
    app.add_middleware(Observer, metrics=metrics)
    return app


def _pages(metrics: Metrics, ready: Ready | None) -> APIRouter:
    pages = APIRouter(route_class=PlainRoute, tags=[OPERATION])

    @pages.get("/healthz", response_model=Health)
    async def healthz(_: Request) -> Response:
        """Learn whether the process runs."""
        return JSONResponse({"status": "ok"})

    missing: dict[int | str, dict[str, Any]] = {503: {"model": Readiness, "description": "A part is not there"}}

    @pages.get("/readyz", response_model=Readiness, responses=missing)
    async def readyz(_: Request) -> Response:
        """Learn whether the process has all that it needs."""
        parts = await ready() if ready is not None else {}
        well = all(parts.values())
        return JSONResponse({"status": "ok" if well else "not ready", "parts": parts}, 200 if well else 503)

    pages.add_api_route("/metrics", metrics.page, include_in_schema=False)
    return pages
