"""A service of two routes that a test starts as operators do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

import structlog
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from shared.kit.app import assemble
from shared.kit.plain import PlainRoute
from shared.kit.settings import Settings

routes = APIRouter(route_class=PlainRoute)


@routes.get("/slow")
async def see_slowly(_: Request) -> Response:
    structlog.get_logger().info("slow.begun")
    await asyncio.sleep(0.3)
    return PlainTextResponse("done")


@routes.get("/broken/{word}")
async def break_down(_: Request, word: str) -> Response:
    raise LookupError(quote(word))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    yield
    structlog.get_logger().info("closed")


def create_app() -> FastAPI:
    """Return the application, with settings from the environment."""
    return assemble("small", Settings(), [routes], lifespan)
