"""Everything that the gateway's processes reach beyond themselves, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from starlette.requests import HTTPConnection

from gateway import conditions
from gateway.conditions import PersonRegistry
from gateway.kept_lists import KeptLists
from gateway.ocsp import OcspDesk
from gateway.passwords import Passwords
from gateway.settings import GatewaySettings
from gateway.tokens import AccessTokens
from gateway.turns import Turns
from gateway.watch import Watchers
from gateway.webhook_addresses import PublicOnly
from gateway.workers import Workers
from shared.eds.cms import Expected
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from shared.eds.verdict import Verdict
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.clock import Clock, SystemClock
from shared.kit.database import Database
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.scans import ScanKeys, scan_keys_of
from shared.law.hours import ProviderHours


@dataclass(frozen=True)
class World:
    """The gateway's world; tests make their own."""

    settings: GatewaySettings
    clock: Clock
    database: Database
    http: HttpClient
    registry: PersonRegistry
    trust: Trust
    revocation: CrlStore
    tokens: AccessTokens
    passwords: Passwords
    signature_workers: Workers
    hours: ProviderHours = field(default_factory=lambda: ProviderHours(KazakhstanCalendar()))
    """The hours of all providers, for what is counted while a service is silent."""
    services: Mapping[str, ServiceClient] = field(default_factory=dict)
    """The state services by name; see destinations.py."""
    log_ins: Turns = field(default_factory=Turns)
    """Attempts of one person from one network wait for each other."""
    watchers: Watchers = field(default_factory=Watchers)
    """Who waits for a request to change."""
    outside: Clock = field(default_factory=SystemClock)
    """The machine's clock, by which other systems count, whatever hour the demonstration plays."""
    published_keys: Sequence[Mapping[str, Any]] = ()
    """The public keys of the providers' seals, as JWK."""

    @cached_property
    def webhook_http(self) -> HttpClient:
        """Return what calls clinics' systems: to public addresses only, unless one tries things out."""
        return HttpClient(self.clock, resolver=None if self.settings.webhooks_private else PublicOnly())

    @cached_property
    def ocsp(self) -> OcspDesk:
        """Return whoever asks an authority about one certificate, at the addresses of the settings."""
        return OcspDesk(self.http, self.settings.ocsp_urls)

    @cached_property
    def kept_lists(self) -> KeptLists:
        """Return the revocation lists that evidence names."""
        return KeptLists(self.database, self.revocation)

    @cached_property
    def scan_keys(self) -> ScanKeys:
        """Return the keys of the scans that the desk attaches; raises KeysMissing."""
        return ScanKeys.from_file(scan_keys_of(self.settings.keys_dir, self.settings.name))

    def now(self) -> datetime:
        """Return the system's time, aware, in UTC."""
        return self.clock.now()

    async def confirm_signature(self, cms: bytes, content: bytes, iin: str, at: datetime) -> Verdict:
        """Condition 2 (HV-16.6): see ``conditions.confirm_signature``; the lists that confirm it are kept first."""
        return await self._kept(await conditions.confirm_signature(self, (cms, content), iin, at), at)

    async def confirm_official(self, cms: bytes, content: bytes, official: tuple[str, str], at: datetime) -> Verdict:
        """Condition 2 for whoever signs for an organisation (IIN, BIN): see ``conditions.confirm_official``."""
        return await self._kept(await conditions.confirm_official(self, (cms, content), official, at), at)

    async def confirm(self, cms: bytes, content: bytes, expected: Expected, at: datetime) -> Verdict:
        """Condition 2 for whoever is expected: see ``conditions.confirm``; the lists that confirm it are kept first."""
        return await self._kept(await conditions.confirm(self, (cms, content), expected, at), at)

    async def _kept(self, verdict: Verdict, at: datetime) -> Verdict:
        if verdict.confirmed:
            await self.kept_lists.keep(verdict.evidence, at)
        return verdict


def world_of(request: HTTPConnection) -> World:
    """Return the world of the application that a request came to."""
    world: World = request.app.state.world
    return world
