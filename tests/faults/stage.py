"""The stage on which processes die: the real stack under a launcher that takes orders (see launched.py)."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg

from shared.kit.clock import SystemClock
from stack.layout import PROJECT, Layout
from stack.running import find_running
from tests.ports import free_port_base
from tests.waiting import until

NO_OTHERS: Final = "0"
"""The size of the population beside the demo people, who are there in any case."""
RECOVERY_SECONDS: Final = 60.0


class Stage:
    """A running stack and its orders; `close` ends it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        layout.root.mkdir(parents=True, exist_ok=True)
        self._errors = layout.root / "launcher.err"
        self._one_at_a_time = threading.Lock()
        command = [sys.executable, "-m", "tests.faults.launched", str(self.layout.root), str(free_port_base())]
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=os.environ | {"PYTHONPATH": str(PROJECT), "POPULATION_SIZE": NO_OTHERS},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,  # It ends when we do: its standard input ends then.
            )
        assert self._answer() == {"ready": True}
        running = find_running(self.layout)
        assert running is not None
        self.urls = running.urls
        self._clock = SystemClock(timedelta(seconds=running.clock_offset_seconds))

    def now(self) -> datetime:
        """Return the time in the stack."""
        return self._clock.now()

    def order(self, **order: Any) -> dict[str, Any]:
        """Give an order and return what came of it; blocks until it is carried out."""
        assert self.process.stdin is not None
        with self._one_at_a_time:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            return self._answer()

    def database_url(self, name: str) -> str:
        """Return the address of a process's database; it stays the same when PostgreSQL is started again."""
        lines = (self.layout.postgres / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()
        password = (self.layout.postgres / "password").read_text(encoding="ascii")
        return f"postgresql://postgres:{password}@127.0.0.1:{lines[3]}/{name}"

    def log_of(self, name: str) -> str:
        """Return what a process has logged."""
        return (self.layout.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def await_back(self, name: str) -> None:
        """Wait until the process is there again and takes connections."""
        back = self._postgres_is_back if name == "postgres" else lambda: self._listens(name)
        assert until(back, RECOVERY_SECONDS), f"{name} has not come back: {self.log_of(name)[-2000:]}"

    async def until_registered(self, service: str, request_ids: Sequence[str]) -> None:
        """Wait until the service (a process's name) has these requests in its journal."""
        connection = await asyncpg.connect(self.database_url(service))
        registered = "SELECT count(*) FROM requests WHERE request_id = ANY($1::uuid[])"
        try:
            async with asyncio.timeout(RECOVERY_SECONDS):
                while await connection.fetchval(registered, request_ids) < len(request_ids):  # noqa: ASYNC110 - another writes.
                    await asyncio.sleep(0.05)
        finally:
            await connection.close()

    def close(self) -> None:
        """End everything in order; safe to call twice."""
        assert self.process.stdin is not None
        if self.process.stdin.closed:
            return
        self.process.stdin.close()
        self.process.wait(90)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"The launcher has ended: {self._errors.read_text(encoding='utf-8')}"
        answer: dict[str, Any] = json.loads(line)
        assert "failure" not in answer, answer
        return answer

    def _listens(self, name: str) -> bool:
        port = int(self.urls[name].rpartition(":")[2])
        with closing(socket.socket()) as probe:
            probe.settimeout(1.0)
            return self.order(processes=True)[name] is not None and probe.connect_ex(("127.0.0.1", port)) == 0

    def _postgres_is_back(self) -> bool:
        lock = self.layout.postgres / "data" / "postmaster.pid"
        lines = lock.read_text(encoding="ascii").splitlines() if lock.exists() else []
        process_id = self.order(processes=True)["postgres"]
        return len(lines) > 7 and lines[0] == str(process_id) and lines[7].strip() == "ready"
