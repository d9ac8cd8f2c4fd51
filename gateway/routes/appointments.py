"""Free times of doctors, and a booked appointment's standing, cancellation and move. Parse, call, return."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import appointments, journal
from gateway.attachments import NotRepresented
from gateway.conditions import RegistryUnavailable
from gateway.identity import WITHOUT_SESSION, Session, SignedIn
from gateway.journal import Request
from gateway.refusals import (
    AppointmentOver,
    AppointmentsUnavailable,
    DraftNotAccepted,
    DraftNotPossible,
    SignatureCannotBeChecked,
    SignatureNotConfirmed,
)
from gateway.routes import docs
from gateway.schemas import examples
from gateway.schemas.appointments import (
    AppointmentView,
    CancellationContent,
    DoctorId,
    FreeSlots,
    MoveIn,
    SlotsForPerson,
)
from gateway.schemas.requests import RequestView, SignatureIn
from gateway.views import view_of
from gateway.world import World, world_of
from shared.forms.appointment import Moment
from shared.kit.bodies import body_of, read_body
from shared.kit.idempotency import IdempotencyKeyReused, Kept, keyed_request, once, recall
from shared.kit.openapi_parts import sends, takes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, Unprocessable
from shared.law.doctors import DoctorKind
from shared.law.iin import IIN_PATTERN

router = APIRouter(tags=["appointments"])
A_WEEK: Final = timedelta(days=7)
UNAVAILABLE: Final = problem_docs(AppointmentsUnavailable)
APPOINTMENT: Final = docs.OWN | UNAVAILABLE


@router.get(
    "/v1/appointments/slots", response_model=FreeSlots, responses=problem_docs(Unprocessable, AppointmentsUnavailable)
)
async def search_slots(  # noqa: PLR0913, PLR0917 - each is a parameter of the address.
    http: HttpRequest,
    provider_bin: Annotated[str, Query(alias="bin", pattern=IIN_PATTERN, examples=["130040900012"])],
    doctor: Annotated[DoctorId | None, Query()] = None,
    kind: Annotated[DoctorKind | None, Query()] = None,
    begins: Annotated[Moment | None, Query(alias="from")] = None,
    ends: Annotated[Moment | None, Query(alias="to")] = None,
) -> Response:
    """Look for free times of a provider's doctors, from now on for a week unless told; 31 days at most (AP-9)."""
    world = world_of(http)
    begins = (begins or world.now()).replace(second=0, microsecond=0)
    ends = (ends or begins + A_WEEK).replace(second=0, microsecond=0)
    query = {"provider_bin": provider_bin, "begins": begins.isoformat(), "ends": ends.isoformat()}
    kinds = {"kinds": [kind]} if kind else {}
    doctors = {"doctor_id": doctor} if doctor else {}
    return _json(await appointments.search(world, query | kinds | doctors))


@router.post(
    "/v1/appointments/slots",
    response_model=FreeSlots,
    responses=WITHOUT_SESSION | problem_docs(NotRepresented, RegistryUnavailable, AppointmentsUnavailable),
    openapi_extra=body_of(SlotsForPerson, examples.SLOTS_FOR),
)
async def search_slots_for_person(http: HttpRequest, session: SignedIn) -> Response:
    """Look for free times for oneself, a child or a ward: their own district's doctor first (AP-1, AP-9)."""
    asked = await read_body(http, SlotsForPerson)
    return _json(await appointments.search_for(world_of(http), session, asked))


@router.get("/v1/requests/{request_id}/appointment", response_model=AppointmentView, responses=APPOINTMENT)
async def read_appointment(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Read how a granted appointment stands; if the clinic has cancelled it, with the three nearest free times."""
    world = world_of(http)
    return _json(await appointments.standing(world, await _own(world, request_id, session)))


@router.get("/v1/requests/{request_id}/cancellation", response_model=CancellationContent, responses=docs.OWN)
async def read_cancellation(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Read the exact bytes to sign to cancel an appointment."""
    content = appointments.cancellation_of(await _own(world_of(http), request_id, session))
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.post(
    "/v1/requests/{request_id}/cancellation",
    response_model=AppointmentView,
    responses=APPOINTMENT
    | problem_docs(AppointmentOver, SignatureNotConfirmed, SignatureCannotBeChecked, AppointmentsUnavailable),
    openapi_extra=body_of(SignatureIn, examples.SIGNATURE),
)
async def cancel_appointment(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Cancel an appointment until it begins, with a fresh signature over `GET …/cancellation`; its time is free."""
    world, cms = world_of(http), (await read_body(http, SignatureIn)).as_bytes()
    return _json(await appointments.cancel(world, await _own(world, request_id, session), cms))


@router.post(
    "/v1/requests/{request_id}/move",
    status_code=201,
    response_model=RequestView,
    responses={201: sends("Location")}
    | APPOINTMENT
    | problem_docs(AppointmentOver, DraftNotPossible, DraftNotAccepted, IdempotencyKeyReused),
    openapi_extra=body_of(MoveIn, examples.MOVE) | takes("Idempotency-Key"),
)
async def move_appointment(http: HttpRequest, session: SignedIn, request_id: UUID) -> Response:
    """Move an appointment: a draft to sign, which replaces the old one; signed already if the clinic cancelled it."""
    world = world_of(http)
    to, before = await read_body(http, MoveIn), await _own(world, request_id, session)
    asked = await keyed_request(http, f"{session.account_id} {request_id}")
    async with world.database.connection() as c:
        kept = await recall(c, asked)
    if kept is None:
        draft, steps, signed = await appointments.move(world, session, before, to)
        async with world.database.transaction() as c:

            async def store() -> Kept:
                await journal.insert_draft(c, draft, steps)
                return Kept(201, b"signed" if signed else b"to sign", f"/v1/requests/{draft.id}")

            kept = await once(c, asked, world.now(), store)
    moved = await _own(world, UUID((kept.location or "").rpartition("/")[2]), session)
    if kept.body == b"signed":
        moved = await appointments.sign_as_before(world, moved, before)
    return _json(view_of(moved, world.now()), 201, {"Location": kept.location or ""})


async def _own(world: World, request_id: UUID, session: Session) -> Request:
    request = await journal.find_own(world.database, request_id, session.account_id)
    if request is None:
        raise NotFound
    return request


def _json(body: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(
        body.model_dump_json(), status, {"Cache-Control": "no-store", **(headers or {})}, "application/json"
    )
