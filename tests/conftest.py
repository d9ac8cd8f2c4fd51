"""Fixtures that every test may ask for: `database_of(package)` and `empty_database()`."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.database import Databases
from tests.programs import pytest_runtest_makereport as pytest_runtest_makereport  # noqa: PLC0414 - a hook of pytest.


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run under fire (tests/faults) be longer than the short form that every test run has."""
    faults = parser.getgroup("faults")
    faults.addoption("--faults-long", action="store_true", help="300 requests, 24 kills, every broken build")
    faults.addoption("--faults-seed", type=int, default=3561, help="what the moments of the kills are drawn by")
    hostile = parser.getgroup("hostile")
    hostile.addoption(
        "--hostile-all", action="store_true", help="every hostile value in every place, not one in nineteen"
    )


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]  # xdist says nothing of its types.
    """Keeps a folder's tests in one process, in their order: they share what is dear to start.

    xdist has ``loadgroup`` for this, but with pytest 9.2 its version 3.8 takes no notice of the groups.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0].rpartition("/")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """Let xdist give out whole folders, the largest first."""
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """One PostgreSQL server for the whole session, started when the first test asks for a database."""
    folder = tmp_path_factory.mktemp("postgres")
    databases = Databases(folder)
    yield databases
    databases.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def database_of(databases: Databases) -> Iterator[Callable[[str], str]]:
    """Give the address of a package's migrated database, the same one to every test of the file, dropped after it.

    ``Database(database_of("home_visit_svc"))`` or ``await asyncpg.connect(database_of("home_visit_svc"))``.
    """
    made: dict[str, str] = {}

    def database_of(package: str) -> str:
        if package not in made:
            made[package] = databases.copy_for(package)
        return made[package]

    yield database_of
    for url in made.values():
        databases.drop(url)


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[str]:
    """Give the address of a new database without tables, for one test."""
    url = databases.empty()
    yield url
    databases.drop(url)
