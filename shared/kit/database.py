"""PostgreSQL: asyncpg connections, lent by the pool for one piece of work and given back clean.

SQL is written by hand with ``$1`` parameters; jsonb travels as text; the time is a parameter, never SQL's ``now()``.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg

from shared.kit.pool import NoneFree, Pool
from shared.kit.problems import Unavailable

Connection: TypeAlias = asyncpg.Connection

STATEMENT_SECONDS = 5.0
"""The longest that one statement may run; a hot statement takes a thousandth of it."""
CONNECT_SECONDS = 3.0
SILENCE_SECONDS = 1.0
"""How much longer than the server's own limit the client waits, for a server that does not answer at all."""
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
        limits = {
            "application_name": name,
            "statement_timeout": milliseconds,
            "idle_in_transaction_session_timeout": milliseconds,
            "timezone": "UTC",
        }

        async def connect() -> Connection:
            most = STATEMENT_SECONDS + SILENCE_SECONDS
            return await asyncpg.connect(url, timeout=CONNECT_SECONDS, command_timeout=most, server_settings=limits)

        self._pool = Pool(connect, pool_size, wait)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection outside any transaction: each statement commits for itself.

        Raises:
            PoolExhausted: No connection became free in time.
            DatabaseAway: The database cannot be reached, or was lost on the way; what was not committed did not happen.
        """
        driver = await self._take()
        try:
            yield driver
        except _LOST as lost:
            raise DatabaseAway from lost
        except TimeoutError as silent:
            # The server said nothing until the client's limit: what it still does is unknown, so the connection ends.
            driver.terminate()
            raise DatabaseAway from silent
        except _MAYBE_LOST as lost:
            if driver.is_closed():
                raise DatabaseAway from lost
            raise
        finally:
            self._pool.give_back(driver)

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
                driver.terminate()
                raise
            try:
                yield driver
            except TimeoutError:
                # A silent server would have to be waited for once more, only to roll back.
                driver.terminate()
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
        """Close every idle connection."""
        await self._pool.close()

    async def _take(self) -> Connection:
        try:
            return await self._pool.take()
        except NoneFree as full:
            raise PoolExhausted from full
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            raise DatabaseAway from away
