"""Who waits for a request to change: woken by PostgreSQL's NOTIFY, so that it works across replicas."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from shared.kit.problems import TooManyRequests
from shared.law.text import Text

CHANNEL = "gateway_requests"
MOST_AT_ONCE = 10
"""Callers of one account who may wait in one process: a person has a few pages open, and never a flood."""
HEARTBEAT = 15.0
"""Seconds between signs of life on an event stream, which are also looks at the database."""


class TooManyWaiting(TooManyRequests):
    """So many calls of this account wait already; a plain read is answered all the same."""

    slug = "too-many-waiting"
    title = Text(
        "Күтіп тұрған қосылымдарыңыз тым көп",
        "Слишком много ваших запросов ждут одновременно",
        "Too many of your calls wait at once",
    )


class Watchers:
    """The waiting callers of this process, by request id."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        """Let ``most`` callers of an account wait side by side."""
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._by_account: Counter[UUID] = Counter()
        self._most = most
        self.closed = False

    def tell(self, request_id: str) -> None:
        """Wake everyone who waits for this request (an empty id wakes all: something may have been missed)."""
        for waiting in [self._waiting.get(request_id, set())] if request_id else list(self._waiting.values()):
            for event in waiting:
                event.set()

    def close(self) -> None:
        """Let everyone go: the process begins to end."""
        self.closed = True
        self.tell("")

    @contextmanager
    def watching(self, request_id: str, account_id: UUID) -> Iterator[asyncio.Event]:
        """Lend an event that is set whenever the request changes; raises TooManyWaiting."""
        if self._by_account[account_id] >= self._most:
            raise TooManyWaiting(retry_after=int(HEARTBEAT))
        event = asyncio.Event()
        if self.closed:
            event.set()
        self._by_account[account_id] += 1
        self._waiting[request_id].add(event)
        try:
            yield event
        finally:
            self._by_account[account_id] -= 1
            if not self._by_account[account_id]:
                del self._by_account[account_id]
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
