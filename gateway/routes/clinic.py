"""What an organisation's own system and its employees both read of themselves. Parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Security
from starlette.requests import Request
from starlette.responses import Response

from gateway.acting import FOR_ACTING, Acting, acting
from gateway.schemas.clients import ClinicMe, ScopeView
from gateway.schemas.staff import Organisation, RoleView
from gateway.views import words
from shared.law.college import COLLEGE
from shared.law.providers import provider_with
from shared.law.roles import ROLE_NAMES
from shared.law.scopes import SCOPE_NAMES

router = APIRouter(prefix="/v1/clinic", tags=["clinic systems"])


@router.get("/me", response_model=ClinicMe, responses=FOR_ACTING)
async def read_own_access(_: Request, who: Annotated[Acting, Security(acting)]) -> Response:
    """Learn for which organisation you act and what you may: a system its scopes, an employee their roles."""
    organisation = provider_with(who.organisation_bin) or COLLEGE
    scopes = sorted(who.client.scopes) if who.client else []
    roles = sorted(who.employee.roles) if who.employee else []
    told = ClinicMe(
        organisation=Organisation(bin=organisation.bin, name=organisation.name),
        name=who.name,
        client_id=who.client.client_id if who.client else None,
        scopes=[ScopeView(code=scope, name=words(SCOPE_NAMES[scope])) for scope in scopes],
        roles=[RoleView(code=role, name=words(ROLE_NAMES[role])) for role in roles],
    )
    return Response(told.model_dump_json(), headers={"Cache-Control": "no-store"}, media_type="application/json")
