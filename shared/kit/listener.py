"""Being told by PostgreSQL that there is work (LISTEN/NOTIFY): quick, but only a hint; the loop also looks by time."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg

from shared.kit.logs import log_failure

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
ALIVE_EVERY = 15.0
"""Seconds between two looks at whether a silent connection still lives."""


class Listener:
    """One connection that listens on one channel, and connects again when it is lost."""

    def __init__(self, database_url: str, channel: str, wake: Callable[[str], None]) -> None:
        """Call ``wake`` with the payload of every notification on the channel.

        After each connecting it is called with an empty payload: some notifications may have been missed.
        """
        self._dsn = database_url
        self._channel = channel
        self._wake = wake
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, in the running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End and close the connection."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._listen()
                pause = FIRST_PAUSE
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                log_failure("listener.lost", error)
                pause = min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        """Listen until the connection ends."""
        lost = asyncio.Event()
        connection = await asyncpg.connect(self._dsn, timeout=3.0, command_timeout=3.0)
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(self._channel, lambda *told: self._wake(str(told[-1])))
            self._wake("")
            while not lost.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(ALIVE_EVERY):
                        await lost.wait()
                        return
                await connection.execute("SELECT 1")
        finally:
            connection.terminate()
