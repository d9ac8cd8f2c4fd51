import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from shared.kit import database as database_module
from shared.kit.database import Database, DatabaseAway, PoolExhausted

DEAD = "postgresql://nobody:nothing@127.0.0.1:9/nowhere"


@pytest_asyncio.fixture
async def db(empty_database: str) -> AsyncIterator[Database]:
    database = Database(empty_database, 2, wait=0.2, name="tests")
    async with database.connection() as c:
        await c.execute("CREATE TABLE notes (words text PRIMARY KEY)")
    yield database
    await database.close()


async def words(db: Database) -> list[str]:
    async with db.connection() as c:
        return [row["words"] for row in await c.fetch("SELECT words FROM notes ORDER BY words")]


async def write(db: Database, note: str) -> None:
    async with db.transaction() as c:
        await c.execute("INSERT INTO notes VALUES ($1)", note)


class Stop(Exception):
    """What a test raises inside a transaction."""


async def test_a_transaction_commits_when_it_is_left(db: Database) -> None:
    await write(db, "kept")
    assert await words(db) == ["kept"]


async def test_an_error_rolls_back_and_the_connection_is_used_again(db: Database) -> None:
    processes = set()

    async def fail() -> None:
        async with db.transaction() as c:
            processes.add(await c.fetchval("SELECT pg_backend_pid()"))
            await c.execute("INSERT INTO notes VALUES ('lost')")
            raise Stop

    for _ in range(20):
        with pytest.raises(Stop):
            await fail()
    assert await words(db) == []
    assert len(processes) == 1


async def test_an_error_of_sql_rolls_back_and_the_connection_is_used_again(db: Database) -> None:
    await write(db, "one")
    for _ in range(5):
        with pytest.raises(asyncpg.UniqueViolationError):
            await write(db, "one")
    await write(db, "two")
    assert await words(db) == ["one", "two"]


async def test_work_that_is_cancelled_rolls_back_and_leaks_no_connection(db: Database) -> None:
    async def unfinished() -> None:
        async with db.transaction() as c:
            await c.execute("INSERT INTO notes VALUES (gen_random_uuid()::text)")
            await c.execute("SELECT pg_sleep(30)")

    for turns in (0, 1, 2, 5, 10, 50, 200, 2000):
        tasks = [asyncio.create_task(unfinished()) for _ in range(4)]
        for _ in range(turns):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.gather(*(write(db, f"note {number}") for number in range(2)))
    assert await words(db) == ["note 0", "note 1"]


async def test_work_that_is_cut_off_as_it_begins_takes_nothing_of_the_next_with_it(empty_database: str) -> None:
    """The driver would make the next transaction a part of the one that never began, and never commit it."""
    db = Database(empty_database, 1, wait=5.0)
    async with db.connection() as c:
        await c.execute("CREATE TABLE notes (words text PRIMARY KEY)")

    async def unfinished() -> None:
        async with db.transaction() as c:
            await c.execute("SELECT pg_sleep(30)")

    for turns in range(15):
        task = asyncio.create_task(unfinished())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await write(db, f"note {turns:02}")
    assert await words(db) == [f"note {turns:02}" for turns in range(15)]
    await db.close()


async def test_a_transaction_that_was_left_open_by_hand_does_not_reach_the_next_borrower(db: Database) -> None:
    async with db.connection() as c:
        await c.execute("BEGIN")
        await c.execute("INSERT INTO notes VALUES ('never committed')")
    async with db.connection() as c:
        assert not c.is_in_transaction()
    assert await words(db) == []


async def test_a_full_pool_is_answered_in_time(db: Database) -> None:
    async with db.connection(), db.connection():
        with pytest.raises(PoolExhausted) as full:
            async with db.connection():
                pass
    assert full.value.status == 503
    assert full.value.headers == {"Retry-After": "1"}
    await write(db, "free again")


async def test_waiting_for_a_connection_ends_when_one_is_free(db: Database) -> None:
    await asyncio.gather(*(write(db, f"note {number:02}") for number in range(40)))
    assert len(await words(db)) == 40


async def test_a_connection_that_died_while_idle_is_replaced_without_a_word(db: Database, empty_database: str) -> None:
    async with db.connection() as c:
        process = await c.fetchval("SELECT pg_backend_pid()")
    other = await asyncpg.connect(empty_database)
    await other.execute("SELECT pg_terminate_backend($1, 5000)", process)
    await other.close()
    assert await words(db) == []


