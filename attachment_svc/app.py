"""Putting the attachment service together: the only file that knows every other.

``python -m uvicorn --factory attachment_svc.app:create_app --port 8003``
"""

import hmac

from fastapi import FastAPI

from attachment_svc.districts import Districts
from attachment_svc.facts import Systems
from attachment_svc.imports import Imports
from attachment_svc.journal import Register
from attachment_svc.process import settle
from attachment_svc.regulation import PASSPORT
from attachment_svc.routes import LOOKERS, routes_of
from attachment_svc.settings import AttachmentSettings
from attachment_svc.wording import DECREE
from attachment_svc.world import World
from shared.eds.jws import Seal
from shared.kit.casework.answers import Answers
from shared.kit.casework.entries import Entry
from shared.kit.casework.opening import Common, casework_app, casework_of, open_common
from shared.kit.casework.process import Casework
from shared.kit.clock import Clock
from shared.kit.openapi import introduce

CALLERS = (*LOOKERS, "operator")
TITLE = "Attachment: the service and the register of the attached population"
DESCRIPTION = "Clauses AT. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: AttachmentSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing, OSError and ValueError where keys, pinned authorities or the register's seal are not there or do
    not fit, ZoneDataStale for old zone files.
    """
    common = open_common(settings or AttachmentSettings(), clock, CALLERS)
    world = world_of(common)
    work = work_of(common, world)
    app = casework_app(common, work, [routes_of(world, work, common.envelopes)])
    introduce(app, TITLE, DESCRIPTION)
    return app


def world_of(common: Common) -> World:
    """Return the service's world over what it stands on."""
    settings, database = common.settings, common.database
    seal = settings.seals_dir / settings.attachment_bin
    return World(
        clock=common.clock,
        hours=common.hours,
        answers=Answers(database),
        register=Register(database),
        districts=Districts(database),
        imports=Imports(database),
        systems=Systems(common.registry, common.clock),
        seal=Seal.from_files(seal.with_suffix(".key.pem"), seal.with_suffix(".chain.pem")),
        record_key=_record_key(common),
    )


def work_of(common: Common, world: World) -> Casework:
    """Return the way of a request through the service."""

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    return casework_of(common, PASSPORT, settle_here, DECREE)


def _record_key(common: Common) -> bytes:
    """Derive the key of the lookup record from the service's own key: whoever holds the database alone has neither."""
    own = (common.settings.keys_dir / "services" / f"{common.settings.name}.key.pem").read_bytes()
    return hmac.digest(own, b"record of lookups", "sha256")
