"""Who waits for a request to change: woken by PostgreSQL's NOTIFY, so that it works across replicas."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

CHANNEL = "gateway_requests"


class Watchers:
    """The waiting callers of this process, by request id."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def tell(self, request_id: str) -> None:
        """Wake everyone who waits for this request (an empty id wakes all: something may have been missed)."""
        for waiting in [self._waiting.get(request_id, set())] if request_id else list(self._waiting.values()):
            for event in waiting:
                event.set()

    @contextmanager
    def watching(self, request_id: str) -> Iterator[asyncio.Event]:
        """Lend an event that is set whenever the request changes."""
        event = asyncio.Event()
        self._waiting[request_id].add(event)
        try:
            yield event
        finally:
            self._waiting[request_id].discard(event)
            if not self._waiting[request_id]:
                del self._waiting[request_id]


async def changed(event: asyncio.Event, seconds: float) -> bool:
    """Wait until the event is set, at most this long; say whether it was."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    event.clear()
    return True
