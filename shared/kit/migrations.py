"""Bringing a service's database to the newest of its versions (``python -m shared.kit.migrations home_visit_svc``).

The address is in ``DATABASE_URL``; without it, and for several packages, in a secret for each: see ``databases``.
"""

import asyncio
import os
import sys
import threading
from importlib import import_module
from pathlib import Path

import asyncpg
from alembic import command, op
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from shared.kit.databases import database_url_of

ENVIRONMENT = Path(__file__).parent / "alembic_env"
# Alembic keeps the run at hand in module globals, so that one process runs one upgrade at a time.
_ONE_AT_A_TIME = threading.Lock()


async def upgrade(database_url: str, package_name: str) -> None:
    """Run the versions in ``{package}/migrations/versions`` that the database has not seen yet.

    All of them commit together or none does. Safe to call from several processes at once.
    """
    await asyncio.to_thread(upgrade_now, database_url, package_name)


def upgrade_now(database_url: str, package_name: str) -> None:
    """Do the same from a thread without an event loop."""
    with _ONE_AT_A_TIME:
        asyncio.run(_upgrade(database_url, package_name))


def run_script(sql: str) -> None:
    """Run several statements at once from within a version; the driver takes only one in ``op.execute``."""
    bind = op.get_bind()
    bind.execute(text("SELECT 1"))  # The driver's transaction begins with the first statement that it sees.
    driver = bind.connection.driver_connection
    if not isinstance(driver, asyncpg.Connection):
        raise TypeError("Versions run on asyncpg.")
    await_only(driver.execute(sql))


async def _upgrade(database_url: str, package_name: str) -> None:
    engine = create_async_engine(make_url(database_url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_to_head, _versions_of(package_name))
    finally:
        await engine.dispose()


def _to_head(connection: Connection, versions: Path) -> None:
    config = Config()
    config.set_main_option("script_location", _escaped(ENVIRONMENT))
    config.set_main_option("version_locations", _escaped(versions))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _versions_of(package_name: str) -> Path:
    location = import_module(package_name).__file__
    if location is None:
        raise ValueError(f"{package_name} is not a package with files.")
    return Path(location).parent / "migrations" / "versions"


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        upgrade_now(os.environ.get("DATABASE_URL") or database_url_of(name), name)
