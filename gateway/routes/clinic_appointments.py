"""A clinic's acts on its appointments: look, note who came, cancel, move. Parse, call, return."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Security
from pydantic import BaseModel
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from gateway import appointments, clinic_appointments, journal
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.refusals import AppointmentOver, AppointmentsUnavailable, DraftNotAccepted, DraftNotPossible
from gateway.routes import docs
from gateway.schemas import clinic as schemas
from gateway.schemas import clinic_examples, examples
from gateway.schemas.appointments import AppointmentView, MoveIn
from gateway.views import status_of
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.openapi_parts import sends, takes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, PreconditionFailed, PreconditionRequired
from shared.law.roles import StaffRole
from shared.law.scopes import Scope

router = APIRouter(prefix="/v1/clinic", tags=["clinic systems"])
KEEPERS: Final = frozenset({StaffRole.REGISTRY_DESK, StaffRole.HEAD, StaffRole.DOCTOR})
_ONE: Final = FOR_ACTING | problem_docs(NotFound, AppointmentsUnavailable)
_CHANGE: Final = _ONE | problem_docs(AppointmentOver, PreconditionFailed, PreconditionRequired)
_TAGGED: Final[docs.Docs] = {200: sends("ETag")}
Reading = Annotated[Acting, Security(acting, scopes=[Scope.JOURNAL_READ])]
Noting = Annotated[Acting, Security(acting, scopes=[Scope.OUTCOMES_WRITE])]
Changing = Annotated[Acting, Security(acting, scopes=[Scope.APPOINTMENTS_WRITE])]
Number = Annotated[str, Path(pattern=r"^AP-[0-9]{4}-[0-9]{7,10}$", examples=["AP-2026-0000001"])]


@router.get("/appointments/{number}", response_model=schemas.ClinicAppointment, responses=_ONE | _TAGGED)
async def read_clinic_appointment(http: HttpRequest, who: Reading, number: Number) -> Response:
    """Read how one of the clinic's appointments stands; nothing of the person is told (AP-18)."""
    who.require(KEEPERS)
    _, view = await clinic_appointments.find(world_of(http), who.organisation_bin, number)
    return _appointment(view)


@router.put(
    "/appointments/{number}/outcome",
    response_model=schemas.ClinicAppointment,
    responses=_CHANGE | _TAGGED,
    openapi_extra=body_of(schemas.OutcomeIn, clinic_examples.OUTCOME) | takes("If-Match"),
)
async def put_appointment_outcome(http: HttpRequest, who: Noting, number: Number) -> Response:
    """Note whether the patient came, of an appointment as you saw it (AP-18)."""
    who.require(KEEPERS)
    said = await read_body(http, schemas.OutcomeIn)
    if_match = http.headers.get("if-match")
    told = await clinic_appointments.note_outcome(
        world_of(http), who.organisation_bin, number, if_match, came=said.came
    )
    return _appointment(told)


@router.post(
    "/appointments/cancellations",
    response_model=schemas.CancelledAppointments,
    responses=FOR_ACTING | problem_docs(AppointmentsUnavailable),
    openapi_extra=body_of(schemas.CancellationsIn, clinic_examples.CANCELLATIONS),
)
async def cancel_clinic_appointments(http: HttpRequest, who: Changing) -> Response:
    """Cancel days of a doctor who is away, or single appointments; the people pick another time without signing anew.

    The same again changes nothing. What has begun, or is not the clinic's, is left out of the answer.
    """
    who.require(KEEPERS)
    said = await read_body(http, schemas.CancellationsIn)
    numbers = await clinic_appointments.cancel(world_of(http), who.organisation_bin, said.schedules, said.numbers)
    return _json(schemas.CancelledAppointments(cancelled=numbers))


@router.post(
    "/appointments/{number}/move",
    response_model=schemas.MovedAppointment,
    responses=_CHANGE | problem_docs(DraftNotPossible, DraftNotAccepted),
    openapi_extra=body_of(MoveIn, examples.MOVE) | takes("If-Match"),
)
async def move_clinic_appointment(http: HttpRequest, who: Changing, number: Number) -> Response:
    """Move an appointment to another of the clinic's times; its certificate is replaced, the person's list says so.

    It stands on what the person signed; they may cancel it or move it on. With the same If-Match again: 412.
    """
    who.require(KEEPERS)
    world, to = world_of(http), await read_body(http, MoveIn)
    if_match = http.headers.get("if-match")
    before, draft = await clinic_appointments.prepare_move(world, who.organisation_bin, number, if_match, to)
    async with world.database.transaction() as c:
        await journal.insert_draft(c, draft, ())
    moved = await appointments.sign_as_before(world, draft, before)
    told = schemas.MovedAppointment(number=moved.number, moved_from=number, status=status_of(moved, world.now()))
    return _json(told)


def _appointment(view: AppointmentView) -> Response:
    told = schemas.ClinicAppointment.model_validate(
        view.model_dump(include=set(schemas.ClinicAppointment.model_fields))
    )
    return _json(told, {"ETag": clinic_appointments.version_of(view)})


def _json(body: BaseModel, headers: dict[str, str] | None = None) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store", **(headers or {})}, "application/json")
