"""The documentation page of a service, which needs nothing from the internet: Swagger UI comes with a package."""

from importlib.resources import files
from pathlib import Path

from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

ASSETS = Path(str(files("fastapi_standalone_docs"))) / "static"


def docs_routes(title: str, openapi_url: str = "/openapi.json") -> list[BaseRoute]:
    """Return ``/docs`` and what it loads; the page shows the document at ``openapi_url``."""
    page = get_swagger_ui_html(
        openapi_url=openapi_url,
        title=title,
        swagger_js_url="/docs/assets/swagger-ui-bundle.js",
        swagger_css_url="/docs/assets/swagger-ui.css",
        swagger_favicon_url="/docs/icon/favicon.png",
        # Without this, Swagger UI sends the document to a validator on the internet.
        swagger_ui_parameters={"validatorUrl": None},
    )

    async def docs(_: Request) -> HTMLResponse:
        return HTMLResponse(page.body)

    return [
        Route("/docs", docs, include_in_schema=False),
        Mount("/docs/assets", StaticFiles(directory=ASSETS / "swagger")),
        Mount("/docs/icon", StaticFiles(directory=ASSETS / "fastapi")),
    ]
