"""Processes of their own for the arithmetic of GOST: in a thread it would hold the interpreter's lock, and so the loop.

With two signatures being checked all the time, the slowest hundredth of echoes over a socket of the same event loop
takes 70 ms where threads check, and 1 ms where processes do (decision 0004).
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from typing import Any, Final, TypeVar

import structlog

from shared.eds import gost_engine
from shared.eds.gost_engine import HERE

log = structlog.get_logger()
Result = TypeVar("Result")
ENDING_SECONDS: Final = 2.0
SMALL: Final = 256
"""Octets that are digested faster here than handed over."""
LIMIT_SECONDS: Final = 10.0
"""After which a process that says nothing counts as lost, else it would hold a thread for ever; one starts in less."""


class GostProcesses:
    """An engine for ``shared.eds.gost_engine``: so many processes, started when they are first needed.

    They end with the process that started them, however it ends. Where they are killed or say nothing within the
    limit (seconds), the work is done here, and others are started for the next.
    """

    def __init__(self, processes: int, limit: float = LIMIT_SECONDS) -> None:
        """Start nothing yet."""
        self._processes = processes
        self._limit = limit
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False

    def holds(self, info: bytes, signature: bytes, data: bytes, digest: str) -> bool:
        """Say whether a signature over the data holds."""
        return self._do(HERE.holds, info, signature, data, digest)

    def digest(self, name: str, data: bytes) -> bytes:
        """Return the digest of the data."""
        return HERE.digest(name, data) if len(data) <= SMALL else self._do(HERE.digest, name, data)

    def close(self) -> None:
        """Let the processes end; whatever is asked from now on is done here."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool is not None:
            end_pool(pool)

    def _do(self, work: Callable[..., Result], *arguments: Any) -> Result:  # noqa: ANN401 - whatever the work takes.
        pool = self._present()
        if pool is None:
            return work(*arguments)
        try:
            return pool.submit(work, *arguments).result(self._limit)
        except (BrokenExecutor, CancelledError, RuntimeError, OSError) as fault:  # TimeoutError is an OSError.
            log.warning("gost.processes_lost", fault=type(fault).__name__)
            self._forget(pool)
            return work(*arguments)

    def _present(self) -> ProcessPoolExecutor | None:
        with self._lock:
            if self._pool is None and not self._closed:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self._processes, mp_context=context, initializer=begin_child)
            return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        # One that is stuck would neither work nor end.
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - before 3.14 there is no other way.
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def gost_in_processes(processes: int) -> Callable[[], None]:
    """Have the program do the arithmetic of GOST in processes of their own (0: in the calling thread).

    Returns what undoes it.
    """
    if not processes:
        return lambda: None
    engine = GostProcesses(processes)
    gost_engine.use(engine)

    def undo() -> None:
        gost_engine.use(HERE)
        engine.close()

    return undo


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End a pool and wait a moment for it: it gives back what it holds of the system before we end ourselves."""
    ending = threading.Thread(target=pool.shutdown, kwargs={"wait": True, "cancel_futures": True}, daemon=True)
    ending.start()
    ending.join(ENDING_SECONDS)


def begin_child() -> None:
    """Prepare a process: Ctrl-C is its parent's affair; it must not outlive its parent, even one that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:  # noqa: ANN401 - the library does not name its type.
    parent.join()
    os._exit(0)
