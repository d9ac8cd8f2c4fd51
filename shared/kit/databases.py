"""A role and a database for each service, made with the server's own password (``python -m shared.kit.databases``).

For an operator's one-shot container: ``{package}.database_url`` and ``postgres_password`` lie in the folder of secrets.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import asyncpg
from sqlalchemy.engine import URL, make_url

from shared.kit.settings import SECRETS

ADMINISTRATOR: Final = "postgres"
# The statements carry passwords, so the server must not write them into its log, not even when one fails.
UNLOGGED: Final = {"log_statement": "none", "log_min_error_statement": "panic", "log_min_duration_statement": "-1"}


def database_url_of(package: str, secrets: Path = SECRETS) -> str:
    """Read the address that a package's service uses. Raises FileNotFoundError where the secret is not there."""
    return (secrets / f"{package}.database_url").read_text(encoding="utf-8").strip()


async def prepare(addresses: Sequence[str], password: str) -> None:
    """Make the role and the database that each address names; each role owns its database and may enter no other.

    May be repeated: what is there stays, and each role gets the password that its address has now.

    Args:
        addresses: ``postgresql://role:password@host:port/database``, all on one server.
        password: That of the server's administrator, ``postgres``.

    Raises:
        ValueError: An address lacks a part, or names the administrator.
    """
    urls = [_checked(address) for address in addresses]
    connection = await asyncpg.connect(_administrators(urls[0], password), server_settings=UNLOGGED)
    try:
        await connection.execute(f"REVOKE CONNECT ON DATABASE {ADMINISTRATOR}, template1 FROM PUBLIC")
        for url in urls:
            await _make(connection, url)
    finally:
        await connection.close()


async def _make(connection: asyncpg.Connection, url: URL) -> None:
    role = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", url.username)
    verb = "ALTER" if role else "CREATE"
    limits = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    await _say(connection, f"{verb} ROLE %1$I {limits} PASSWORD %2$L", url.username, url.password)
    if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", url.database):
        await _say(connection, "CREATE DATABASE %1$I OWNER %2$I STRATEGY WAL_LOG", url.database, url.username)
    await _say(connection, "REVOKE ALL ON DATABASE %1$I FROM PUBLIC", url.database)


async def _say(connection: asyncpg.Connection, statement: str, *parts: str | None) -> None:
    """Run a statement without parameters; the server itself quotes its parts (``%1$I`` a name, ``%2$L`` a text)."""
    await connection.execute(await connection.fetchval("SELECT format($1, VARIADIC $2::text[])", statement, parts))


def _checked(address: str) -> URL:
    url = make_url(address)
    if not (url.username and url.password and url.database):
        raise ValueError("A database's address has a role, a password and a database's name.")
    if url.username == ADMINISTRATOR:
        raise ValueError(f"A service does not connect as {ADMINISTRATOR}.")
    return url


def _administrators(url: URL, password: str) -> str:
    whole = url.set(username=ADMINISTRATOR, password=password, database=ADMINISTRATOR)
    return whole.render_as_string(hide_password=False)


def main(packages: Sequence[str]) -> None:
    """Prepare the databases of these packages by what the folder of secrets holds."""
    password = (SECRETS / "postgres_password").read_text(encoding="utf-8").strip()
    asyncio.run(prepare([database_url_of(package) for package in packages], password))


if __name__ == "__main__":
    main(sys.argv[1:])
