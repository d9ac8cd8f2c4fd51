"""What the portal has not been told yet of granted appointments (AP-18.8): told again and again until it is heard.

The booking's own row is the message: it is told while its state differs from the one that was heard last. So nothing is
lost by a failure on either side, and of several changes only the last one matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.kit.database import Database

AT_ONCE: Final = 200
"""The most changes in one answer."""
_HEARD: Final = """
UPDATE bookings SET told = heard.state FROM (
    SELECT booking_id, given.state FROM bookings JOIN unnest($1::uuid[], $2::text[]) AS given(request_id, state)
        USING (request_id) ORDER BY booking_id FOR UPDATE OF bookings SKIP LOCKED) AS heard
WHERE bookings.booking_id = heard.booking_id
"""
_UNTOLD: Final = f"""
SELECT request_id, state, moved_to, changed_at FROM bookings
WHERE state NOT IN ('held', 'released', 'booked', 'over') AND told IS DISTINCT FROM state
ORDER BY changed_at, booking_id LIMIT {AT_ONCE}
"""  # noqa: S608 - a constant of ours.


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of a request's appointment; ``moved_to`` is the request that took its place."""

    request_id: UUID
    state: str
    moved_to: UUID | None
    changed_at: datetime


class Untold:
    """The table ``bookings``, as the portal hears of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, heard: Sequence[tuple[UUID, str]]) -> list[Change]:
        """Note what the portal has heard (request and state) and return what it has not, the eldest first."""
        async with self._database.connection() as connection:
            if heard:
                await connection.execute(_HEARD, [one for one, _ in heard], [state for _, state in heard])
            rows = await connection.fetch(_UNTOLD)
        return [Change(**row) for row in rows]
