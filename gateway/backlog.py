"""How many signed requests wait for their answer, and how many past their term: what an operator is woken by."""

import asyncio
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

from gateway.world import World
from shared.kit.logs import log_failure

EVERY_SECONDS: Final = 15.0
_COUNT: Final = """
SELECT count(*) AS waiting, count(*) FILTER (WHERE answer_by < $1) AS overdue,
    count(*) FILTER (WHERE refused_status IS NOT NULL) AS refused,
    count(*) FILTER (WHERE review_of IS NOT NULL AND answer_by < $1) AS reviews FROM requests
WHERE state IN ('signed', 'registered')
"""


class Backlog:
    """The gauges ``gateway_requests_waiting``, ``…_overdue`` and ``…_not_taken``, and ``gateway_reviews_overdue``."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._waiting = Gauge("gateway_requests_waiting", "Signed requests without an answer.", registry=registry)
        self._overdue = Gauge("gateway_requests_overdue", "Of these, past their term (HV-14).", registry=registry)
        self._not_taken = Gauge(
            "gateway_requests_not_taken", "Of these, refused by their service: mend it.", registry=registry
        )

        self._reviews = Gauge(
            "gateway_reviews_overdue", "Of the overdue, reviews that an official has not answered.", registry=registry
        )

    async def count(self, world: World) -> None:
        """Look once."""
        async with world.database.connection() as c:
            row = await c.fetchrow(_COUNT, world.now())
        self._waiting.set(row["waiting"])
        self._overdue.set(row["overdue"])
        self._not_taken.set(row["refused"])
        self._reviews.set(row["reviews"])

    async def keep_counting(self, world: World) -> None:
        """Look every fifteen seconds until cancelled."""
        while True:
            try:
                await self.count(world)
            except Exception as error:  # noqa: BLE001 - the database may be away for a while.
                log_failure("backlog.failed", error)
            await asyncio.sleep(EVERY_SECONDS)
