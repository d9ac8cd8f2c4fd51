"""Log-ins of one person from one network are looked at one after the other.

An attempt counts before its password is looked at. Side by side, a person's own right passwords would therefore run
into the limit that is meant for wrong ones; in turn, each right one is taken back before the next is counted.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from gateway.workers import WorkersBusy

TURN_SECONDS: Final = 5.0


class Turns:
    """One at a time for each key, within this process; each replica has turns of its own."""

    def __init__(self, seconds: float = TURN_SECONDS) -> None:
        """Let nobody wait longer than this."""
        self._seconds = seconds
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for one's turn and have it until the end of the block; raises WorkersBusy where it takes too long."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout(self._seconds):
                await lock.acquire()
        except TimeoutError as late:
            raise WorkersBusy from late
        try:
            yield
        finally:
            lock.release()
