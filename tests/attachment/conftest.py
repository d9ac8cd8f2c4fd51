"""What the tests of the register stand on: a seal, keys of callers, a real migrated database."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from attachment_svc.journal import Register
from nca_stub.authority import create_authority
from nca_stub.orders import Order
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.database import Database
from tests.home_visit.calls import make_keys
from tests.home_visit.people import TUESDAY_TEN

OTHER_BIN = "130040901010"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``seals`` of the register and of another organisation, ``trust`` and ``keys``."""
    folder = tmp_path_factory.mktemp("attachment")
    (folder / "seals").mkdir()
    (folder / "trust").mkdir()
    before = TUESDAY_TEN - timedelta(days=30)
    authority = create_authority(folder / "nca", before)
    authority.write_trust(folder / "trust")
    for bin_ in (ATTACHMENT_TEST_BIN, OTHER_BIN):
        issued = authority.issue(Order.organisation(bin_, "Тіркелген халықтың тіркелімі", before))
        (folder / "seals" / f"{bin_}.key.pem").write_bytes(issued.key_pem())
        (folder / "seals" / f"{bin_}.chain.pem").write_bytes(issued.chain_pem())
    make_keys(folder / "keys", ["attachment", "home_visit", "appointment", "gateway", "operator", "diploma"])
    return folder


@pytest_asyncio.fixture
async def database(database_of: Callable[[str], str]) -> AsyncIterator[Database]:
    """The test file's copy of the migrated database, emptied for each test."""
    database = Database(database_of("attachment_svc"), 5, name="tests")
    async with database.connection() as connection:
        await connection.execute("TRUNCATE attachments, lookups")
    yield database
    await database.close()


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)
