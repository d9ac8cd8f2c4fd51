"""A bounded number of connections to one database: the last one given back is lent first, new ones only when needed."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg

CLOSE_SECONDS = 1.0
"""How long a server may take to say goodbye."""


class NoneFree(Exception):
    """Every connection was in use for as long as one waits."""


class Pool:
    """Lends connections to one piece of work each; belongs to the event loop that first uses it."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]], size: int, wait: float) -> None:
        """Hold at most ``size`` connections; whoever wants another waits ``wait`` seconds for one to come back."""
        self._connect = connect
        self._room = asyncio.Semaphore(size)
        self._wait = wait
        self._idle: list[asyncpg.Connection] = []
        self._closed = False

    async def take(self) -> asyncpg.Connection:
        """Return a connection that is ours until ``give_back``; one that died while idle is dropped without asking.

        Raises NoneFree, and whatever ``connect`` raises.
        """
        await self._enter()
        try:
            while self._idle:
                connection = self._idle.pop()
                if not connection.is_closed():
                    return connection
            return await self._connect()
        except BaseException:
            self._room.release()
            raise

    def give_back(self, connection: asyncpg.Connection) -> None:
        """Keep a clean connection for the next and end any other; nothing is asked of the server, nothing awaited."""
        self._room.release()
        if connection.is_closed():
            return
        if self._closed or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)

    async def close(self) -> None:
        """Close the idle connections; those that are lent end when they come back."""
        self._closed = True
        while self._idle:
            with suppress(TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._idle.pop().close(timeout=CLOSE_SECONDS)

    async def _enter(self) -> None:
        if not self._room.locked():
            await self._room.acquire()
            return
        try:
            async with asyncio.timeout(self._wait):
                await self._room.acquire()
        except TimeoutError:
            raise NoneFree from None
