"""The job loop of a process: rows are the jobs; it claims some, works on them side by side, rests until it is woken."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Generic, TypeVar

from shared.kit.clock import Clock
from shared.kit.logs import log_failure
from shared.kit.trace import begin_trace

Job = TypeVar("Job")
Claim = Callable[[datetime, int], Awaitable[Sequence[Job]]]
"""Given the time now and a number, claims at most that many jobs that are due, in a transaction of its own."""


class Loop(Generic[Job]):
    """Claims jobs and works on them until it is stopped.

    A claimed job must not be claimed again while it is worked on (a lease in the row). The error of one job is logged
    and ends only that job; its row is claimed again when the lease is over.
    """

    def __init__(  # noqa: PLR0913 - three of them are named in each call.
        self,
        claim: Claim[Job],
        work: Callable[[Job], Awaitable[None]],
        clock: Clock,
        every: float = 5.0,
        *,
        at_once: int = 8,
        trace_of: Callable[[Job], str | None] = lambda _: None,
    ) -> None:
        """Look for jobs every ``every`` seconds and whenever woken; work on ``at_once`` of them at most.

        ``trace_of`` tells the ``traceparent`` kept with a job, in which the work on it goes on; without, it begins one.
        """
        self._trace_of = trace_of
        self._claim = claim
        self._work = work
        self._clock = clock
        self._every = every
        self._at_once = at_once
        self._busy = 0
        self._stopping = False
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the running event loop."""
        self._stopping = False
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Say that there may be work; safe to call as often as one likes."""
        self._woken.set()

    async def stop(self, drain: float = 5.0) -> None:
        """Claim no more, let what is being worked on finish for ``drain`` seconds, then cancel it."""
        if self._task is None:
            return
        self._stopping = True
        self._woken.set()
        task, self._task = self._task, None
        await asyncio.wait({task}, timeout=drain)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                # Cleared before the claim: whoever wakes us meanwhile is heard after it.
                self._woken.clear()
                jobs = await self._claimed(self._at_once - self._busy)
                for job in jobs:
                    self._busy += 1
                    group.create_task(self._do(job))
                if not jobs or self._busy >= self._at_once:
                    await self._rest()

    async def _claimed(self, most: int) -> Sequence[Job]:
        if most <= 0:
            return ()
        try:
            return await self._claim(self._clock.now(), most)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while; the loop outlives it.
            log_failure("work.claim_failed", error)
            return ()

    async def _do(self, job: Job) -> None:
        kept = self._trace_of(job)
        begin_trace(kept.encode() if kept else None)
        try:
            await self._work(job)
        except Exception as error:  # noqa: BLE001 - one job's error must not end the others.
            log_failure("work.job_failed", error)
        finally:
            full = self._busy >= self._at_once
            self._busy -= 1
            if full:
                self._woken.set()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._every):
                await self._woken.wait()
