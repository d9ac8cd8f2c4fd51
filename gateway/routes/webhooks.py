"""A clinic's webhooks: where it is told of what, its secrets, the log, tests and replays. Parse, call, return."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Security
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import webhooks
from gateway.acting import FOR_ACTING, Acting, acting
from gateway.schemas import webhooks as schemas
from gateway.webhook_addresses import may_be_called
from gateway.webhooks import Endpoint, TooManyWebhooks
from gateway.world import world_of
from shared.kit.bodies import body_of, read_body
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotFound, Unprocessable
from shared.law.roles import StaffRole
from shared.law.scopes import Scope

router = APIRouter(prefix="/v1/webhooks", tags=["clinic systems"])
_ONE: Final = FOR_ACTING | problem_docs(NotFound)
_NO_BODY: Final[dict[str, Any]] = {"Cache-Control": "no-store"}
Managing = Annotated[Acting, Security(acting, scopes=[Scope.WEBHOOKS_MANAGE])]


@router.post(
    "",
    status_code=201,
    response_model=schemas.SecretTold,
    responses=FOR_ACTING | problem_docs(TooManyWebhooks),
    openapi_extra=body_of(schemas.WebhookIn, schemas.WEBHOOK),
)
async def create_webhook(http: Request, who: Managing) -> Response:
    """Be told of events at an address of yours; the secret is told this once."""
    who.require({StaffRole.ADMINISTRATOR})
    world, wanted = world_of(http), await read_body(http, schemas.WebhookIn)
    if not may_be_called(wanted.url, private=world.settings.webhooks_private):
        raise Unprocessable(errors=[{"pointer": "/url", "code": "not-a-public-https-address"}])
    async with world.database.transaction() as c:
        made, secret = await webhooks.create(c, who.organisation_bin, wanted.url, list(wanted.events), world.now())
    return _json(schemas.SecretTold(webhook_id=made, secret=secret), 201)


@router.get("", response_model=schemas.WebhookList, responses=FOR_ACTING)
async def list_webhooks(http: Request, who: Managing) -> Response:
    """List your end points; whether they fail, and since when."""
    who.require({StaffRole.ADMINISTRATOR})
    async with world_of(http).database.connection() as c:
        found = await webhooks.list_of(c, who.organisation_bin)
    return _json(schemas.WebhookList(webhooks=[_view(one) for one in found]))


@router.delete("/{webhook_id}", status_code=204, responses=_ONE)
async def delete_webhook(http: Request, who: Managing, webhook_id: UUID) -> Response:
    """Be told nothing more at this address."""
    world, own = world_of(http), _own(who, webhook_id)
    async with world.database.transaction() as c:
        await webhooks.delete(c, own, world.now())
    return Response(status_code=204)


@router.post("/{webhook_id}/enable", status_code=204, responses=_ONE)
async def enable_webhook(http: Request, who: Managing, webhook_id: UUID) -> Response:
    """Be told again at an address that was disabled; what was missed comes by a replay."""
    own = _own(who, webhook_id)
    async with world_of(http).database.transaction() as c:
        await webhooks.enable(c, own)
    return Response(status_code=204)


@router.post(
    "/{webhook_id}/secret",
    response_model=schemas.SecretTold,
    responses=_ONE,
    openapi_extra=body_of(schemas.SecretIn, {"overlap_hours": 24}),
)
async def rotate_webhook_secret(http: Request, who: Managing, webhook_id: UUID) -> Response:
    """Get a new secret; for the overlap every event carries two signatures."""
    own, world = _own(who, webhook_id), world_of(http)
    wanted = await read_body(http, schemas.SecretIn)
    until = world.now() + timedelta(hours=wanted.overlap_hours)
    async with world.database.transaction() as c:
        secret = await webhooks.rotate(c, own, until)
    return _json(schemas.SecretTold(webhook_id=webhook_id, secret=secret))


@router.post("/{webhook_id}/test", status_code=202, response_model=schemas.EventWritten, responses=_ONE)
async def test_webhook(http: Request, who: Managing, webhook_id: UUID) -> Response:
    """Have a test event sent to an address of yours."""
    own, world = _own(who, webhook_id), world_of(http)
    async with world.database.transaction() as c:
        event = await webhooks.send_test(c, own, world.now())
    return _json(schemas.EventWritten(event_id=event), 202)


@router.post(
    "/{webhook_id}/replay",
    status_code=202,
    response_model=schemas.Replayed,
    responses=_ONE,
    openapi_extra=body_of(schemas.ReplayIn, {"since": "2026-11-24T09:00:00+05:00"}),
)
async def replay_webhook(http: Request, who: Managing, webhook_id: UUID) -> Response:
    """Have one event sent again, or all since a time; they carry the same `webhook-id` as before."""
    own, world = _own(who, webhook_id), world_of(http)
    wanted = await read_body(http, schemas.ReplayIn)
    if (wanted.since is None) == (wanted.event_id is None):
        raise Unprocessable(errors=[{"pointer": "", "code": "either-event-id-or-since"}])
    since: datetime = wanted.since or world.now()
    async with world.database.transaction() as c:
        count = await webhooks.replay(c, own, world.now(), since, wanted.event_id)
    return _json(schemas.Replayed(events=count), 202)


@router.get("/{webhook_id}/deliveries", response_model=schemas.DeliveryLog, responses=_ONE)
async def list_webhook_deliveries(
    http: Request, who: Managing, webhook_id: UUID, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """Read the log: each event, how often it was tried, what was answered, when it is tried again."""
    own = _own(who, webhook_id)
    async with world_of(http).database.transaction() as c:
        rows = await webhooks.log_of(c, own, limit)
    told = [schemas.DeliveryView.model_validate(dict(row)) for row in rows]
    return _json(schemas.DeliveryLog(deliveries=told))


def _own(who: Acting, webhook_id: UUID) -> tuple[UUID, str]:
    who.require({StaffRole.ADMINISTRATOR})
    return webhook_id, who.organisation_bin


def _view(one: Endpoint) -> schemas.WebhookView:
    return schemas.WebhookView.model_validate(
        {
            "webhook_id": one.endpoint_id,
            "url": one.url,
            "events": list(one.events),
            "created_at": one.created_at,
            "old_secret_until": one.old_until,
            "failing_since": one.failing_since,
            "disabled_at": one.disabled_at,
            "disabled_why": one.disabled_why,
        }
    )


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(body.model_dump_json(), status, _NO_BODY, "application/json")
