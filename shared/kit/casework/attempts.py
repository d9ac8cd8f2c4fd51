"""Every entry is tried until it is answered: first within the exchange that brings it, then by the loop."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from shared.kit.casework.entries import Entry
from shared.kit.casework.process import Casework, take_up
from shared.kit.casework.timing import AT_ONCE_SECONDS, ATTEMPT_SECONDS, LEASE, next_attempt
from shared.kit.logs import log_failure
from shared.kit.work import Loop

LOOK_EVERY_SECONDS = 1.0
AT_ONCE = 16
"""Entries that the loop works on side by side: a silent system keeps each of them waiting for seconds."""


async def try_within_exchange(work: Casework, entry: Entry) -> None:
    """Try to answer while the gateway waits; whatever fails, the entry is registered and the loop goes on with it."""
    await _try(work, entry, AT_ONCE_SECONDS)


def loop_of(work: Casework) -> Loop[Entry]:
    """Return the loop that takes up what is due."""

    async def claim(now: datetime, most: int) -> Sequence[Entry]:
        return await work.journal.claim(now, now + LEASE, most)

    async def attempt(entry: Entry) -> None:
        await _try(work, entry, ATTEMPT_SECONDS)

    return Loop(claim, attempt, work.clock, every=LOOK_EVERY_SECONDS, at_once=AT_ONCE, trace_of=_trace_of)


def _trace_of(entry: Entry) -> str | None:
    return entry.traceparent


async def _try(work: Casework, entry: Entry, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await take_up(work, entry)
    except Exception as error:  # noqa: BLE001 - whatever it was, the entry stays due and is tried again.
        log_failure("request.attempt_failed", error)
        await work.journal.put_off(entry.request_id, next_attempt(entry, work.clock.now()))
