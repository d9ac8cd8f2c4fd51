"""Putting the home visit service together: the only file that knows every other.

``python -m uvicorn --factory home_visit_svc.app:create_app --port 8001``
"""

from fastapi import FastAPI

from home_visit_svc.acts import Acts
from home_visit_svc.in_work import InWork
from home_visit_svc.journal import Rounds
from home_visit_svc.process import settle
from home_visit_svc.regulation import PASSPORT
from home_visit_svc.routes import routes_of
from home_visit_svc.settings import HomeVisitSettings
from home_visit_svc.untold import TELLING
from home_visit_svc.wording import DECREE
from home_visit_svc.world import World
from shared.kit.casework.answers import Answers
from shared.kit.casework.entries import Entry
from shared.kit.casework.gathering import Systems
from shared.kit.casework.opening import Common, casework_app, casework_of, open_common
from shared.kit.casework.process import Casework
from shared.kit.casework.untold import Untold
from shared.kit.clock import Clock
from shared.kit.openapi import introduce

CALLERS = ("gateway", "operator")

TITLE = "Calling a doctor to the home"
DESCRIPTION = "Clauses HV. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: HomeVisitSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing and ValueError where keys or pinned authorities are not there, ZoneDataStale for old zone files.
    """
    common = open_common(settings or HomeVisitSettings(), clock, CALLERS)
    world = world_of(common)
    work = work_of(common, world)
    app = casework_app(common, work, [routes_of(world, work, common.envelopes)])
    introduce(app, TITLE, DESCRIPTION)
    return app


def world_of(common: Common) -> World:
    """Return the service's world over what it stands on."""
    return World(
        clock=common.clock,
        hours=common.hours,
        answers=Answers(common.database),
        rounds=Rounds(common.database),
        systems=Systems(common.registry, common.attachments, common.clock),
        in_work=InWork(common.database),
        acts=Acts(common.database),
        untold=Untold(common.database, TELLING),
    )


def work_of(common: Common, world: World) -> Casework:
    """Return the way of a call through the service."""

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    return casework_of(common, PASSPORT, settle_here, DECREE)
