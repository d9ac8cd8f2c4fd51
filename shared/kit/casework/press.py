"""A process of its own that sets and seals papers: started when one is asked for, ended when none is for a while.

The compiler and the sealing take 120 MiB and 50 ms a paper: neither the event loop nor the service's memory bears them.
"""

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Final, TypeVar

import structlog

from shared.kit.gost_processes import begin_child, end_pool
from shared.kit.problems import Unavailable

log = structlog.get_logger()
Given = TypeVar("Given")
Made = TypeVar("Made")
IDLE_SECONDS: Final = 60.0
LONGEST_SECONDS: Final = 20.0
MOST_WAITING: Final = 64


class Press:
    """One process; work waits for it in a row."""

    def __init__(self, idle: float = IDLE_SECONDS) -> None:
        """Start nothing yet; ``idle`` seconds after the last work the process ends."""
        self._idle = idle
        self._pool: ProcessPoolExecutor | None = None
        self._waiting = 0
        self._ending: asyncio.TimerHandle | None = None

    @property
    def runs(self) -> bool:
        """Say whether the process is there now."""
        return self._pool is not None

    async def do(self, work: Callable[[Given], Made], given: Given) -> Made:
        """Return what the work makes of it, over there; what it raises comes back too.

        Raises Unavailable where too much waits already, or the process was lost.
        """
        if self._waiting >= MOST_WAITING:
            raise Unavailable(retry_after=5)
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._present(), work, given)
        except (BrokenExecutor, TimeoutError, OSError) as fault:
            log.warning("press.lost", fault=type(fault).__name__)
            self._leave()
            raise Unavailable(retry_after=2) from fault
        finally:
            self._waiting -= 1
            self._end_when_idle()

    def close(self) -> None:
        """End the process and wait a moment for it."""
        pool = self._taken()
        if pool is not None:
            end_pool(pool)

    def _leave(self) -> None:
        """Let the process end by itself; the next work starts another."""
        pool = self._taken()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _taken(self) -> ProcessPoolExecutor | None:
        pool, self._pool = self._pool, None
        if self._ending is not None:
            self._ending.cancel()
        return pool

    def _present(self) -> ProcessPoolExecutor:
        if self._ending is not None:
            self._ending.cancel()
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=begin_child)
        return self._pool

    def _end_when_idle(self) -> None:
        if self._pool is not None and not self._waiting:
            self._ending = asyncio.get_running_loop().call_later(self._idle, self._leave)
