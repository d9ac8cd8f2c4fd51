"""Puts the gateway together: the only file that knows every other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from fastapi import FastAPI

from gateway.backlog import Backlog
from gateway.changes import keep_taking
from gateway.crl import CrlRefresh
from gateway.housekeeping import keep_clean
from gateway.introduction import DESCRIPTION, TAGS, TITLE
from gateway.loops import keep_delivering, keep_telling_clinics
from gateway.passwords import WAITING, Passwords
from gateway.routes import (
    accounts,
    appointments,
    attachments,
    catalogue,
    checks,
    clients,
    clinic,
    clinic_appointments,
    clinic_entry,
    clinic_journal,
    deciding,
    desk,
    desk_papers,
    documents,
    evidence,
    home_visits,
    looks,
    lookups,
    oauth,
    problems,
    requests,
    reviews,
    staff,
    training,
    training_office,
    training_papers,
    verify,
    webhooks,
)
from gateway.settings import GatewaySettings
from gateway.status_lists import StatusLists
from gateway.tokens import AccessTokens
from gateway.verification import published_keys
from gateway.visits import Visits
from gateway.workers import Workers
from gateway.workstation import routes as workstation
from gateway.world import World
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from shared.kit.app import assemble
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.gost_processes import gost_in_processes
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.kit.openapi import introduce
from shared.kit.registry import RegistryClient
from shared.kit.server import AT_SHUTDOWN

ROUTERS = (
    accounts.router,
    attachments.router,
    looks.router,
    catalogue.router,
    requests.router,
    evidence.router,
    appointments.router,
    home_visits.router,
    clinic_journal.router,
    documents.router,
    checks.router,
    verify.router,
    staff.router,
    deciding.router,
    reviews.router,
    lookups.router,
    desk.router,
    desk_papers.router,
    clients.router,
    clinic.router,
    clinic_entry.router,
    clinic_appointments.router,
    webhooks.router,
    oauth.router,
    training.router,
    training_papers.router,
    training_office.router,
    problems.router,
    workstation.router,
)


def create_app(settings: GatewaySettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the gateway; without arguments it reads the environment."""
    chosen = settings or GatewaySettings()
    time = clock or chosen.clock()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, object]]:
        async with AsyncExitStack() as stack:
            world = await open_world(chosen, time, stack)
            app.state.world = world
            await keep_fresh(world, Backlog(app.state.metrics.registry), stack)
            await keep_delivering(world, stack)
            await keep_telling_clinics(world, stack)
            yield {AT_SHUTDOWN: world.watchers.close}

    async def ready() -> dict[str, bool]:
        world: World = app.state.world
        return {"database": await world.database.ping(), "revocation": world.revocation.is_ready(world.now())}

    app = assemble("gateway", chosen, ROUTERS, lifespan, ready)
    app.state.status_lists, app.state.visits = StatusLists(), Visits()
    introduce(app, TITLE, DESCRIPTION, TAGS)
    return app


async def open_world(settings: GatewaySettings, clock: Clock, stack: AsyncExitStack) -> World:
    """Open all that the gateway reaches; the stack closes it."""
    database = Database(settings.database_url, settings.pool_size, wait=settings.pool_wait_seconds, name=settings.name)
    stack.push_async_callback(database.close)
    http = HttpClient(clock)
    stack.push_async_callback(http.close)
    hashing = Workers("hashing", threads=settings.hashing_threads, waiting=WAITING)
    signatures = Workers("signatures", threads=settings.signature_threads, waiting=256)
    stack.callback(hashing.close)
    stack.callback(gost_in_processes(settings.gost_processes))
    stack.callback(signatures.close)
    envelopes = load_keys(settings.keys_dir, settings.name, callers=())
    trust = Trust.from_folder(settings.trust_dir)
    registry = ServiceClient(http, envelopes, settings.registry_url, "person_registry")
    services = {name: ServiceClient(http, envelopes, url, name) for name, url in settings.service_urls.items()}
    return World(
        settings=settings,
        clock=clock,
        database=database,
        http=http,
        registry=RegistryClient(registry, trust, clock, settings.registry_bin),
        trust=trust,
        revocation=CrlStore(trust, settings.crl_dir),
        tokens=AccessTokens.from_file(settings.access_key, issuer=settings.issuer, audience=settings.token_audience),
        passwords=Passwords(hashing),
        signature_workers=signatures,
        services=services,
        published_keys=published_keys(settings.seals_dir),
    )


async def keep_fresh(world: World, backlog: Backlog, stack: AsyncExitStack) -> None:
    """Keep lists and what became of requests fresh, old rows away, the backlog counted, until the stack is closed."""
    crls = CrlRefresh(world.http, world.revocation, world.settings.crl_urls, world.settings.crl_every_seconds)
    await crls.restore()
    cleaning = keep_clean(world.database, world.clock)
    for work in (crls.run(), cleaning, backlog.keep_counting(world), keep_taking(world)):
        stack.push_async_callback(_end, asyncio.create_task(work))


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
