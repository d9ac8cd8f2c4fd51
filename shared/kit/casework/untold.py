"""What the portal has not been told yet of what a service granted (AP-18.8, HV-18.8): told again until it is heard.

The service's own row is the message: it is told while its state differs from the one that was heard last. So nothing is
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


@dataclass(frozen=True, slots=True)
class Change:
    """What has become of what a request was granted; ``moved_to`` is the request that took its place."""

    request_id: UUID
    state: str
    moved_to: UUID | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """The two statements of a service: one notes what was heard, one reads what was not.

    ``heard`` takes request ids and states; ``untold`` takes the most rows and gives the columns of ``Change``, the
    eldest first.
    """

    heard: str
    untold: str


class Untold:
    """A service's rows, as the portal hears of them."""

    def __init__(self, database: Database, telling: Telling) -> None:
        self._database, self._telling = database, telling

    async def after(self, heard: Sequence[tuple[UUID, str]]) -> list[Change]:
        """Note what the portal has heard (request and state) and return what it has not, the eldest first."""
        async with self._database.connection() as connection:
            if heard:
                await connection.execute(self._telling.heard, [one for one, _ in heard], [said for _, said in heard])
            rows = await connection.fetch(self._telling.untold, AT_ONCE)
        return [Change(**row) for row in rows]
