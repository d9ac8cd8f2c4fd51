"""What every service stands on, put together once: settings, database, the systems that it asks, loop, application."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, FastAPI
from pydantic import Field

from shared.eds.trust import Trust
from shared.kit.app import assemble
from shared.kit.attachments import ATTACHMENT_TEST_BIN, AttachmentClient
from shared.kit.calendar import KazakhstanCalendar, read_overrides
from shared.kit.casework.answers import Answers
from shared.kit.casework.attempts import loop_of
from shared.kit.casework.case_files import CaseFiles
from shared.kit.casework.journal import Journal
from shared.kit.casework.officials import officials_of
from shared.kit.casework.papers import Letterhead, Papers
from shared.kit.casework.press import Press
from shared.kit.casework.process import Casework, Settle
from shared.kit.casework.seals import Seals
from shared.kit.casework.silence import WatchedRegister, WatchedRegistry
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.envelope import Envelopes
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.kit.registry import REGISTRY_TEST_BIN, RegistryClient
from shared.kit.settings import Settings
from shared.law.hours import ProviderHours
from shared.law.passport import Passport
from shared.law.text import Text


class CaseworkSettings(Settings):
    """What an operator may set on a service, beyond what all processes have."""

    seals_dir: Path = Path(".data/seals")
    """Folder with every provider's ``{bin}.key.pem`` and ``{bin}.chain.pem``."""
    registry_url: str = "http://127.0.0.1:8010"
    registry_bin: str = Field(default=REGISTRY_TEST_BIN, pattern=r"^[0-9]{12}$")
    """BIN of the person registry's seal."""
    attachment_url: str = "http://127.0.0.1:8003"
    attachment_bin: str = Field(default=ATTACHMENT_TEST_BIN, pattern=r"^[0-9]{12}$")
    """BIN of the seal of the register of the attached population."""
    public_url: str = "http://127.0.0.1:8000"
    """Where people reach the portal: the address of a document's check stands on its paper."""
    tsa_url: str | None = None
    """The time stamping authority (RFC 3161) that papers are stamped by; unless given, they carry no stamp."""
    calendar_overrides: Path | None = None
    """CSV of dates that a legal act made working or off (``date,kind,act``)."""


@dataclass(frozen=True, slots=True)
class Common:
    """What a service is built on."""

    settings: CaseworkSettings
    clock: Clock
    hours: ProviderHours
    database: Database
    http: HttpClient
    envelopes: Envelopes
    registry: WatchedRegistry
    attachments: WatchedRegister


def open_common(settings: CaseworkSettings, clock: Clock | None, callers: Sequence[str]) -> Common:
    """Open what a service is built on; nothing is connected yet.

    Raises KeysMissing and ValueError where keys or pinned authorities are not there.
    """
    clock = clock or settings.clock()
    envelopes = load_keys(settings.keys_dir, settings.name, callers)
    http, trust = HttpClient(clock), Trust.from_folder(settings.trust_dir)
    registry = ServiceClient(http, envelopes, settings.registry_url, "person_registry")
    attachment = ServiceClient(http, envelopes, settings.attachment_url, "attachment")
    overrides = read_overrides(settings.calendar_overrides) if settings.calendar_overrides else {}
    hours = ProviderHours(KazakhstanCalendar(overrides))
    hours.intake_at(clock.now())  # Looking a year up for the first time takes a quarter of a second: not in a request.
    return Common(
        settings=settings,
        clock=clock,
        hours=hours,
        database=Database(
            settings.database_url, settings.pool_size, wait=settings.pool_wait_seconds, name=settings.name
        ),
        http=http,
        envelopes=envelopes,
        registry=WatchedRegistry(RegistryClient(registry, trust, clock, settings.registry_bin), clock),
        attachments=WatchedRegister(AttachmentClient(attachment, trust, clock, settings.attachment_bin), clock),
    )


def casework_of(common: Common, passport: Passport, settle: Settle, decree: Text | None = None) -> Casework:
    """Return the way of one service's requests over its own database.

    ``decree`` is the name of its regulation where officials may decide its requests and review its refusals.
    """
    return Casework(
        clock=common.clock,
        journal=Journal(common.database, passport.code, passport.regulation),
        answers=Answers(common.database),
        seals=Seals(common.settings.seals_dir),
        settle=settle,
        papers=papers_of(common),
        case_files=CaseFiles(common.database, Seals(common.settings.seals_dir), common.clock, passport.code),
        officials=None if decree is None else officials_of(common.database, common.hours, passport, decree),
    )


def papers_of(common: Common) -> Papers:
    """Return the desk that gives a service's documents as papers."""
    settings = common.settings
    tsa = settings.tsa_url or None
    address = f"{settings.public_url.rstrip('/')}/verify/"
    return Papers(common.database, Seals(settings.seals_dir), common.clock, Press(), Letterhead(address, tsa))


def casework_app(common: Common, work: Casework, routes: Sequence[APIRouter]) -> FastAPI:
    """Return the application of a service, whose loop runs as long as it does; raises ZoneDataStale."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loop = loop_of(work)
        loop.start()
        try:
            yield
        finally:
            await loop.stop()
            if work.papers is not None:
                work.papers.close()
            await common.http.close()
            await common.database.close()

    async def ready() -> dict[str, bool]:
        return {"database": await common.database.ping()}

    return assemble(common.settings.name, common.settings, routes, lifespan, ready)
