"""Real PostgreSQL, really migrated, for tests: one server a session, one template a package, one copy a test file."""

import asyncio
import threading
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from shared.kit.migrations import upgrade_now
from stack.postgres import PostgresServer


class Databases:
    """Copies of migrated databases on a server that keeps nothing; addresses are ``postgresql://user:…@host:port/name``."""

    def __init__(self, folder: Path) -> None:
        self._server = PostgresServer(folder, durable=False)
        self._address = self._server.start()
        self._templates: dict[str, str] = {}
        self._numbers = count(1)

    def copy_for(self, package: str) -> str:
        """Create a new database with the package's migrations applied; gives its address."""
        if package not in self._templates:
            template = f"template_{package}"
            self._say(f'CREATE DATABASE "{template}"')
            _apart(asyncio.to_thread(upgrade_now, self._url(template), package))
            self._templates[package] = template
        return self._create(f' TEMPLATE "{self._templates[package]}" STRATEGY WAL_LOG')

    def empty(self) -> str:
        """Create a new database without any table; gives its address."""
        return self._create("")

    def drop(self, url: str) -> None:
        """Drop a database, cutting whatever is still connected to it."""
        self._say(f'DROP DATABASE "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def stop(self) -> None:
        """End the server."""
        self._server.stop()

    def _create(self, how: str) -> str:
        name = f"copy_{next(self._numbers)}"
        self._say(f'CREATE DATABASE "{name}"{how}')
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"{self._address}/{name}"

    def _say(self, sql: str) -> None:
        async def say() -> None:
            connection = await asyncpg.connect(self._url("postgres"))
            try:
                await connection.execute(sql)
            finally:
                await connection.close()

        _apart(say())


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run the coroutine to its end in a thread of its own, so that it may be asked for from within a running loop."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as failure:  # noqa: BLE001 - it is raised again where it was asked for.
            failures.append(failure)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    for failure in failures:
        raise failure
