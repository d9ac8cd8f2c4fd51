"""What the tests of the home visit stand on: sealed providers, a real migrated database, and a world over it."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from nca_stub.authority import create_authority
from nca_stub.orders import Order
from shared.eds.trust import Trust
from shared.kit.database import Database
from tests.fakes import ClockAt
from tests.home_visit.people import ADULT, CHILD, PROVIDER, TUESDAY_TEN, attachment, child, person
from tests.home_visit.surroundings import Surroundings, surroundings


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seal of PROVIDER under ``seals`` and the pinned authorities under ``trust``."""
    folder = tmp_path_factory.mktemp("home_visit")
    (folder / "seals").mkdir()
    (folder / "trust").mkdir()
    before = TUESDAY_TEN - timedelta(days=30)
    authority = create_authority(folder / "nca", before)
    authority.write_trust(folder / "trust")
    issued = authority.issue(Order.organisation(PROVIDER.bin, PROVIDER.name, before))
    (folder / "seals" / f"{PROVIDER.bin}.key.pem").write_bytes(issued.key_pem())
    (folder / "seals" / f"{PROVIDER.bin}.chain.pem").write_bytes(issued.chain_pem())
    return folder


@pytest_asyncio.fixture
async def database(database_of: Callable[[str], str]) -> AsyncIterator[Database]:
    """The test file's copy of the migrated database, emptied for each test."""
    database = Database(database_of("home_visit_svc"), 20, name="tests")
    async with database.connection() as connection:
        await connection.execute("TRUNCATE requests, rounds, deciding_choices CASCADE")
    yield database
    await database.close()


@pytest.fixture
def around(database: Database, sealed: Path) -> Surroundings:
    """A Tuesday at ten: one adult and their child, both attached to PROVIDER, nobody entered a round."""
    trust = Trust.from_folder(sealed / "trust")
    around = surroundings(database, sealed / "seals", trust, ClockAt(TUESDAY_TEN))
    around.registry.know(person(ADULT, children=(CHILD,)), child(CHILD, parents=(ADULT,)))
    around.register.attach(ADULT, attachment())
    around.register.attach(CHILD, attachment(doctor="D-9", kind="paediatrician"))
    return around
