"""Opening a request of one's own organisation: whoever does is at its desk or an official, and stands on record."""

from uuid import UUID

from gateway import desk, desk_scans
from gateway.desk_views import desk_view
from gateway.destinations import purpose_of
from gateway.employees import find_employee
from gateway.journal import Request
from gateway.looks import Look, Opened, record_looks
from gateway.schemas.desk import DeskRequestView
from gateway.staff import StaffSession
from gateway.world import World


async def opened(world: World, session: StaffSession, request_id: UUID, what: Opened) -> Request:
    """Return a request of one's own organisation, having written down who opens what of it; NotYourRole, NotFound."""
    session.require(desk.READERS)
    request = await desk.find(world, session, request_id)
    purpose = purpose_of(request.service)
    people = dict.fromkeys((request.applicant_iin, request.subject_iin))
    looks = [Look(iin, what, purpose, request.service, request.id) for iin in people]
    async with world.database.transaction() as c:
        await record_looks(c, session.looker, looks, world.now())
    return request


async def seen(world: World, request: Request) -> DeskRequestView:
    """Return a request as the provider's employees see it."""
    async with world.database.connection() as c:
        by = await find_employee(c, request.employee_id) if request.employee_id else None
        scans = await desk_scans.of_request(c, request.id)
    return desk_view(request, world.now(), by, scans)
