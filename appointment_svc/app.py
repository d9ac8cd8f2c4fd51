"""Putting the appointment service together: the only file that knows every other.

``python -m uvicorn --factory appointment_svc.app:create_app --port 8002``
"""

from fastapi import FastAPI

from appointment_svc.journal import Bookings
from appointment_svc.process import settle
from appointment_svc.regulation import PASSPORT
from appointment_svc.routes import routes_of
from appointment_svc.schedules import Schedules
from appointment_svc.search import Slots
from appointment_svc.settings import AppointmentSettings
from appointment_svc.standing import Appointments
from appointment_svc.untold import TELLING
from appointment_svc.wording import DECREE
from appointment_svc.world import World
from shared.kit.casework.answers import Answers
from shared.kit.casework.entries import Entry
from shared.kit.casework.gathering import Systems
from shared.kit.casework.opening import Common, casework_app, casework_of, open_common
from shared.kit.casework.process import Casework
from shared.kit.casework.untold import Untold
from shared.kit.clock import Clock
from shared.kit.openapi import introduce

CALLERS = ("gateway", "operator")

TITLE = "Appointment with a doctor"
DESCRIPTION = "Clauses AP. Internal: every route opens envelopes of the callers on its list only."


def create_app(settings: AppointmentSettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the service; without arguments by the environment.

    Raises KeysMissing and ValueError where keys or pinned authorities are not there, ZoneDataStale for old zone files.
    """
    common = open_common(settings or AppointmentSettings(), clock, CALLERS)
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
        bookings=Bookings(common.database),
        schedules=Schedules(common.database, common.hours),
        slots=Slots(common.database, common.hours),
        appointments=Appointments(common.database),
        untold=Untold(common.database, TELLING),
        systems=Systems(common.registry, common.attachments, common.clock),
    )


def work_of(common: Common, world: World) -> Casework:
    """Return the way of a request through the service."""

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    return casework_of(common, PASSPORT, settle_here, DECREE)
