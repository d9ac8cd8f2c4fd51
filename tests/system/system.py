"""The whole system in one process: every application, put together as it is, over real databases, without a network."""

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from fastapi import FastAPI

import appointment_svc.app
import attachment_svc.app
import diploma_svc.app
import gateway.app
import home_visit_svc.app
import nca_stub.app
import person_registry_stub.app
from appointment_svc.settings import AppointmentSettings
from attachment_svc.settings import AttachmentSettings
from diploma_svc.settings import DiplomaSettings
from gateway.settings import GatewaySettings
from gateway.world import World
from home_visit_svc.settings import HomeVisitSettings
from nca_stub.settings import AuthoritySettings
from person_registry_stub.settings import RegistrySettings
from shared.eds.trust import Trust
from shared.kit.attachments import AttachmentClient
from shared.kit.casework.opening import casework_app, open_common
from shared.kit.casework.silence import WatchedRegister, WatchedRegistry
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.http import Call, ServiceClient
from shared.kit.keys import load_keys
from shared.kit.registry import RegistryClient
from shared.kit.settings import Settings
from stack.layout import Layout
from tests.fakes import ClockAt
from tests.system.network import Network

TUESDAY_TEN = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Almaty: intake is open."""
PEOPLE = 50
SERVICES: list[tuple[ModuleType, type[Settings]]] = [
    (attachment_svc.app, AttachmentSettings),
    (home_visit_svc.app, HomeVisitSettings),
    (appointment_svc.app, AppointmentSettings),
    (diploma_svc.app, DiplomaSettings),
]
"""Whoever others ask comes before them."""
DatabaseOf = Callable[[str], str]


@dataclass(frozen=True)
class System:
    """The applications by the names that envelopes give them, and what they stand on."""

    layout: Layout
    clock: ClockAt
    network: Network
    databases: Mapping[str, Database]

    @property
    def apps(self) -> Mapping[str, FastAPI]:
        return self.network.apps

    @property
    def trust(self) -> Trust:
        return Trust.from_folder(self.layout.trust)

    def clients(self, caller: str) -> dict[str, ServiceClient]:
        """Return one caller's ways to everybody who is there already."""
        envelopes = load_keys(self.layout.keys, caller, callers=())
        return {name: ServiceClient(self.network, envelopes, f"http://{name}", name) for name in self.apps}

    @property
    def gateway(self) -> World:
        """Return the gateway's world."""
        world: World = self.apps["gateway"].state.world
        return world


async def build_system(folder: Path, database_of: DatabaseOf, stack: AsyncExitStack) -> System:
    """Put every application together over the material in a folder; the stack takes it apart."""
    layout, clock = Layout(folder), ClockAt(TUESDAY_TEN)
    network = Network(clock)
    databases = {name: Database(database_of(package), 4, name="tests") for name, package in PACKAGES.items()}
    for database in databases.values():
        stack.push_async_callback(database.close)
    system = System(layout, clock, network, databases)
    network.apps["nca"] = nca_stub.app.create_app(AuthoritySettings(nca_dir=layout.authority), clock)
    network.apps["person_registry"] = _person_registry(layout, clock)
    for service, kind in SERVICES:
        package = service.__name__.partition(".")[0]
        settings = kind(**_common(layout), database_url=database_of(package), pool_size=4)
        yet_to_come = not hasattr(service, "work_of")
        network.apps[settings.name] = (
            service.create_app(settings) if yet_to_come else _casework(system, service, settings, stack)
        )
    network.apps["gateway"] = await _gateway(system, database_of, stack)
    return system


PACKAGES = {
    "gateway": "gateway",
    "home_visit": "home_visit_svc",
    "attachment": "attachment_svc",
    "appointment": "appointment_svc",
    "diploma": "diploma_svc",
}


def _common(layout: Layout) -> dict[str, Any]:
    return {"keys_dir": layout.keys, "trust_dir": layout.trust, "seals_dir": layout.seals}


def _person_registry(layout: Layout, clock: Clock) -> FastAPI:
    return person_registry_stub.app.create_app(RegistrySettings(**_common(layout), population_size=PEOPLE), clock)


def _casework(system: System, service: ModuleType, settings: Any, stack: AsyncExitStack) -> FastAPI:
    """Return a state service without the loop that takes up what is due: nobody starts its lifespan."""
    opened = open_common(settings, system.clock, service.CALLERS)
    stack.push_async_callback(opened.database.close)
    clients = system.clients(settings.name)
    registry = RegistryClient(clients["person_registry"], system.trust, system.clock)
    # The register of the attached population is the attachment service's own: that one asks nobody for it.
    register = AttachmentClient(clients.get("attachment", clients["person_registry"]), system.trust, system.clock)
    common = dataclasses.replace(
        opened,
        registry=WatchedRegistry(registry, system.clock),
        attachments=WatchedRegister(register, system.clock),
    )
    world = service.world_of(common)
    work = service.work_of(common, world)
    if work.papers is not None:
        stack.callback(work.papers.close)
    return casework_app(common, work, [service.routes_of(world, work, common.envelopes)])


async def _gateway(system: System, database_of: DatabaseOf, stack: AsyncExitStack) -> FastAPI:
    """Return the gateway without its loops, the others reached through the network of this process."""
    layout, network = system.layout, system.network
    settings = GatewaySettings(
        **_common(layout),
        database_url=database_of("gateway"),
        access_key=layout.keys / "access.key.pem",
        crl_dir=layout.revocation,
        crl_urls=(),
        pool_size=4,
    )
    opened = await gateway.app.open_world(settings, system.clock, stack)
    clients = system.clients("gateway")
    registry = RegistryClient(clients["person_registry"], opened.trust, system.clock)
    app = gateway.app.create_app(settings, system.clock)
    app.state.world = dataclasses.replace(opened, http=network, registry=registry, services=clients)
    for place in ("", "/gost"):
        published = await network.call(Call("GET", f"http://nca{place}/crl/full.crl"))
        app.state.world.revocation.accept(published.body)
    return app
