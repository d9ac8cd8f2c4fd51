"""What clinics enter in bulk: doctors, districts, doctors' days, rounds. Parse, call, return."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Security
from starlette.requests import Request
from starlette.responses import Response

from gateway import clinic_data
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.clinic_data import ClinicDataUnavailable, RowReport
from gateway.schemas import clinic as schemas
from gateway.schemas import clinic_examples as examples
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.law.roles import StaffRole
from shared.law.scopes import Scope

router = APIRouter(prefix="/v1/clinic", tags=["clinic systems"])
KEEPERS: Final = frozenset({StaffRole.ADMINISTRATOR, StaffRole.REGISTRY_DESK, StaffRole.HEAD})
"""The employees who may enter the same as the system does."""
_DOCS: Final[dict[str, Any]] = {
    "response_model": schemas.RowsEntered,
    "responses": FOR_ACTING | problem_docs(ClinicDataUnavailable),
}
ForDistricts = Annotated[Acting, Security(acting, scopes=[Scope.DISTRICTS_WRITE])]
ForSchedules = Annotated[Acting, Security(acting, scopes=[Scope.SCHEDULES_WRITE])]
ForRounds = Annotated[Acting, Security(acting, scopes=[Scope.ROUNDS_WRITE])]


@router.put("/districts", openapi_extra=body_of(schemas.DistrictsIn, examples.DISTRICTS), **_DOCS)
async def put_districts(http: Request, who: ForDistricts) -> Response:
    """Enter districts by kind and number; the same again changes nothing (AT-17.1.3)."""
    who.require(KEEPERS)
    body = await read_body(http, schemas.DistrictsIn)
    return _told(await clinic_data.enter_districts(world_of(http), who.organisation_bin, body.districts))


@router.put("/doctors", openapi_extra=body_of(schemas.DoctorsIn, examples.DOCTORS), **_DOCS)
async def put_doctors(http: Request, who: ForSchedules) -> Response:
    """Enter doctors by the clinic's ids; the same again changes nothing (AP-1)."""
    who.require(KEEPERS)
    body = await read_body(http, schemas.DoctorsIn)
    return _told(await clinic_data.enter_doctors(world_of(http), who.organisation_bin, body.doctors))


@router.put("/schedules", openapi_extra=body_of(schemas.SchedulesIn, examples.SCHEDULES), **_DOCS)
async def put_schedules(http: Request, who: ForSchedules) -> Response:
    """Enter doctors' days by the clinic's ids; no booked time is dropped: the row says which are in the way (AP-9)."""
    who.require(KEEPERS)
    body = await read_body(http, schemas.SchedulesIn)
    return _told(await clinic_data.enter_schedules(world_of(http), who.organisation_bin, body.schedules))


@router.put("/rounds", openapi_extra=body_of(schemas.RoundsIn, examples.ROUNDS), **_DOCS)
async def put_rounds(http: Request, who: ForRounds) -> Response:
    """Enter doctors' rounds by the clinic's ids; calls that are given already are kept (HV-8)."""
    who.require(KEEPERS)
    body = await read_body(http, schemas.RoundsIn)
    return _told(await clinic_data.enter_rounds(world_of(http), who.organisation_bin, body.rounds))


def _told(reports: list[RowReport]) -> Response:
    told = schemas.RowsEntered.of(reports)
    return Response(told.model_dump_json(), headers={"Cache-Control": "no-store"}, media_type="application/json")
