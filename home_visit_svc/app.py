"""Putting the home visit service together: the only file that knows every other.

``python -m uvicorn --factory home_visit_svc.app:create_app --port 8001``
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from home_visit_svc.answers import Answers
from home_visit_svc.attempts import loop_of
from home_visit_svc.facts import Systems
from home_visit_svc.journal import Journal
from home_visit_svc.rounds import Rounds
from home_visit_svc.routes import routes_of
from home_visit_svc.seals import Seals
from home_visit_svc.settings import HomeVisitSettings
from home_visit_svc.silence import WatchedRegister, WatchedRegistry
from home_visit_svc.world import World
from shared.eds.trust import Trust
from shared.kit.app import Lifespan, assemble
from shared.kit.attachments import AttachmentClient
from shared.kit.calendar import KazakhstanCalendar, read_overrides
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.envelope import Envelopes
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.kit.openapi import introduce
from shared.kit.registry import RegistryClient
from shared.law.hours import ProviderHours

CALLERS = ("gateway", "operator")

TITLE = "Calling a doctor to the home"
DESCRIPTION = "Clauses HV. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: HomeVisitSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing and ValueError where keys or pinned authorities are not there, ZoneDataStale for old zone files.
    """
    settings = settings or HomeVisitSettings()
    clock = clock or settings.clock()
    envelopes = load_keys(settings.keys_dir, settings.name, CALLERS)
    database = Database(settings.database_url, settings.pool_size, wait=settings.pool_wait_seconds, name=settings.name)
    http = HttpClient(clock)
    world = world_of(settings, clock, database, systems_of(settings, clock, http, envelopes))

    async def ready() -> dict[str, bool]:
        return {"database": await database.ping()}

    lifespan = _lifespan(world, http, database)
    app = assemble(settings.name, settings, [routes_of(world, envelopes)], lifespan, ready)
    introduce(app, TITLE, DESCRIPTION)
    return app


def world_of(settings: HomeVisitSettings, clock: Clock, database: Database, systems: Systems) -> World:
    """Return the service's world over a database and the systems that it asks."""
    overrides = read_overrides(settings.calendar_overrides) if settings.calendar_overrides else {}
    return World(
        clock=clock,
        hours=ProviderHours(KazakhstanCalendar(overrides)),
        journal=Journal(database),
        answers=Answers(database),
        rounds=Rounds(database),
        systems=systems,
        seals=Seals(settings.seals_dir),
    )


def systems_of(settings: HomeVisitSettings, clock: Clock, http: HttpClient, envelopes: Envelopes) -> Systems:
    """Return the way to the person registry and to the register of the attached population."""
    trust = Trust.from_folder(settings.trust_dir)
    registry = ServiceClient(http, envelopes, settings.registry_url, "person_registry")
    attachment = ServiceClient(http, envelopes, settings.attachment_url, "attachment")
    return Systems(
        registry=WatchedRegistry(RegistryClient(registry, trust, clock, settings.registry_bin), clock),
        attachments=WatchedRegister(AttachmentClient(attachment, trust, clock, settings.attachment_bin), clock),
        clock=clock,
    )


def _lifespan(world: World, http: HttpClient, database: Database) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loop = loop_of(world)
        loop.start()
        try:
            yield
        finally:
            await loop.stop()
            await http.close()
            await database.close()

    return lifespan
