"""Every entry is tried until it is answered: first within the exchange that brings it, then by the loop."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from home_visit_svc.entries import Entry
from home_visit_svc.process import take_up
from home_visit_svc.timing import AT_ONCE_SECONDS, ATTEMPT_SECONDS, LEASE, next_attempt
from home_visit_svc.world import World
from shared.kit.clock import Clock
from shared.kit.logs import log_failure
from shared.kit.work import Loop

LOOK_EVERY_SECONDS = 1.0
AT_ONCE = 16
"""Entries that the loop works on side by side: a silent system keeps each of them waiting for seconds."""


async def try_within_exchange(world: World, entry: Entry) -> None:
    """Try to answer while the gateway waits; whatever fails, the entry is registered and the loop goes on with it."""
    await _try(world, entry, AT_ONCE_SECONDS)


def loop_of(world: World) -> Loop[Entry]:
    """Return the loop that takes up what is due."""

    async def claim(now: datetime, most: int) -> Sequence[Entry]:
        return await world.journal.claim(now, now + LEASE, most)

    async def work(entry: Entry) -> None:
        await _try(world, entry, ATTEMPT_SECONDS)

    clock: Clock = world.clock
    return Loop(claim, work, clock, every=LOOK_EVERY_SECONDS, at_once=AT_ONCE)


async def _try(world: World, entry: Entry, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await take_up(world, entry)
    except Exception as error:  # noqa: BLE001 - whatever it was, the entry stays due and is tried again.
        log_failure("request.attempt_failed", error)
        await world.journal.put_off(entry.request_id, next_attempt(entry, world.now()))
