import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from shared.kit.database import Database
from shared.kit.idempotency import TABLE, IdempotencyKeyReused, Kept, keyed, once
from shared.kit.problems import BadRequest

NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
ROUTE = "POST /v1/requests"


class Clinic:
    """A service that writes one row a request."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def post(self, key: str, body: bytes = b"{}", account: str = "a") -> Kept:
        async with self.db.transaction() as c:

            async def act() -> Kept:
                number = await c.fetchval("INSERT INTO visits DEFAULT VALUES RETURNING number")
                return Kept(201, f"visit {number}".encode(), f"/v1/visits/{number}")

            return await once(c, keyed(key, account, ROUTE, body), NOON, act)

    async def fail(self, key: str) -> Kept:
        async with self.db.transaction() as c:

            async def act() -> Kept:
                await c.execute("INSERT INTO visits DEFAULT VALUES")
                raise LookupError

            return await once(c, keyed(key, "a", ROUTE, b"{}"), NOON, act)

    async def count(self, table: str = "visits") -> int:
        async with self.db.connection() as c:
            return int(await c.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a table's name of this test.


@pytest_asyncio.fixture
async def clinic(empty_database: str) -> AsyncIterator[Clinic]:
    db = Database(empty_database, 10)
    async with db.connection() as c:
        await c.execute(TABLE)
        await c.execute("CREATE TABLE visits (number int GENERATED ALWAYS AS IDENTITY)")
    yield Clinic(db)
    await db.close()


async def test_the_same_key_gets_the_same_answer(clinic: Clinic) -> None:
    assert await clinic.post("k") == await clinic.post('"k"') == Kept(201, b"visit 1", "/v1/visits/1")
    assert await clinic.count() == 1


async def test_the_same_key_fifty_times_at_once_is_one_row_and_fifty_equal_answers(clinic: Clinic) -> None:
    answers = await asyncio.gather(*(clinic.post("k") for _ in range(50)))
    assert answers == [Kept(201, b"visit 1", "/v1/visits/1")] * 50
    assert await clinic.count() == 1


async def test_the_same_key_with_another_body_is_refused(clinic: Clinic) -> None:
    await clinic.post("k")
    with pytest.raises(IdempotencyKeyReused) as reused:
        await clinic.post("k", b'{"other": 1}')
    assert reused.value.status == 422


async def test_keys_of_two_accounts_have_nothing_to_do_with_each_other(clinic: Clinic) -> None:
    await clinic.post("k", account="a")
    assert (await clinic.post("k", account="b")).body == b"visit 2"


async def test_a_key_is_free_again_when_its_work_failed(clinic: Clinic) -> None:
    with pytest.raises(LookupError):
        await clinic.fail("k")
    assert await clinic.count() == 0
    assert (await clinic.post("k")).status == 201


@pytest.mark.parametrize("key", [None, "", '""', "с кириллицей", "a b", 'a"b', "x" * 201])
def test_a_key_that_is_missing_or_malformed_is_a_bad_request(key: str | None) -> None:
    with pytest.raises(BadRequest):
        keyed(key, "a", ROUTE, b"")
