"""The person registry's stub, put together."""

from fastapi import FastAPI

from person_registry_stub.control import control_routes
from person_registry_stub.desk import Desk
from person_registry_stub.moods import Moods
from person_registry_stub.registers import Registers
from person_registry_stub.routes import lookup_routes
from person_registry_stub.settings import RegistrySettings
from person_registry_stub.wire import Wire
from shared.eds.jws import Seal
from shared.kit.app import assemble
from shared.kit.clock import Clock
from shared.kit.keys import load_keys
from shared.kit.openapi import introduce

CALLERS = ("gateway", "home_visit", "appointment", "attachment", "diploma")

TITLE = "Person registry (stub)"
DESCRIPTION = "Stands for ЖТ МДҚ. Lookups open envelopes; `/control` is for tests and demonstrations."


def create_app(settings: RegistrySettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the application; without settings they are read from the environment."""
    settings = settings or RegistrySettings()
    clock = clock or settings.clock()
    moods, registers = Moods(), Registers(settings.population)
    folder, bin_ = settings.seals_dir, settings.registry_bin
    seal = Seal.from_files(folder / f"{bin_}.key.pem", folder / f"{bin_}.chain.pem")
    desk = Desk(seal, clock, moods)
    routes = [lookup_routes(load_keys(settings.keys_dir, settings.name, CALLERS), registers, desk)]
    if settings.control_enabled:
        routes.append(control_routes(moods, registers))
    app = assemble(settings.name, settings, routes)
    introduce(app, TITLE, DESCRIPTION)
    app.add_middleware(Wire)
    return app
