"""The process as it stands until its own issue: ready when its database is, without any route of its service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from appointment_svc.settings import AppointmentSettings
from shared.kit.app import assemble
from shared.kit.database import Database
from shared.kit.openapi import introduce

TITLE = "Appointment with a doctor"
DESCRIPTION = "Clauses AP. The service comes with its own issue."


def create_app(settings: AppointmentSettings | None = None) -> FastAPI:
    """Return the application; without settings it reads the environment."""
    settings = settings or AppointmentSettings()
    database = Database(settings.database_url, settings.pool_size, wait=settings.pool_wait_seconds, name=settings.name)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    async def ready() -> dict[str, bool]:
        return {"database": await database.ping()}

    app = assemble(settings.name, settings, [], lifespan, ready)
    introduce(app, TITLE, DESCRIPTION)
    return app
