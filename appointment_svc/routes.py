"""The service's URLs: those that every service has, the schedules that clinics enter, free slots, and changes."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from appointment_svc import examples
from appointment_svc.change_schemas import (
    AppointmentBody,
    AppointmentQuery,
    CancelledList,
    CitizensCancellation,
    ClinicsCancellation,
    VisitBody,
    VisitNoted,
)
from appointment_svc.changes import BookingOver, Changes
from appointment_svc.drafts import NoSuchSlot, SlotTaken, say_of_draft
from appointment_svc.facts import own_doctors
from appointment_svc.process import term_of
from appointment_svc.regulation import PASSPORT
from appointment_svc.schedule_schemas import DoctorsBody, DoctorsEntered, SchedulesBody, SchedulesEntered
from appointment_svc.schemas import DraftBody, RequestBody
from appointment_svc.slot_schemas import SlotQuery, SlotsFound
from appointment_svc.world import World
from shared.kit.callers import read_call
from shared.kit.casework.draft_schemas import DraftAnswer
from shared.kit.casework.official_routes import add_official_routes
from shared.kit.casework.process import Casework
from shared.kit.casework.routes import (
    CLINICS,
    GATEWAY_ONLY,
    Reception,
    add_internal,
    casework_router,
    json_response,
)
from shared.kit.casework.telling import add_telling
from shared.kit.envelope import Envelopes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound


def routes_of(world: World, work: Casework, envelopes: Envelopes) -> APIRouter:
    """Return the service's router."""

    async def enter_schedules(request: Request) -> Response:
        """Enter the working days of doctors; the same body twice changes nothing, no booked slot is dropped."""
        body = await read_call(request, envelopes, CLINICS, SchedulesBody)
        days = [one.as_day() for one in body.schedules]
        same = await world.schedules.unchanged(days)
        return json_response(SchedulesEntered.of(days, await world.schedules.enter(days, world.now()), same))

    async def enter_doctors(request: Request) -> Response:
        """Enter a clinic's doctors; the same body twice changes nothing."""
        body = await read_call(request, envelopes, CLINICS, DoctorsBody)
        entered = await world.schedules.enter_doctors(body.provider_bin, body.as_doctors())
        unchanged = [one.id for one in body.doctors if one.id not in entered]
        return json_response(DoctorsEntered(entered=entered, unchanged=unchanged))

    async def search_slots(request: Request) -> Response:
        """Look for free slots; for a person, with their own district's doctor first (AP-9)."""
        query = await read_call(request, envelopes, GATEWAY_ONLY, SlotQuery)
        own = await own_doctors(world.systems, query.subject_iin, query.provider_bin, query.begins)
        return json_response(SlotsFound.of(await world.slots.search(query.as_query(own), world.now())))

    router = casework_router(work, _reception(world), envelopes)
    add_official_routes(router, PASSPORT.code, work, envelopes)
    schedules, search = (SchedulesBody, examples.SCHEDULES), (SlotQuery, examples.SEARCH)
    add_internal(router, "enter_appointment_schedules", "/schedules", enter_schedules, schedules, SchedulesEntered)
    doctors = (DoctorsBody, examples.DOCTORS)
    add_internal(router, "enter_appointment_doctors", "/doctors", enter_doctors, doctors, DoctorsEntered)
    add_internal(router, "search_appointment_slots", "/slots/search", search_slots, search, SlotsFound)
    _add_changes(router, Changes(world, envelopes))
    add_telling(router, "tell_appointment_changes", world.untold, envelopes)
    return router


def _add_changes(router: APIRouter, changes: Changes) -> None:
    query, signed = (AppointmentQuery, examples.QUERY), (CitizensCancellation, examples.CANCELLATION)
    by_clinic, visit = (ClinicsCancellation, examples.BY_CLINIC), (VisitBody, examples.VISIT)
    unknown = problem_docs(NotFound)
    add_internal(
        router, "show_appointment", "/appointments/standing", changes.show_appointment, query, AppointmentBody, unknown
    )
    add_internal(
        router, "cancel_appointment_for_citizen", "/appointments/cancellation", changes.cancel_for_citizen, signed,
        AppointmentBody, problem_docs(NotFound, BookingOver),
    )  # fmt: skip
    add_internal(
        router, "cancel_appointments_for_clinic", "/cancellations", changes.cancel_for_clinic, by_clinic, CancelledList
    )
    add_internal(router, "note_appointment_visit", "/visits", changes.note_visit, visit, VisitNoted, unknown)


def _reception(world: World) -> Reception[DraftBody, RequestBody]:
    async def say(draft: DraftBody) -> DraftAnswer:
        return await say_of_draft(world, draft)

    return Reception(
        service=PASSPORT.code,
        draft=(DraftBody, examples.DRAFT),
        request=(RequestBody, examples.REQUEST),
        say_of_draft=say,
        term_of=lambda asked: term_of(world, asked),
        provider_of=lambda asked: asked.form.provider_bin,
        draft_problems=(SlotTaken, NoSuchSlot),
    )
