"""Putting the attachment service together: the only file that knows every other.

``python -m uvicorn --factory attachment_svc.app:create_app --port 8003``
"""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from attachment_svc.journal import Register
from attachment_svc.routes import LOOKERS, OPERATOR_ONLY, World, routes_of
from attachment_svc.settings import AttachmentSettings
from shared.eds.jws import Seal
from shared.kit.app import assemble
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.keys import load_keys
from shared.kit.openapi import introduce

TITLE = "Attachment: the register of the attached population"
DESCRIPTION = "Clauses AT. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: AttachmentSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing, OSError and ValueError where keys or the register's seal are not there or do not fit.
    """
    settings = settings or AttachmentSettings()
    envelopes = load_keys(settings.keys_dir, settings.name, (*LOOKERS, *OPERATOR_ONLY))
    database = Database(settings.database_url, settings.pool_size, wait=settings.pool_wait_seconds, name=settings.name)
    seal = Seal.from_files(
        settings.seals_dir / f"{settings.attachment_bin}.key.pem",
        settings.seals_dir / f"{settings.attachment_bin}.chain.pem",
    )
    world = World(clock or settings.clock(), Register(database), seal, _record_key(settings))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    async def ready() -> dict[str, bool]:
        return {"database": await database.ping()}

    app = assemble(settings.name, settings, [routes_of(world, envelopes)], lifespan, ready)
    introduce(app, TITLE, DESCRIPTION)
    return app


def _record_key(settings: AttachmentSettings) -> bytes:
    """Derive the key of the lookup record from the service's own key: whoever holds the database alone has neither."""
    own = (settings.keys_dir / "services" / f"{settings.name}.key.pem").read_bytes()
    return hmac.digest(own, b"record of lookups", "sha256")
