"""An installation's databases: each role owns its own, enters no other, and is no more than an ordinary user."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url

from shared.kit.databases import database_url_of, prepare
from shared.kit.migrations import upgrade

ROLES = ("trial_gateway", "trial_clinic")


@pytest.fixture
def server(empty_database: str) -> Iterator[URL]:
    """The address of the test server's administrator; what the test has made is taken away after it."""
    url = make_url(empty_database)
    yield url
    asyncio.run(_clear(empty_database))


async def _clear(url: str) -> None:
    connection = await asyncpg.connect(url)
    for role in ROLES:
        await connection.execute(f"DROP DATABASE IF EXISTS {role} WITH (FORCE)")
        await connection.execute(f"DROP ROLE IF EXISTS {role}")
    await connection.close()


AWKWARD = "о'пароль %I"


def address(server: URL, role: str, password: str = AWKWARD) -> str:
    return server.set(username=role, password=password, database=role).render_as_string(hide_password=False)


async def test_each_role_owns_its_database_and_enters_no_other(server: URL) -> None:
    addresses = [address(server, role) for role in ROLES]
    await prepare(addresses, str(server.password))
    await prepare(addresses, str(server.password))
    await upgrade(addresses[0], "gateway")
    for other in (ROLES[1], "postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(make_url(addresses[0]).set(database=other).render_as_string(hide_password=False))
    connection = await asyncpg.connect(addresses[0])
    query = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = $1"
    assert set(await connection.fetchrow(query, ROLES[0])) == {False}
    assert await connection.fetchval("SELECT count(*) FROM accounts") == 0
    await connection.close()


async def test_a_new_password_in_the_address_becomes_the_roles(server: URL) -> None:
    await prepare([address(server, ROLES[0])], str(server.password))
    await prepare([address(server, ROLES[0], "another")], str(server.password))
    await (await asyncpg.connect(address(server, ROLES[0], "another"))).close()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address(server, ROLES[0]))


@pytest.mark.parametrize("username", ["postgres", None])
async def test_an_address_of_the_administrator_or_of_nobody_is_refused(server: URL, username: str | None) -> None:
    wrong = server.set(username=username).render_as_string(hide_password=False)
    with pytest.raises(ValueError, match=r"connect as postgres|has a role"):
        await prepare([wrong], str(server.password))


def test_the_address_is_a_secret_of_its_package(tmp_path: Path) -> None:
    (tmp_path / "home_visit_svc.database_url").write_text("postgresql://a:b@c/d\n", encoding="utf-8")
    assert database_url_of("home_visit_svc", tmp_path) == "postgresql://a:b@c/d"
    with pytest.raises(FileNotFoundError):
        database_url_of("gateway", tmp_path)
