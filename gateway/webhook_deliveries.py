"""Sending what is due to clinics' end points: from the database, at least once, one attempt an end point at a time.

So a slow or dead receiver holds up nobody: it has one attempt under way at most, and after a failure it is left alone
for longer and longer. Order is not promised: an event that failed comes after those that followed it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from gateway import webhook_signing
from gateway.webhook_addresses import may_be_called
from gateway.world import World
from shared.kit.database import Database
from shared.kit.http import Call, CallFailed

log = structlog.get_logger()
SECONDS: Final = 10.0
MOST_BYTES: Final = 65_536
LEASE: Final = timedelta(seconds=30)
"""Longer than an attempt takes; so much a crash costs."""
A_DAY: Final = timedelta(days=1)
PAUSES: Final = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400)
"""Seconds after the first, second … failure; the last one again and again, for a day."""
LEFT_ALONE: Final = timedelta(minutes=5)
"""The longest that a failing end point's other events wait for their turn."""
_GONE: Final = 410

_CLAIM: Final = """
WITH free AS (
    SELECT endpoint_id FROM webhook_endpoints e
    WHERE disabled_at IS NULL AND deleted_at IS NULL AND (busy_until IS NULL OR busy_until <= $1) AND EXISTS (
        SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.endpoint_id AND next_attempt_at <= $1)
    ORDER BY busy_until NULLS FIRST, endpoint_id LIMIT $2 FOR UPDATE SKIP LOCKED
), leased AS (
    UPDATE webhook_endpoints e SET busy_until = $3 FROM free WHERE e.endpoint_id = free.endpoint_id
    RETURNING e.endpoint_id, url, secret, CASE WHEN old_until > $1 THEN old_secret END AS old_secret, failing_since,
        failures
)
SELECT leased.*, due.event_id, due.attempts, type, occurred_at, service, request_id, number
FROM leased CROSS JOIN LATERAL (SELECT event_id, attempts FROM webhook_deliveries d
    WHERE d.endpoint_id = leased.endpoint_id AND next_attempt_at <= $1
    ORDER BY next_attempt_at, event_id LIMIT 1) AS due
JOIN webhook_events USING (event_id)
"""
_DELIVERED: Final = """
WITH done AS (UPDATE webhook_deliveries SET attempts = attempts + 1, attempted_at = $3, delivered_at = $3,
    next_attempt_at = NULL, answered = $4 WHERE endpoint_id = $1 AND event_id = $2)
UPDATE webhook_endpoints SET busy_until = NULL, failing_since = NULL, failures = 0 WHERE endpoint_id = $1
"""
_FAILED: Final = """
WITH done AS (
    UPDATE webhook_deliveries SET attempts = attempts + 1, attempted_at = $3::timestamptz, next_attempt_at = $5,
        given_up_at = CASE WHEN $5::timestamptz IS NULL THEN $3::timestamptz END, answered = $4
    WHERE endpoint_id = $1 AND event_id = $2
)
UPDATE webhook_endpoints SET busy_until = $6, failing_since = coalesce(failing_since, $3::timestamptz),
    failures = failures + 1, disabled_at = CASE WHEN $7::text IS NOT NULL THEN $3::timestamptz END, disabled_why = $7
WHERE endpoint_id = $1 AND disabled_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt that is due."""

    endpoint_id: UUID
    url: str = field(repr=False)
    secret: bytes = field(repr=False)
    old_secret: bytes | None = field(repr=False)
    failing_since: datetime | None
    failures: int
    event_id: UUID
    attempts: int
    type: str
    occurred_at: datetime
    service: str | None
    request_id: UUID | None
    number: str | None

    def body(self) -> bytes:
        """Return the exact bytes: the same at each attempt."""
        about = {
            "event_id": str(self.event_id),
            "service": self.service,
            "request_id": str(self.request_id) if self.request_id else None,
            "number": self.number,
        }
        return webhook_signing.payload(self.type, self.occurred_at, about)


async def claim(database: Database, at: datetime, most: int) -> list[Delivery]:
    """Claim attempts that are due, one an end point; each is lent to one process for LEASE."""
    async with database.connection() as c:
        rows = await c.fetch(_CLAIM, at, most, at + LEASE)
    return [Delivery(**row) for row in rows]


async def attempt(world: World, delivery: Delivery) -> None:
    """Make one attempt and write down what came of it."""
    answered, well = await _send(world, delivery)
    at, key = world.now(), (delivery.endpoint_id, delivery.event_id)
    async with world.database.connection() as c:
        if well:
            await c.execute(_DELIVERED, *key, at, answered)
            return
        over = at - delivery.occurred_at >= A_DAY and delivery.attempts >= len(PAUSES)
        again = None if over else at + _pause(delivery.attempts)
        why = _why_disabled(delivery, answered, at)
        alone = at + min(_pause(delivery.failures), LEFT_ALONE)
        await c.execute(_FAILED, *key, at, answered, again, alone, why)
    log.info("webhook.failed", endpoint=str(delivery.endpoint_id), answered=answered, disabled=why)


def _pause(failures: int) -> timedelta:
    return timedelta(seconds=PAUSES[min(failures, len(PAUSES) - 1)])


def _why_disabled(delivery: Delivery, answered: str, at: datetime) -> str | None:
    """Return why the end point is disabled now: it says that it is gone, or has failed for a day."""
    if answered == str(_GONE):
        return "gone"
    since = delivery.failing_since
    return "failing_for_a_day" if since is not None and at - since >= A_DAY else None


async def _send(world: World, delivery: Delivery) -> tuple[str, bool]:
    """Return what was answered (a status, or why there was none), and whether the event is delivered."""
    if not may_be_called(delivery.url, private=world.settings.webhooks_private):
        return "address_refused", False
    body, secrets = delivery.body(), [delivery.secret, *([delivery.old_secret] if delivery.old_secret else [])]
    headers = webhook_signing.headers(delivery.event_id, body, secrets, world.outside.now())
    try:
        call = Call("POST", delivery.url, body, headers, SECONDS, MOST_BYTES)
        answer = await world.webhook_http.call(call)
    except CallFailed as failed:
        return failed.kind, False
    return str(answer.status), 200 <= answer.status < 300  # noqa: PLR2004 - RFC 9110, 15.3.
