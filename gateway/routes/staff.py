"""Employees: log-in for an organisation, who one is there, who is in office. Parse, call, return."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import employees, login, offices
from gateway.addresses import network_of
from gateway.attempts import Attempt
from gateway.conditions import AuthorisationRefused, PersonNotAuthentic, RegistryUnavailable
from gateway.employees import Employee
from gateway.schemas import examples
from gateway.schemas import staff as schemas
from gateway.schemas.accounts import PersonName, SessionTokens
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.views import words
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.staff_problems import NotYourRole
from shared.law.college import COLLEGE
from shared.law.iin import mask
from shared.law.providers import provider_with
from shared.law.roles import ROLE_NAMES, StaffRole

router = APIRouter(prefix="/v1/staff", tags=["staff"])


@router.post(
    "/sessions",
    status_code=201,
    response_model=SessionTokens,
    responses=problem_docs(AuthorisationRefused, login.TooManyAttempts),
    openapi_extra=body_of(schemas.StaffLoginIn, examples.STAFF_LOGIN),
)
async def create_staff_session(http: Request) -> Response:
    """Log in as an employee of an organisation, with IIN and password; 401 is the same whatever was wrong.

    HV-17.1, AP-17.1, AT-19.1.
    """
    world = world_of(http)
    started = world.now()
    body = await read_body(http, schemas.StaffLoginIn)
    attempt = Attempt(body.iin, network_of(http, world.settings.trusted_proxies), started)
    tokens = await login.log_in(world, attempt, body.password, body.organisation_bin)
    told = SessionTokens(access_token=tokens.access, expires_in=tokens.expires_in, refresh_token=tokens.refresh)
    return _json(told, 201)


@router.delete("/sessions/current", status_code=204, responses=FOR_EMPLOYEES)
async def end_staff_session(http: Request, session: Employed) -> Response:
    """Log out: access and refresh token serve no more."""
    await login.log_out(world_of(http), session.session_id)
    return Response(status_code=204)


@router.get("/me", response_model=schemas.StaffMe, responses=FOR_EMPLOYEES)
async def read_staff_me(session: Employed) -> Response:
    """Read who acts for which organisation, in which roles."""
    one = session.employee
    organisation = provider_with(one.organisation_bin) or COLLEGE
    told = schemas.StaffMe(
        employee_id=one.employee_id,
        iin=mask(one.iin),
        name=PersonName(kk=one.name_kk, ru=one.name_ru),
        organisation=schemas.Organisation(bin=organisation.bin, name=organisation.name),
        roles=_roles(one),
        authorised_at=session.authorisation.ended_at,
    )
    return _json(told)


@router.get("/employees", response_model=schemas.EmployeeList, responses=FOR_EMPLOYEES)
async def list_employees(http: Request, session: Employed) -> Response:
    """List everyone in office at one's own organisation; for its administrator."""
    session.require({StaffRole.ADMINISTRATOR})
    async with world_of(http).database.connection() as c:
        found = await employees.list_of(c, session.employee.organisation_bin)
    return _json(schemas.EmployeeList(employees=[_view(one) for one in found]))


@router.put(
    "/employees",
    response_model=schemas.EmployeeView,
    responses=FOR_EMPLOYEES
    | problem_docs(NotYourRole, PersonNotAuthentic, offices.LastAdministrator)
    | problem_docs(RegistryUnavailable),
    openapi_extra=body_of(schemas.EmployeeIn, examples.EMPLOYEE),
)
async def appoint_employee(http: Request, session: Employed) -> Response:
    """Appoint a person, or give them exactly these roles; for the organisation's administrator."""
    body = await read_body(http, schemas.EmployeeIn)
    return _json(_view(await offices.appoint(world_of(http), session, body.iin, frozenset(body.roles), body.doctor_id)))


@router.delete(
    "/employees/{employee_id}",
    status_code=204,
    responses=FOR_EMPLOYEES | problem_docs(NotFound, offices.LastAdministrator),
)
async def dismiss_employee(http: Request, session: Employed, employee_id: UUID) -> Response:
    """Dismiss an employee; their sessions are over at once. For the organisation's administrator."""
    await offices.dismiss(world_of(http), session, employee_id)
    return Response(status_code=204)


def _view(one: Employee) -> schemas.EmployeeView:
    return schemas.EmployeeView(
        employee_id=one.employee_id,
        iin=mask(one.iin),
        name=PersonName(kk=one.name_kk, ru=one.name_ru),
        roles=_roles(one),
        doctor_id=one.doctor_id,
        appointed_at=one.appointed_at,
    )


def _roles(one: Employee) -> list[schemas.RoleView]:
    return [schemas.RoleView(code=role, name=words(ROLE_NAMES[role])) for role in sorted(one.roles)]


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(body.model_dump_json(), status, {"Cache-Control": "no-store"}, "application/json")
