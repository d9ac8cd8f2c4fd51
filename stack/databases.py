"""One database a service on the one server: created if missing, brought to its newest version."""

from collections.abc import Sequence

import asyncpg

from shared.kit.migrations import upgrade
from stack.roster import Service


async def prepare_databases(address: str, services: Sequence[Service]) -> None:
    """Create what is missing and migrate all. `address` is the server's, without a database's name."""
    connection = await asyncpg.connect(f"{address}/postgres")
    try:
        there = {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
        for service in services:
            if service.name not in there:
                await connection.execute(f'CREATE DATABASE "{service.name}" STRATEGY WAL_LOG')
    finally:
        await connection.close()
    for service in services:
        await upgrade(f"{address}/{service.name}", service.package)
