"""Who looked at one's data, and why. Parse, call, return."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from gateway.catalogue import passports
from gateway.identity import WITHOUT_SESSION, SignedIn
from gateway.looks import OPENED_WORDS, Looked, Opened, looks_at
from gateway.schemas import looks as schemas
from gateway.schemas.accounts import PersonName
from gateway.schemas.staff import Organisation, RoleView
from gateway.views import words
from gateway.world import world_of
from shared.kit.openapi_parts import sends
from shared.law.college import COLLEGE
from shared.law.hours import ALMATY
from shared.law.providers import provider_with
from shared.law.roles import ROLE_NAMES, StaffRole

router = APIRouter(prefix="/v1/me/looks", tags=["accounts"])
_PATH: Final = "/v1/me/looks"


@router.get("", response_model=schemas.LookList, responses={200: sends("Link"), **WITHOUT_SESSION})
async def list_looks(
    http: Request,
    session: SignedIn,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: UUID | None = None,
) -> Response:
    """List who of clinics and the college opened one's data, what of them and what for, the latest first."""
    found = await looks_at(world_of(http).database, session.iin, before=cursor, limit=limit + 1)
    told = schemas.LookList(looks=[_view(one) for one in found[:limit]])
    headers = {"Cache-Control": "no-store"}
    if len(found) > limit:
        headers["Link"] = f'<{_PATH}?limit={limit}&cursor={found[limit - 1].look_id}>; rel="next"'
    return Response(told.model_dump_json(), 200, headers, "application/json")


def _view(one: Looked) -> schemas.LookView:
    organisation = provider_with(one.organisation_bin) or COLLEGE
    service = passports()[one.service]["name"] if one.service else None
    return schemas.LookView(
        id=one.look_id,
        looked_at=one.looked_at.astimezone(ALMATY),
        organisation=Organisation(bin=organisation.bin, name=organisation.name),
        by=_by(one),
        purpose=schemas.LookPurpose(service=one.service, service_name=service, clause=one.purpose),
        opened=one.opened,
        opened_text=words(OPENED_WORDS[Opened(one.opened)]),
        request_id=one.request_id,
    )


def _by(one: Looked) -> schemas.LookedBy:
    roles = [RoleView(code=StaffRole(role), name=words(ROLE_NAMES[StaffRole(role)])) for role in one.roles or ()]
    name = None if one.name_kk is None else PersonName(kk=one.name_kk, ru=one.name_ru or one.name_kk)
    return schemas.LookedBy(kind="employee" if one.employee_id else "system", name=name, roles=roles)
