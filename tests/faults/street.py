"""Four processes of the stack in this one, each behind its own real socket, by a clock that the test moves."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import uvicorn
from fastapi import FastAPI

from attachment_svc.app import create_app as attachment_app
from attachment_svc.settings import AttachmentSettings
from gateway.app import create_app as gateway_app
from gateway.settings import GatewaySettings
from home_visit_svc.app import create_app as home_visit_app
from home_visit_svc.settings import HomeVisitSettings
from nca_stub.authority import create_authority
from nca_stub.lists import RevocationLists
from person_registry_stub.app import create_app as registry_app
from person_registry_stub.population import DEFAULT_SEED, Population
from person_registry_stub.settings import RegistrySettings
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.kit.server import GuardedProtocol
from shared.law.hours import ALMATY
from stack.clinics import attachments
from stack.layout import Layout
from tests.fakes import ClockAt
from tests.waiting import eventually

IMPORT: Final = "/internal/v1/attachments/import"


@dataclass(frozen=True)
class Street:
    """Where the four listen, whose keys lie where, and the one clock."""

    urls: Mapping[str, str]
    layout: Layout
    clock: ClockAt

    def now(self) -> datetime:
        """Return the time in the street."""
        return self.clock.now()


@asynccontextmanager
async def open_street(layout: Layout, database_of: Callable[[str], str], at: datetime) -> AsyncIterator[Street]:
    """Serve the registry, the register with the demo people in it, the home visit and the gateway, in that order."""
    clock, urls = ClockAt(at), dict[str, str]()
    async with AsyncExitStack() as stack:

        async def open_door(name: str, app: FastAPI) -> None:
            urls[name] = await stack.enter_async_context(_served(app))

        keys, trust, seals = layout.keys, layout.trust, layout.seals
        registry = RegistrySettings(keys_dir=keys, seals_dir=seals, population_size=0)
        await open_door("person_registry", registry_app(registry, clock))
        register = AttachmentSettings(
            keys_dir=keys, trust_dir=trust, seals_dir=seals, database_url=database_of("attachment_svc"),
            registry_url=urls["person_registry"],
        )  # fmt: skip
        await open_door("attachment", attachment_app(register, clock))
        await _attach_demo_people(urls["attachment"], layout, at)
        home_visit = HomeVisitSettings(
            keys_dir=keys, trust_dir=trust, seals_dir=seals, database_url=database_of("home_visit_svc"),
            registry_url=urls["person_registry"], attachment_url=urls["attachment"],
        )  # fmt: skip
        await open_door("home_visit", home_visit_app(home_visit, clock))
        gateway = GatewaySettings(
            keys_dir=keys, trust_dir=trust, seals_dir=seals, database_url=database_of("gateway"), service_urls=urls,
            registry_url=urls["person_registry"], crl_urls=(), crl_dir=layout.revocation,
            access_key=keys / "access.key.pem",
        )  # fmt: skip
        app = gateway_app(gateway, clock)
        await open_door("gateway", app)
        app.state.world.revocation.accept(RevocationLists(create_authority(layout.authority, at)).full(at))
        yield Street(urls, layout, clock)


class _Server(uvicorn.Server):
    """A server that leaves the signals to the tests."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    config = uvicorn.Config(app, port=0, http=GuardedProtocol, log_config=None, access_log=False)
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await eventually(lambda: server.started or serving.done())
        if serving.done():
            serving.result()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def _attach_demo_people(url: str, layout: Layout, at: datetime) -> None:
    http = HttpClient()
    try:
        client = ServiceClient(http, load_keys(layout.keys, "operator", callers=()), url, "attachment")
        rows = list(attachments(Population(0, DEFAULT_SEED), at.astimezone(ALMATY).date()))
        answer = await client.post(IMPORT, json.dumps({"rows": rows}).encode(), total=20)
        assert answer.status == 200, answer.body
    finally:
        await http.close()
