"""The URLs by which an appointment is looked at, cancelled and noted."""

from starlette.requests import Request
from starlette.responses import Response

from appointment_svc.change_schemas import (
    AppointmentBody,
    AppointmentQuery,
    CancelledBody,
    CancelledList,
    CitizensCancellation,
    ClinicsCancellation,
    VisitBody,
    VisitNoted,
)
from appointment_svc.slot_schemas import SlotBody
from appointment_svc.standing import StandingAppointment
from appointment_svc.world import World
from shared.kit.callers import read_call
from shared.kit.casework.routes import CLINICS, GATEWAY_ONLY, json_response
from shared.kit.envelope import Envelopes
from shared.kit.problems import Conflict, NotFound
from shared.law.text import Text

WITHOUT_TIME = "without_time"
TO_BE_MOVED = frozenset({"cancelled_by_clinic", WITHOUT_TIME})
"""The citizen picks a time without signing anew (docs/decisions/0012)."""


class BookingOver(Conflict):
    """It has begun, or it is cancelled or moved: nothing can be changed any more."""

    slug = "booking-over"
    title = Text(
        "Қабылдау басталған, болдырылмаған немесе ауыстырылған",
        "Приём уже начался, отменён или перенесён",
        "The appointment has begun, or it is cancelled or moved",
    )


class Changes:
    """The routes over one world."""

    def __init__(self, world: World, envelopes: Envelopes) -> None:
        self._world, self._envelopes = world, envelopes

    async def show_appointment(self, request: Request) -> Response:
        """Tell how an appointment stands; where it has no time or the clinic cancelled it, the nearest free times."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, AppointmentQuery)
        return json_response(await self._told(await self._own(asked)))

    async def cancel_for_citizen(self, request: Request) -> Response:
        """Cancel an appointment that has not begun, as the applicant signed; the second time changes nothing."""
        asked = await read_call(request, self._envelopes, GATEWAY_ONLY, CitizensCancellation)
        standing = await self._own(asked)
        if standing.state in {"booked", WITHOUT_TIME}:
            await self._world.appointments.cancel(asked.request_id, asked.as_signed(), self._world.now())
            standing = await self._own(asked)
        if standing.state != "cancelled_by_citizen":
            raise BookingOver
        return json_response(await self._told(standing))

    async def cancel_for_clinic(self, request: Request) -> Response:
        """Cancel days or single appointments of a clinic: the doctor is ill; the citizens are told by their status."""
        body = await read_call(request, self._envelopes, CLINICS, ClinicsCancellation)
        cancelled = await self._world.appointments.cancel_by_clinic(
            body.provider_bin, body.schedules, body.numbers, self._world.now()
        )
        told = [CancelledBody(request_id=request_id, number=number) for request_id, number in cancelled]
        return json_response(CancelledList(cancelled=told))

    async def note_visit(self, request: Request) -> Response:
        """Write down whether the patient came."""
        body = await read_call(request, self._envelopes, CLINICS, VisitBody)
        noted = await self._world.appointments.note_visit(
            body.provider_bin, body.number, self._world.now(), came=body.came, as_of=body.as_of
        )
        if not noted:
            raise NotFound
        return json_response(VisitNoted(number=body.number, state="came" if body.came else "did_not_come"))

    async def _own(self, asked: AppointmentQuery) -> StandingAppointment:
        standing = await self._world.appointments.of_request(asked.request_id)
        if standing is None or standing.applicant_iin != asked.applicant_iin:
            raise NotFound
        return standing

    async def _told(self, standing: StandingAppointment) -> AppointmentBody:
        nearest = []
        if standing.state in TO_BE_MOVED:
            nearest = await self._world.slots.nearest(
                standing.provider_bin, standing.doctor_id, standing.starts_at, self._world.now()
            )
        return AppointmentBody.of(standing, [SlotBody.of(slot) for slot in nearest])
