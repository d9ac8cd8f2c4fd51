"""Putting the service together: the only file that knows every other.

``python -m uvicorn --factory diploma_svc.app:create_app --port 8004``
"""

from dataclasses import replace

from fastapi import FastAPI

from diploma_svc.college import College
from diploma_svc.documents import CREDENTIAL_TYPE
from diploma_svc.process import settle
from diploma_svc.regulation import PASSPORT
from diploma_svc.routes import routes_of
from diploma_svc.settings import DiplomaSettings
from diploma_svc.standing import DiplomaJournal
from diploma_svc.world import World
from shared.kit.casework.answers import Answers
from shared.kit.casework.entries import Entry
from shared.kit.casework.opening import Common, casework_app, casework_of, open_common
from shared.kit.casework.process import Casework
from shared.kit.clock import Clock
from shared.kit.openapi import introduce
from shared.kit.scans import ScanKeys, scan_keys_of
from shared.law.answers import certificate_kind

CALLERS = ("gateway", "operator")
TITLE = "Documents on training, retraining and advanced training"
DESCRIPTION = "Clauses DP. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: DiplomaSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing, OSError and ValueError where keys or pinned authorities are not there, ZoneDataStale for old
    zone files.
    """
    common = open_common(settings or DiplomaSettings(), clock, CALLERS)
    world = world_of(common)
    work = work_of(common, world)
    app = casework_app(common, work, [routes_of(world, work, common.envelopes)])
    introduce(app, TITLE, DESCRIPTION)
    return app


def world_of(common: Common) -> World:
    """Return the service's world over what it stands on."""
    settings, database = common.settings, common.database
    return World(
        clock=common.clock,
        calendar=common.hours.calendar,
        database=database,
        answers=Answers(database),
        college=College(database),
        registry=common.registry,
        scan_keys=ScanKeys.from_file(scan_keys_of(settings.keys_dir, settings.name)),
        public_url=settings.public_url.rstrip("/"),
    )


def work_of(common: Common, world: World) -> Casework:
    """Return the way of a request through the service."""

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    journal = DiplomaJournal(common.database, PASSPORT.code, PASSPORT.regulation)
    work = casework_of(common, PASSPORT, settle_here)
    return replace(work, journal=journal, types={certificate_kind(PASSPORT): CREDENTIAL_TYPE})
