"""PostgreSQL: asyncpg connections, lent by its pool for one piece of work and given back clean.

SQL is written by hand with ``$1`` parameters; jsonb travels as text; the time is a parameter, never SQL's ``now()``.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import TypeAlias

import asyncpg

from shared.kit.problems import Unavailable

Connection: TypeAlias = asyncpg.Connection

STATEMENT_SECONDS = 5.0
"""The longest that one statement may run; a hot statement takes a thousandth of it."""
CONNECT_SECONDS = 3.0
SILENCE_SECONDS = 1.0
"""How much longer than the server's own limit the client waits, for a server that does not answer at all."""
RETURN_SECONDS = 1.0
"""How long a connection may take to stop what was cut off; then it is ended."""
PING_SECONDS = 2.0
"""After which a database that says nothing counts as away; whoever asks for readiness waits no longer."""

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # The server shuts down, starts up, or has cancelled a statement over its time.
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
_MAYBE_LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


class DatabaseAway(Unavailable):
    """The database cannot be reached or was lost on the way; what was not committed did not happen."""


class PoolExhausted(Unavailable):
    """Every connection to the database is in use and none became free in time."""


class Database:
    """One database and the pool of connections to it; belongs to the event loop that first uses it."""

    def __init__(self, url: str, pool_size: int = 10, *, wait: float = 2.0, name: str = "service") -> None:
        """Take ``postgresql://…``; nothing is connected yet.

        Args:
            url: Where the database is.
            pool_size: The most connections held at once.
            wait: Seconds that one waits for a free connection before PoolExhausted.
            name: What PostgreSQL shows as the application's name.
        """
        milliseconds = str(int(STATEMENT_SECONDS * 1000))
        self._make_pool = partial(
            asyncpg.create_pool,
            url,
            min_size=0,
            max_size=pool_size,
            reset=_leave_as_it_is,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS + SILENCE_SECONDS,
            server_settings={
                "application_name": name,
                "statement_timeout": milliseconds,
                "idle_in_transaction_session_timeout": milliseconds,
                "timezone": "UTC",
            },
        )
        self._pool: asyncpg.Pool | None = None
        self._making = asyncio.Lock()
        # The pool's own waiting does not tell that all are in use from that the server does not answer.
        self._room = asyncio.Semaphore(pool_size)
        self._wait = wait

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection outside any transaction: each statement commits for itself.

        Raises:
            PoolExhausted: No connection became free in time.
            DatabaseAway: The database cannot be reached, or was lost on the way; what was not committed did not happen.
        """
        async with self._place(), self._lent() as driver:
            with _told_as_away(driver):
                yield driver

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection inside a transaction: leaving commits, an error or a cancellation rolls back."""
        async with self.connection() as driver:
            transaction = driver.transaction()
            try:
                await transaction.start()
            except BaseException:
                # Cut off while it began, the driver would take whatever comes next for a part of this transaction,
                # and never commit it.
                _end(driver)
                raise
            try:
                yield driver
            except TimeoutError:
                # A silent server would have to be waited for once more, only to roll back.
                _end(driver)
                raise
            except BaseException:
                await transaction.rollback()
                raise
            await transaction.commit()

    async def ping(self) -> bool:
        """Say whether the database answers."""
        try:
            async with self.connection() as driver, asyncio.timeout(PING_SECONDS):
                return bool(await driver.fetchval("SELECT true"))
        except (DatabaseAway, PoolExhausted):
            return False

    async def close(self) -> None:
        """Close the idle connections, and end those that do not come back in time."""
        if self._pool is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(RETURN_SECONDS):
                    await self._pool.close()

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Hold one of the places of the pool; at most so many connections are lent at once."""
        try:
            # The limit is for those who wait: a timer for each of the others would be for nothing.
            async with asyncio.timeout(self._wait if self._room.locked() else None):
                await self._room.acquire()
        except TimeoutError as full:
            raise PoolExhausted from full
        try:
            yield
        finally:
            self._room.release()

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Connection]:
        try:
            pool = await self._opened()
            driver = await pool.acquire()
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            raise DatabaseAway from away
        try:
            yield driver
        finally:
            # What does not come back in order the pool has ended; the work itself has its outcome already.
            with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await pool.release(driver, timeout=RETURN_SECONDS)

    async def _opened(self) -> asyncpg.Pool:
        if self._pool is None:
            async with self._making:
                if self._pool is None:
                    self._pool = await self._make_pool()
        return self._pool


@contextmanager
def _told_as_away(driver: Connection) -> Iterator[None]:
    """Tell of a lost or silent database as DatabaseAway, and of the work's own errors as they are."""
    try:
        yield
    except _LOST as lost:
        raise DatabaseAway from lost
    except TimeoutError as silent:
        # The server said nothing until the client's limit: what it still does is unknown, so the connection ends.
        _end(driver)
        raise DatabaseAway from silent
    except _MAYBE_LOST as lost:
        if _is_gone(driver):
            raise DatabaseAway from lost
        raise


async def _leave_as_it_is(_: Connection) -> None:
    """Spare the question that the pool would put to the server: a session's settings are nobody's to change here."""


def _is_gone(driver: Connection) -> bool:
    try:
        return bool(driver.is_closed())
    except asyncpg.InterfaceError:
        # The pool has taken the connection away from us when it was lost.
        return True


def _end(driver: Connection) -> None:
    with suppress(asyncpg.InterfaceError):
        driver.terminate()
