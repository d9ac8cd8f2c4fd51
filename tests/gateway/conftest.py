"""The gateway for tests: one authority a session, one database a file, one world a test."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.app import create_app
from gateway.passwords import Passwords
from gateway.settings import GatewaySettings
from gateway.tokens import AccessTokens
from gateway.workers import Workers
from gateway.world import World
from nca_stub.authority import create_authority
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from shared.kit.database import Database
from shared.kit.http import HttpClient
from tests.fakes import ClockAt
from tests.gateway.portal import AIGUL, NOW, SERIK, Keys, Portal, Registry, person


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The certification authority and everybody's signing keys."""
    return Keys(create_authority(tmp_path_factory.mktemp("authority"), NOW))


@pytest.fixture(scope="session")
def trust(keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """The authority, pinned."""
    folder: Path = tmp_path_factory.mktemp("trust")
    keys.authority.write_trust(folder)
    return Trust.from_folder(folder)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Threads for hashing and checking."""
    workers = Workers("test", threads=2, waiting=256)
    yield workers
    workers.close()


@pytest.fixture(scope="session")
def passwords(workers: Workers) -> Passwords:
    return Passwords(workers)


@pytest.fixture
async def portal(  # noqa: PLR0913, PLR0917 - a fixture asks for its parts by name.
    database_of: Callable[[str], str], keys: Keys, trust: Trust, workers: Workers, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Portal]:
    """The gateway at Tuesday, 10:00 in Almaty; the registry knows Aigul and Serik; nobody is registered."""
    settings = GatewaySettings(database_url=database_of("gateway"))
    clock, registry = ClockAt(NOW), Registry()
    database, http = Database(settings.database_url), HttpClient(clock)
    world = World(
        settings=settings,
        clock=clock,
        database=database,
        http=http,
        registry=registry,
        trust=trust,
        revocation=CrlStore(trust, tmp_path / "crl"),
        tokens=AccessTokens(ec.generate_private_key(ec.SECP256R1()), issuer="portal", audience="api"),
        passwords=passwords,
        signature_workers=workers,
    )
    for iin in (AIGUL, SERIK):
        registry.add(person(iin))
    app = create_app(settings, clock)
    app.state.world = world
    portal = Portal(app, world, clock, registry, keys)
    portal.take_lists()
    async with database.connection() as c:
        await c.execute("TRUNCATE accounts, challenges, login_tallies, employees, scans CASCADE")
    yield portal
    await database.close()
    await http.close()
