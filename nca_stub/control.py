"""Handles for tests and demonstrations: issue, revoke, release from a hold, put the authority into a mood."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nca_stub import examples
from nca_stub.authority import Authority, Kind
from nca_stub.lists import RevocationLists, lists_of
from nca_stub.moods import Mood, Moods
from nca_stub.orders import Order
from nca_stub.register import HOLD, Reason
from shared.eds.verdict import Role
from shared.kit.bodies import body_of, read_body
from shared.kit.clock import Clock
from shared.kit.plain import PlainRoute
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound

Serial = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{1,40}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class IndividualOrder(_Body):
    """A key for an individual: to sign, or to authenticate; RSA unless GOST 34.10-2015 (512 bits) is asked for."""

    iin: Number
    name: Name
    use: Literal["sign", "auth"] = "sign"
    algorithm: Kind = "rsa"


class OfficialOrder(_Body):
    """A signing key for an organisation's official."""

    iin: Number
    name: Name
    bin: Number
    organisation: Name
    role: Literal["head", "right_to_sign", "employee"]
    algorithm: Kind = "rsa"


class RevocationOrder(_Body):
    """A certificate to be revoked, by its serial number in hex; a hold unless another reason is given."""

    serial: Serial
    reason: Reason = HOLD


class ReleaseOrder(_Body):
    """A certificate to be released from its hold."""

    serial: Serial


class IssuedKey(BaseModel):
    """A new key with its certificate, in PEM, and the certificate's serial number in hex."""

    serial: str
    pem: str


def control_routes(authorities: Sequence[Authority], clock: Clock, moods: Moods) -> APIRouter:
    """Return the routes under ``/control``; they ask for no envelope."""
    routes = APIRouter(prefix="/control", route_class=PlainRoute, tags=["control"])
    _add_issuing(routes, {authority.kind: authority for authority in authorities}, clock)

    @routes.post("/revoke", **_changing(RevocationOrder, examples.REVOCATION))
    async def revoke(request: Request) -> Response:
        """Revoke a certificate and publish the list."""
        body = await read_body(request, RevocationOrder)
        serial = int(body.serial, 16)
        return await _done(lambda: lists_of(authorities, serial).revoke(serial, body.reason, clock.now()))

    @routes.post("/release", **_changing(ReleaseOrder, examples.RELEASE))
    async def release(request: Request) -> Response:
        """Release a certificate from its hold."""
        body = await read_body(request, ReleaseOrder)
        serial = int(body.serial, 16)
        return await _done(lambda: lists_of(authorities, serial).release(serial, clock.now()))

    @routes.post("/mood", response_model=Mood, openapi_extra=body_of(Mood, examples.MOOD))
    async def change_mood(request: Request) -> Response:
        """Put the authority into a mood."""
        was, moods.present = moods.present, await read_body(request, Mood)
        if was.crl == "stale":
            # The stale list carried the next number; a new one must not come before it.
            for authority in authorities:
                await asyncio.to_thread(RevocationLists(authority).publish, clock.now())
        return JSONResponse(moods.present.model_dump())

    return routes


def _add_issuing(routes: APIRouter, authorities: Mapping[Kind, Authority], clock: Clock) -> None:
    """Add the routes that issue keys."""

    async def issue(order: Order, algorithm: Kind) -> Response:
        issued = await asyncio.to_thread(authorities[algorithm].issue, order)
        serial = f"{issued.certificate.serial_number:x}"
        return JSONResponse({"serial": serial, "pem": issued.pem().decode()}, 201)

    @routes.post("/issue", **_issuing(IndividualOrder, examples.INDIVIDUAL))
    async def issue_to_individual(request: Request) -> Response:
        """Issue a key to an individual."""
        body = await read_body(request, IndividualOrder)
        order = Order.individual(body.iin, body.name, clock.now(), auth=body.use == "auth")
        return await issue(order, body.algorithm)

    @routes.post("/issue-official", **_issuing(OfficialOrder, examples.OFFICIAL))
    async def issue_to_official(request: Request) -> Response:
        """Issue a key to an official of an organisation."""
        body = await read_body(request, OfficialOrder)
        employer = (body.bin, body.organisation)
        order = Order.official(body.iin, body.name, employer, Role(body.role), clock.now())
        return await issue(order, body.algorithm)


def _issuing(order: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    return {"status_code": 201, "response_model": IssuedKey, "openapi_extra": body_of(order, example)}


def _changing(order: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    return {"status_code": 204, "responses": problem_docs(NotFound), "openapi_extra": body_of(order, example)}


async def _done(change: Callable[[], None]) -> Response:
    """Make a change off the event loop; what is not there is 404."""
    try:
        await asyncio.to_thread(change)
    except KeyError as missing:
        raise NotFound from missing
    return Response(status_code=204)
