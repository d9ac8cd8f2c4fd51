"""What the tests of the training documents stand on: the college's seal, officials' keys, a migrated database."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from nca_stub.authority import create_authority
from nca_stub.orders import Order
from shared.kit.database import Database
from shared.law.college import COLLEGE
from tests.diploma.surroundings import Surroundings, surroundings
from tests.home_visit.calls import make_keys
from tests.home_visit.people import TUESDAY_TEN


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the college's seal, ``trust`` and ``keys``."""
    folder = tmp_path_factory.mktemp("diploma")
    (folder / "seals").mkdir()
    (folder / "trust").mkdir()
    before = TUESDAY_TEN - timedelta(days=30)
    authority = create_authority(folder / "nca", before)
    authority.write_trust(folder / "trust")
    issued = authority.issue(Order.organisation(COLLEGE.bin, COLLEGE.name, before))
    (folder / "seals" / f"{COLLEGE.bin}.key.pem").write_bytes(issued.key_pem())
    (folder / "seals" / f"{COLLEGE.bin}.chain.pem").write_bytes(issued.chain_pem())
    make_keys(folder / "keys", ["diploma", "gateway", "operator", "home_visit"])
    return folder


@pytest_asyncio.fixture
async def around(database_of: Callable[[str], str], files: Path) -> AsyncIterator[Surroundings]:
    """A Tuesday at ten: the college has loaded a graduation of last week, and everybody in it is clear of debts."""
    database = Database(database_of("diploma_svc"), 20, wait=30.0, name="tests")
    async with database.connection() as connection:
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        names = ", ".join(row["tablename"] for row in await connection.fetch(tables))
        await connection.execute(f"TRUNCATE {names} CASCADE")
    around = surroundings(database, files)
    await around.load_graduation()
    yield around
    await database.close()
