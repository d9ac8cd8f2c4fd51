"""A few threads for work that would hold up the event loop: hashing passwords, checking signatures."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from shared.kit.problems import Unavailable

Result = TypeVar("Result")


class WorkersBusy(Unavailable):
    """Every worker is taken and the queue before them is full; nothing was begun."""


class Workers:
    """A bounded pool of threads with a bounded queue: who would wait too long is told so at once."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        """Start no thread yet; at most ``threads`` run and ``waiting`` more stand in the queue."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        # A place is given back when the work ends, also when nobody waits for its result any more: a caller's time
        # limit must not let more work in than the threads can do.
        self._places = threading.BoundedSemaphore(threads + waiting)

    async def run(self, work: Callable[[], Result], *, limit: float) -> Result:
        """Do the work in a thread.

        Args:
            work: What to do; it must end by itself, a thread cannot be stopped.
            limit: Seconds that the caller waits at most.

        Raises:
            WorkersBusy: The queue is full.
            TimeoutError: The limit has passed.
        """
        if not self._places.acquire(blocking=False):
            raise WorkersBusy
        future = self._pool.submit(work)
        future.add_done_callback(lambda _: self._places.release())
        async with asyncio.timeout(limit):
            return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let the running work end and drop what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)
