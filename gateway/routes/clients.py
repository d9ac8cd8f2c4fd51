"""An organisation's own systems, as its administrator admits and revokes them. Parse, call, return."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import client_offices
from gateway.client_offices import KeyNameUsed, KnownClient, TooManyClients
from gateway.schemas import clients as schemas
from gateway.schemas import examples
from gateway.staff import FOR_EMPLOYEES, Employed
from gateway.views import words
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.idempotency import IdempotencyKeyReused, Kept, keyed_request, once
from shared.kit.openapi_parts import takes
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound
from shared.kit.staff_problems import NotYourRole
from shared.law.roles import StaffRole
from shared.law.scopes import SCOPE_NAMES, SCOPES_IN, Scope

router = APIRouter(prefix="/v1/staff/clients", tags=["clinic systems"])
_FOR_ADMINISTRATORS = FOR_EMPLOYEES | problem_docs(NotYourRole)
KidInPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9._~-]{1,100}$", examples=["mis-2026-11"])]
_ONE = _FOR_ADMINISTRATORS | problem_docs(NotFound)


@router.post(
    "",
    status_code=201,
    response_model=schemas.ClientView,
    responses=_FOR_ADMINISTRATORS | problem_docs(TooManyClients, IdempotencyKeyReused),
    openapi_extra=body_of(schemas.ClientIn, examples.CLIENT) | takes("Idempotency-Key"),
)
async def admit_client(http: Request, session: Employed) -> Response:
    """Admit a system of your organisation with its public keys and its scopes; for the administrator."""
    session.require({StaffRole.ADMINISTRATOR})
    world, wanted = world_of(http), await read_body(http, schemas.ClientIn)
    asked = await keyed_request(http, str(session.employee.employee_id))

    async with world.database.transaction() as c:

        async def act() -> Kept:
            return Kept(201, _view(await client_offices.admit(world, session, wanted, c)).model_dump_json().encode())

        kept = await once(c, asked, world.now(), act)
    return Response(kept.body, kept.status, {"Cache-Control": "no-store"}, "application/json")


@router.get("", response_model=schemas.ClientList, responses=_FOR_ADMINISTRATORS)
async def list_clients(http: Request, session: Employed) -> Response:
    """List your organisation's systems with their keys, and the scopes that there are; for the administrator."""
    found = await client_offices.list_all(world_of(http), session)
    scopes = _scopes(SCOPES_IN[session.employee.organisation_bin])
    return _json(schemas.ClientList(clients=[_view(one) for one in found], scopes=scopes))


@router.post(
    "/{client_id}/keys",
    response_model=schemas.ClientView,
    responses=_ONE | problem_docs(TooManyClients, KeyNameUsed),
    openapi_extra=body_of(schemas.NewKeysIn, examples.NEW_KEYS),
)
async def rotate_client_keys(http: Request, session: Employed, client_id: UUID) -> Response:
    """Give a system new keys; the old ones serve for the overlap yet. For the administrator."""
    wanted = await read_body(http, schemas.NewKeysIn)
    return _json(_view(await client_offices.rotate(world_of(http), session, client_id, wanted)))


@router.delete("/{client_id}/keys/{kid}", status_code=204, responses=_ONE)
async def end_client_key(
    http: Request,
    session: Employed,
    client_id: UUID,
    kid: Annotated[str, Path(pattern=r"^[A-Za-z0-9._~-]{1,100}$", examples=["mis-2026-11"])],
) -> Response:
    """End a key of a system at once, with every token that was given for it; for the administrator."""
    await client_offices.end_key(world_of(http), session, client_id, kid)
    return Response(status_code=204)


@router.delete("/{client_id}", status_code=204, responses=_ONE)
async def revoke_client(http: Request, session: Employed, client_id: UUID) -> Response:
    """Revoke a system at once, with every token that it has; for the administrator."""
    await client_offices.revoke(world_of(http), session, client_id)
    return Response(status_code=204)


def _view(known: KnownClient) -> schemas.ClientView:
    client, keys = known
    return schemas.ClientView(
        client_id=client.client_id,
        name=client.name,
        scopes=_scopes(client.scopes),
        keys=[
            schemas.KeyView(kid=key.kid, alg=key.alg, added_at=key.added_at, valid_until=key.valid_until)
            for key in keys
        ],
        created_at=client.created_at,
    )


def _scopes(scopes: frozenset[Scope]) -> list[schemas.ScopeView]:
    return [schemas.ScopeView(code=scope, name=words(SCOPE_NAMES[scope])) for scope in sorted(scopes)]


def _json(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), 200, {"Cache-Control": "no-store"}, "application/json")