async def test_a_connection_that_dies_at_work_is_one_clear_error(db: Database, empty_database: str) -> None:
    other = await asyncpg.connect(empty_database)

    async def lose() -> None:
        async with db.transaction() as c:
            process = await c.fetchval("SELECT pg_backend_pid()")
            await other.execute("SELECT pg_terminate_backend($1, 5000)", process)
            await c.execute("INSERT INTO notes VALUES ('lost')")

    with pytest.raises(DatabaseAway) as away:
        await lose()
    await other.close()
    assert (away.value.status, away.value.headers) == (503, {"Retry-After": "1"})
    assert await words(db) == []


async def test_a_statement_over_its_time_is_one_clear_error(db: Database) -> None:
    async def dawdle() -> None:
        async with db.transaction() as c:
            await c.execute("SET LOCAL statement_timeout = 20")
            await c.execute("SELECT pg_sleep(30)")

    with pytest.raises(DatabaseAway):
        await dawdle()
    await write(db, "still here")


class Relay:
    """Stands between the pool and the server; once silent, it passes nothing on and closes nothing.

    ``words`` is how many of the server's answers it passes on in all before it hangs up; None for all.
    """

    def __init__(self, url: str) -> None:
        self._to = make_url(url)
        self._server: asyncio.Server | None = None
        self._passing: list[asyncio.Task[None]] = []
        self.silent = False
        self.words: int | None = None

    async def start(self) -> str:
        """Begin; gives the database's address through the relay."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return self._to.set(port=port).render_as_string(hide_password=False)

    async def stop(self) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._to.host, self._to.port)
        self._passing += [
            asyncio.create_task(self._pass(reader, back)), asyncio.create_task(self._pass(there, writer, counted=True))
        ]  # fmt: skip

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool = False) -> None:
        try:
            while part := await reader.read(65536):
                if counted and self.words is not None:
                    if self.words == 0:
                        return
                    self.words -= 1
                if not self.silent:
                    writer.write(part)
        finally:
            writer.close()


@pytest.mark.parametrize("where", ["before the first statement", "inside the transaction"])
async def test_a_database_that_falls_silent_is_one_clear_error_in_time(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(database_module, "SILENCE_SECONDS", 0.3 - database_module.STATEMENT_SECONDS)
    relay = Relay(empty_database)
    db = Database(await relay.start(), 1, wait=0.2)
    assert await db.ping()

    async def ask() -> None:
        relay.silent = where == "before the first statement"
        async with db.transaction() as c:
            relay.silent = True
            await c.fetchval("SELECT 1")

    # Once, not twice: nothing is asked of the silent server to leave the transaction.
    async with asyncio.timeout(0.55):
        with pytest.raises(DatabaseAway):
            await ask()
    relay.silent = False
    assert await db.ping()
    await db.close()
    await relay.stop()


async def test_a_server_that_dies_while_the_first_connection_is_made_is_one_clear_error(empty_database: str) -> None:
    relay = Relay(empty_database)
    url, away, there = await relay.start(), 0, False
    while not there:
        relay.words = away
        db = Database(url, 1)
        try:
            async with db.connection() as c:
                there = await c.fetchval("SELECT true")
        except DatabaseAway:
            away += 1
        await db.close()
    assert away > 5
    await relay.stop()


async def test_a_database_that_says_nothing_is_not_there(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "PING_SECONDS", 0.2)
    relay = Relay(empty_database)
    db = Database(await relay.start(), 1)
    assert await db.ping()
    relay.silent = True
    async with asyncio.timeout(1):
        assert not await db.ping()
        await db.close()
    await relay.stop()


async def test_an_error_of_the_work_itself_stays_what_it_is(db: Database) -> None:
    with pytest.raises(ConnectionResetError):
        async with db.transaction():
            raise ConnectionResetError


async def test_a_database_that_is_not_there_is_one_clear_error() -> None:
    nowhere = Database(DEAD)
    with pytest.raises(DatabaseAway):
        async with nowhere.connection():
            pass
    assert not await nowhere.ping()
    await nowhere.close()


async def test_a_database_of_another_name_is_one_clear_error(empty_database: str) -> None:
    elsewhere = Database(empty_database + "_not")
    assert not await elsewhere.ping()
    await elsewhere.close()


async def test_every_connection_has_its_limits(db: Database) -> None:
    async with db.connection() as c:
        limits = [
            await c.fetchval("SELECT current_setting($1)", name)
            for name in ("application_name", "statement_timeout", "idle_in_transaction_session_timeout", "timezone")
        ]
    assert limits == ["tests", "5s", "5s", "UTC"]
    assert await db.ping()
