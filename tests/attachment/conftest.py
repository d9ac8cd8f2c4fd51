"""What the tests of the attachment stand on: seals, keys of callers, a real migrated database, a world over it."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from attachment_svc.imports import Imports
from attachment_svc.journal import Register
from nca_stub.authority import create_authority
from nca_stub.orders import Order
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.database import Database
from tests.attachment.surroundings import Surroundings, surroundings
from tests.home_visit.calls import make_keys
from tests.home_visit.people import ADULT, CHILD, OTHER_PROVIDER, PROVIDER, TUESDAY_TEN, child, person

OTHER_BIN = "130040901010"
TABLES = "attachments, lookups, districts, requests, deciding_choices"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``seals`` of the register, of another organisation and of two providers, ``trust`` and ``keys``."""
    folder = tmp_path_factory.mktemp("attachment")
    (folder / "seals").mkdir()
    (folder / "trust").mkdir()
    before = TUESDAY_TEN - timedelta(days=30)
    authority = create_authority(folder / "nca", before)
    authority.write_trust(folder / "trust")
    for bin_ in (ATTACHMENT_TEST_BIN, OTHER_BIN, PROVIDER.bin, OTHER_PROVIDER.bin):
        issued = authority.issue(Order.organisation(bin_, "Тіркелген халықтың тіркелімі", before))
        (folder / "seals" / f"{bin_}.key.pem").write_bytes(issued.key_pem())
        (folder / "seals" / f"{bin_}.chain.pem").write_bytes(issued.chain_pem())
    make_keys(folder / "keys", ["attachment", "home_visit", "appointment", "gateway", "operator", "diploma"])
    return folder


@pytest_asyncio.fixture
async def database(database_of: Callable[[str], str]) -> AsyncIterator[Database]:
    """The test file's copy of the migrated database, emptied for each test."""
    database = Database(database_of("attachment_svc"), 20, wait=30.0, name="tests")
    async with database.connection() as connection:
        await connection.execute(f"TRUNCATE {TABLES} CASCADE")
    yield database
    await database.close()


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


@pytest.fixture
def imports(database: Database) -> Imports:
    return Imports(database)


@pytest.fixture
def around(database: Database, files: Path) -> Surroundings:
    """A Tuesday at ten: one adult and their child, attached nowhere; no clinic has loaded its districts."""
    around = surroundings(database, files)
    around.registry.know(person(ADULT, children=(CHILD,)), child(CHILD, parents=(ADULT,)))
    return around
