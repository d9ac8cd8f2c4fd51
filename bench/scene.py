"""What the programs beside ours are told: the same keys and PostgreSQL, ports and a database of their own."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import asyncpg

from bench.wire import Address, open_line
from shared.kit.clock import SystemClock
from stack.layout import PROJECT, Layout
from stack.processes import Program, start_tethered

ROLES: Final = ("gateway", "home_visit", "attachment", "person_registry")
"""The processes that a request passes, as in the stack; they listen on ports side by side."""
START_SECONDS: Final = 30.0
VARIABLE: Final = "BENCH_SCENE"


class NotStarted(Exception):
    """A program beside ours did not come up; the message names its log."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where keys lie and databases are, and where each role listens; the same clock as the stack's."""

    data: str
    database: str
    first_port: int
    clock_offset_seconds: float

    @property
    def layout(self) -> Layout:
        """The stack's data folder."""
        return Layout(Path(self.data))

    @property
    def clock(self) -> SystemClock:
        """The time as the stack has it."""
        return SystemClock(timedelta(seconds=self.clock_offset_seconds))

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return self.clock.now()

    def port_of(self, role: str) -> int:
        """Return the port on which a role listens."""
        return self.first_port + ROLES.index(role)

    def url_of(self, role: str) -> str:
        """Return the address of a role."""
        return f"http://127.0.0.1:{self.port_of(role)}"

    def variables(self) -> dict[str, str]:
        """Return the scene as the environment of a process."""
        return {VARIABLE: json.dumps(asdict(self))}


def scene_of_environment() -> Scene:
    """Return the scene that this process was started in."""
    return Scene(**json.loads(os.environ[VARIABLE]))


@contextmanager
def started(scene: Scene, commands: Mapping[str, list[str]], log: Path) -> Iterator[dict[str, int]]:
    """Run a process a role for the length of a `with`; gives their process ids by role. Raises NotStarted."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | scene.variables()
    environment |= {"PYTHONPATH": str(PROJECT), "PYTHONTZPATH": "", "LANG": "C.UTF-8"}
    processes = {}
    with log.open("ab") as out:
        for role, command in commands.items():
            processes[role] = start_tethered(Program([sys.executable, *command], environment), out)
    try:
        for role in commands:
            asyncio.run(_await_listening(Address(scene.port_of(role)), log))
        yield {role: process.pid for role, process in processes.items()}
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait()


async def _await_listening(address: Address, log: Path) -> None:
    try:
        async with asyncio.timeout(START_SECONDS):
            while True:
                try:
                    (await open_line(address)).close()
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    return
    except TimeoutError:
        raise NotStarted(f"Port {address.port} stays silent: see {log.name}.") from None


async def create_database(server: str, name: str, tables: str) -> str:
    """Create a database with these tables, anew; returns its address."""
    connection = await asyncpg.connect(f"{server}/postgres")
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    connection = await asyncpg.connect(f"{server}/{name}")
    await connection.execute(tables)
    await connection.close()
    return f"{server}/{name}"
