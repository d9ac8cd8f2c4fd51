"""The certification authority's stub, put together."""

from fastapi import FastAPI

from nca_stub.authority import KINDS, create_authority
from nca_stub.control import control_routes
from nca_stub.moods import Moods
from nca_stub.register import OFFSET_FILE, write_file
from nca_stub.routes import published_routes
from nca_stub.settings import AuthoritySettings
from shared.kit.app import assemble
from shared.kit.clock import Clock
from shared.kit.openapi import introduce

TITLE = "Certification authority (stub)"
DESCRIPTION = "Stands for ҰКО. Every key is a test key; `/control` is for tests and demonstrations."


def create_app(settings: AuthoritySettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the application; without settings they are read from the environment. A missing authority is created."""
    settings = settings or AuthoritySettings()
    clock = clock or settings.clock()
    authorities = [create_authority(settings.nca_dir, clock.now(), kind) for kind in KINDS]
    write_file(settings.nca_dir / OFFSET_FILE, repr(settings.clock_offset_seconds).encode())
    moods = Moods()
    routes = [published_routes(authority, clock, moods) for authority in authorities]
    if settings.control_enabled:
        routes.append(control_routes(authorities, clock, moods))

    async def ready() -> dict[str, bool]:
        return {"authority": all((one.folder / "issuing.cer").is_file() for one in authorities)}

    app = assemble(settings.name, settings, routes, ready=ready)
    introduce(app, TITLE, DESCRIPTION)
    return app
