"""Starts the whole system in order, looks after it, and ends it in order."""

import asyncio
import contextlib
import os
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from shared.kit.clock import Clock, SystemClock
from stack.children import Child
from stack.databases import prepare_databases
from stack.demo_data import load_demo_data
from stack.environment import Surroundings, environment_of
from stack.failures import PostgresFailed
from stack.layout import Layout
from stack.logs import keep_offset
from stack.material import make_material
from stack.ports import check_ports
from stack.postgres import PostgresServer
from stack.readiness import await_ready
from stack.roster import DEFAULT_PORT_BASE, ROSTER, Service
from stack.running import Running, hold
from stack.starting_time import offset_to
from stack.terminal import Terminal

WATCH_SECONDS = 0.2
DRAIN_SECONDS = 8
"""How long a service that is told to end may go on answering what it has taken on."""
GUARD = "shared.kit.server:GuardedProtocol"


@dataclass(frozen=True)
class Options:
    """How a stack is started: from which time on (None: now), with old data or without, on which ports, where."""

    at: datetime | None = None
    fresh: bool = False
    port_base: int = DEFAULT_PORT_BASE
    layout: Layout = field(default_factory=Layout)
    roster: Sequence[Service] = ROSTER
    load: Callable[[Surroundings, Clock], Awaitable[list[str]]] = load_demo_data
    """What brings the demo data in when all is ready."""


class Stack:
    """The running system; one a data folder. `running` and `seconds` (it took) are there after `start`."""

    running: Running
    seconds: float

    def __init__(self, options: Options, terminal: Terminal, clock: SystemClock, postgres: PostgresServer) -> None:
        """Know what to start; see `run_stack`, which starts it and is sure to end it."""
        self.layout = options.layout
        self.clock = clock
        self._options, self._terminal, self._postgres = options, terminal, postgres
        self._children: dict[Child, Service] = {}

    def start(self) -> None:
        """Start everything; returns when all of it is ready. Each failure is an exception with one line of advice."""
        with ThreadPoolExecutor(1) as aside:
            # Keys take processor time, PostgreSQL takes disk time: side by side they take the longer of the two.
            material = aside.submit(make_material, self.layout, self.clock)
            address = self._postgres.start()
            self._terminal.tell(f"PostgreSQL is ready on port {self._postgres.port}")
            material.result()
        self._terminal.tell("keys, certificates and seals are there")
        asyncio.run(prepare_databases(address, [service for service in self._options.roster if service.database]))
        self._terminal.tell("databases are up to date")
        ahead = self.clock.offset.total_seconds()
        around = Surroundings(self.layout, self._options.port_base, address, ahead)
        self._start_children(around)
        for line in asyncio.run(self._load(around)):
            self._terminal.tell(line)
        self.running = Running(os.getpid(), around.urls(), ahead)
        self.running.write(self.layout)
        self.seconds = self._terminal.seconds()

    def look_after(self) -> NoReturn:
        """Watch until interrupted: whatever dies is started again."""
        while True:
            self.look_after_postgres()
            for child in self._children:
                if told := child.look_after():
                    self._terminal.warn(told)
            time.sleep(WATCH_SECONDS)

    def look_after_postgres(self) -> None:
        """Start PostgreSQL again if it has died; where that fails it is tried again at the next look."""
        if (server := self._postgres.process) is None or server.poll() is None:
            return
        self._terminal.warn("PostgreSQL ended; it is started again.")
        try:
            self._postgres.start()
        except PostgresFailed as failure:
            self._terminal.warn(str(failure))

    def stop(self) -> None:
        """End everything: the only door from outside first, then the services, then whom they ask, PostgreSQL last."""
        self.layout.run_file.unlink(missing_ok=True)
        for group in (range(1), range(1, 10), range(10, 100)):
            ending = [child for child, service in self._children.items() if service.offset in group]
            for child in ending:
                child.ask_to_end()
            for child in ending:
                child.await_end()
        self._postgres.stop()

    def process_ids(self) -> dict[str, int]:
        """Give the process id of every process that runs now, by its name; PostgreSQL's is `postgres`."""
        processes = {child.name: child.process for child in self._children} | {"postgres": self._postgres.process}
        return {name: process.pid for name, process in processes.items() if process is not None}

    @property
    def database_address(self) -> str:
        """PostgreSQL's address, with its password and without a database's name."""
        return self._postgres.address

    async def _load(self, around: Surroundings) -> list[str]:
        return await self._options.load(around, self.clock)

    def _start_children(self, around: Surroundings) -> None:
        for service in self._options.roster:
            log = self.layout.logs / f"{service.name}.log"
            child = Child(service.name, command_of(service, around), environment_of(service, around), log)
            self._children[child] = service
            child.start()
        ports = {child: around.port_of(service) for child, service in self._children.items()}
        await_ready(ports, lambda child: self._terminal.tell(f"{child.name} is ready on port {ports[child]}"))


def command_of(service: Service, around: Surroundings) -> list[str]:
    """Give the command that runs one service."""
    command = [sys.executable, "-m", "uvicorn", "--factory", service.factory, "--host", "127.0.0.1"]
    command += ["--port", str(around.port_of(service)), "--loop", "uvloop", "--http", GUARD]
    command += ["--no-access-log", "--no-proxy-headers", "--log-level", "warning", "--no-server-header"]
    return [*command, "--timeout-graceful-shutdown", str(DRAIN_SECONDS)]


@contextlib.contextmanager
def run_stack(options: Options, terminal: Terminal) -> Iterator[Stack]:
    """Start a stack for the length of a `with`; whatever happens in it, everything is ended after it.

    Raises AlreadyRunning, PortTaken, NotReady, or PostgreSQL's exceptions, each with one line of advice.
    """
    layout = options.layout
    with hold(layout):
        check_ports([(service.name, options.port_base + service.offset) for service in options.roster])
        if options.fresh:
            _clear(layout)
        _turn_logs(layout)
        clock = SystemClock(offset_to(options.at, SystemClock()))
        keep_offset(layout, clock.offset)
        terminal.also_into(layout.logs / "stack.log", clock)
        stack = Stack(options, terminal, clock, PostgresServer(layout.postgres, log=layout.logs / "postgres.log"))
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


def _clear(layout: Layout) -> None:
    """Take everything away but the lock that we hold."""
    for path in layout.root.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != ".lock":
            path.unlink()


def _turn_logs(layout: Layout) -> None:
    """Begin new logs, keeping the last run's beside them."""
    layout.logs.mkdir(exist_ok=True)
    for log in layout.logs.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))
