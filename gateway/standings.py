"""What has become of granted requests since: stored as services tell it, and told to whoever watches (AP-18.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from gateway.watch import CHANNEL
from shared.kit.database import Database

FINAL: Final = frozenset({"cancelled_by_citizen", "moved", "came", "did_not_come"})
"""After these nothing is waited for any more."""

# Whose request took the place is told to its own account only: another parent may have moved a child's appointment.
_STORE: Final = f"""
WITH told AS (
    SELECT requests.id, given.standing, given.moved_to, given.at FROM requests
    JOIN unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) AS given(id, standing, moved_to, at) USING (id)
    WHERE requests.service = $5 AND requests.standing IS DISTINCT FROM given.standing
    ORDER BY requests.id FOR UPDATE OF requests
), stored AS (
    UPDATE requests SET standing = told.standing, standing_at = told.at, updated_at = $6, version = version + 1,
        moved_to = (SELECT other.id FROM requests other
            WHERE other.id = told.moved_to AND other.account_id = requests.account_id)
    FROM told WHERE requests.id = told.id RETURNING requests.id
)
SELECT pg_notify('{CHANNEL}', id::text) FROM stored
"""  # noqa: S608 -- A constant of ours.


@dataclass(frozen=True, slots=True)
class Change:
    """What a service says has become of one of its requests; ``moved_to`` is the request that took its place."""

    request_id: UUID
    standing: str
    moved_to: UUID | None
    at: datetime


async def store(database: Database, service: str, changes: Sequence[Change], at: datetime) -> int:
    """Store what one service (its public code) tells of its requests; return how many stood otherwise before."""
    columns = (
        [change.request_id for change in changes],
        [change.standing for change in changes],
        [change.moved_to for change in changes],
        [change.at for change in changes],
    )
    async with database.connection() as c:
        return len(await c.fetch(_STORE, *columns, service, at))


def may_change(request: Request) -> bool:
    """Say whether a change is still waited for: there is no answer, or what was granted may be undone (AP-18.8)."""
    if request.state != "answered":
        return True
    followed_on = DESTINATIONS[request.service].followed_on
    return followed_on and request.review_of is None and request.outcome == "granted" and request.standing not in FINAL
