"""Where the reference is read: ``/reference``, a page for each operation below it, and ``/docs`` leads there."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from shared.kit.pages import language_wanted, page_answer
from shared.kit.problems import NotFound
from shared.kit.reference.pages import HERE, index_page, operation_page, operations_of

MOVED = 308


def reference_routes(app: FastAPI) -> list[BaseRoute]:
    """Return the pages of an application's own OpenAPI document; nothing on them needs the internet."""

    async def index(request: Request) -> Response:
        language = language_wanted(request)
        return page_answer(index_page(app.openapi(), language), language)

    async def operation(request: Request) -> Response:
        language = language_wanted(request)
        api, name = app.openapi(), request.path_params["operation"]
        if name not in operations_of(api):
            raise NotFound
        return page_answer(operation_page(api, name, language), language)

    async def docs(_: Request) -> Response:
        return RedirectResponse(HERE, MOVED)

    return [
        Route(HERE, index, include_in_schema=False),
        Route(f"{HERE}/{{operation}}", operation, include_in_schema=False),
        Route("/docs", docs, include_in_schema=False),
    ]
