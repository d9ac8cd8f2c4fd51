"""Tables and queries of webhooks: a clinic's end points, events, deliveries; whose they are is asked of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gateway import webhook_signing
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7
from shared.kit.problems import Conflict, NotFound
from shared.law.text import Text

TYPES: Final = (
    "appointment.booked",
    "appointment.cancelled",
    "appointment.moved",
    "home-visit.assigned",
    "attachment.attached",
    "attachment.left",
)
TEST: Final = "webhook.test"
MOST: Final = 10
"""End points that one organisation may have."""
_COLUMNS: Final = "endpoint_id, url, events, created_at, old_until, failing_since, failures, disabled_at, disabled_why"
_OWN: Final = "endpoint_id = $1 AND organisation_bin = $2 AND deleted_at IS NULL"


class TooManyWebhooks(Conflict):
    """The organisation has as many end points as it may."""

    slug = "too-many-webhooks"
    title = Text("Хабарлама мекенжайлары тым көп", "Слишком много адресов уведомлений", "Too many webhooks")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a clinic wants to be told of what; ``failing_since`` the last success, disabled after a day of failures."""

    endpoint_id: UUID
    url: str = field(repr=False)
    events: tuple[str, ...]
    created_at: datetime
    old_until: datetime | None
    failing_since: datetime | None
    failures: int
    disabled_at: datetime | None
    disabled_why: str | None


async def create(c: Connection, organisation_bin: str, url: str, events: list[str], at: datetime) -> tuple[UUID, str]:
    """Write a new end point down; returns its number and its secret, told this once. Raises TooManyWebhooks."""
    await c.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"webhooks {organisation_bin}")
    if len(await list_of(c, organisation_bin)) >= MOST:
        raise TooManyWebhooks
    endpoint, secret = uuid7(at), webhook_signing.new_secret()
    await c.execute(
        "INSERT INTO webhook_endpoints (endpoint_id, organisation_bin, url, events, secret, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        endpoint, organisation_bin, url, sorted(set(events)), secret, at,
    )  # fmt: skip
    return endpoint, webhook_signing.told(secret)


async def list_of(c: Connection, organisation_bin: str) -> list[Endpoint]:
    """Return the organisation's end points, the eldest first."""
    rows = await c.fetch(
        f"SELECT {_COLUMNS} FROM webhook_endpoints WHERE organisation_bin = $1 AND deleted_at IS NULL"  # noqa: S608 - constants of ours.
        " ORDER BY endpoint_id",
        organisation_bin,
    )
    return [Endpoint(**{**row, "events": tuple(row["events"])}) for row in rows]


async def delete(c: Connection, own: tuple[UUID, str], at: datetime) -> None:
    """Delete an end point: nothing is sent there any more. Raises NotFound."""
    await _change(c, own, "deleted_at = $3", at)
    await c.execute("UPDATE webhook_deliveries SET next_attempt_at = NULL WHERE endpoint_id = $1", own[0])


async def enable(c: Connection, own: tuple[UUID, str]) -> None:
    """Send to an end point again that was disabled; what was missed comes by a replay. Raises NotFound."""
    await _change(
        c, own, "disabled_at = NULL, disabled_why = NULL, failing_since = NULL, failures = 0, busy_until = NULL"
    )


async def rotate(c: Connection, own: tuple[UUID, str], until: datetime) -> str:
    """Give an end point a new secret and return it; the old one signs beside it until then. Raises NotFound."""
    secret = webhook_signing.new_secret()
    await _change(c, own, "old_secret = secret, old_until = $3, secret = $4", until, secret)
    return webhook_signing.told(secret)


async def send_test(c: Connection, own: tuple[UUID, str], at: datetime) -> UUID:
    """Write a test event for one end point; returns its number. Raises NotFound."""
    await _change(c, own, "busy_until = NULL")
    event = uuid7(at)
    await c.execute(
        "INSERT INTO webhook_events (event_id, organisation_bin, type, occurred_at) VALUES ($1, $2, $3, $4)",
        event, own[1], TEST, at,
    )  # fmt: skip
    await c.execute(
        "INSERT INTO webhook_deliveries (event_id, endpoint_id, next_attempt_at) VALUES ($1, $2, $3)", event, own[0], at
    )
    return event


async def replay(c: Connection, own: tuple[UUID, str], at: datetime, since: datetime, event: UUID | None) -> int:
    """Send one event again, or all since then that the end point is for; returns how many. Raises NotFound."""
    await _change(c, own, "busy_until = NULL")
    rows = await c.fetch(
        """INSERT INTO webhook_deliveries (event_id, endpoint_id, next_attempt_at)
           SELECT event_id, endpoint_id, $3 FROM webhook_events JOIN webhook_endpoints e USING (organisation_bin)
           WHERE endpoint_id = $1 AND organisation_bin = $2 AND (type = ANY (events) OR type = $6)
               AND CASE WHEN $5::uuid IS NULL THEN occurred_at >= $4 AND type <> $6 ELSE event_id = $5 END
           ON CONFLICT (endpoint_id, event_id) DO UPDATE SET next_attempt_at = excluded.next_attempt_at, attempts = 0,
               given_up_at = NULL
           RETURNING true""",
        *own, at, since, event, TEST,
    )  # fmt: skip
    return len(rows)


async def log_of(c: Connection, own: tuple[UUID, str], limit: int) -> list[Mapping[str, Any]]:
    """Return the latest deliveries to an end point with what came of them. Raises NotFound."""
    await _change(c, own, "url = url")
    rows: list[Mapping[str, Any]] = await c.fetch(
        """SELECT event_id, type, number, occurred_at, attempts, attempted_at, next_attempt_at, delivered_at,
               given_up_at, answered FROM webhook_deliveries JOIN webhook_events USING (event_id)
           WHERE endpoint_id = $1 ORDER BY occurred_at DESC, event_id LIMIT $2""",
        own[0],
        limit,
    )
    return rows


async def _change(c: Connection, own: tuple[UUID, str], change: str, *values: object) -> None:
    done = await c.execute(f"UPDATE webhook_endpoints SET {change} WHERE {_OWN}", *own, *values)  # noqa: S608 - of ours.
    if done != "UPDATE 1":
        raise NotFound
