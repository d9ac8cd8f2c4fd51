"""The launcher with stand-ins for services: it starts all, tells who runs, looks after them, leaves nothing."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from stack.environment import Surroundings, environment_of
from stack.layout import PROJECT, Layout
from stack.logs import show_logs
from stack.roster import ROSTER
from stack.running import Running, find_running
from tests.ports import free_port_base
from tests.waiting import lives, until

LIMIT = 60


class Launched:
    """One launcher in a process of its own."""

    def __init__(self, data: Path, port_base: int) -> None:
        self.layout, self.port_base = Layout(data), port_base
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.stack.standin", str(data), str(port_base)],
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def await_ready(self) -> list[str]:
        """Give the lines that it told until all was ready."""
        assert self.process.stdout is not None
        told: list[str] = []
        for line in self.process.stdout:
            if line == "READY\n":
                return told
            told.append(line)
        raise AssertionError(f"It did not start: {told} {self.process.communicate()[1]}")

    def ask(self, offset: int) -> dict[str, Any]:
        """Ask the stand-in on this port."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port_base + offset}/", timeout=5) as answer:
            told: dict[str, Any] = json.load(answer)
            return told

    def process_ids(self) -> list[int]:
        """Give the process ids of all that it has started."""
        server = (self.layout.postgres / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0]
        return [int(server), *(self.ask(offset)["process_id"] for offset in (0, 1, 11))]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launched]:
    launched = Launched(tmp_path_factory.mktemp("stack") / "data", free_port_base())
    with launched.process:
        launched.await_ready()
        yield launched
        launched.process.terminate()


def test_run_json_tells_others_where_everything_is(launched: Launched) -> None:
    running = find_running(launched.layout)
    assert isinstance(running, Running)
    assert running.process_id == launched.process.pid
    assert running.urls["gateway"] == f"http://127.0.0.1:{launched.port_base}"
    assert launched.ask(0)["offset"] == repr(running.clock_offset_seconds)


def test_time_zones_come_from_the_locked_package(launched: Launched) -> None:
    assert launched.ask(0)["zones"] == ""


def test_a_second_launcher_says_so_and_leaves(launched: Launched) -> None:
    second = Launched(launched.layout.root, launched.port_base)
    _, told = second.process.communicate(timeout=LIMIT)
    assert second.process.returncode == 1
    address = f"http://127.0.0.1:{launched.port_base}"
    assert told == f"It runs already at {address}: end that one first, with Ctrl-C or by kill {launched.process.pid}.\n"


def test_a_taken_port_is_named_with_the_way_out(launched: Launched, tmp_path: Path) -> None:
    other = Launched(tmp_path / "data", launched.port_base)
    _, told = other.process.communicate(timeout=LIMIT)
    assert other.process.returncode == 1
    assert re.fullmatch(rf"Port {launched.port_base} \(for gateway\) cannot be had .* ./run --port-base 18000\n", told)


def test_a_service_that_dies_is_started_again(launched: Launched) -> None:
    before = launched.ask(1)["process_id"]
    os.kill(before, signal.SIGKILL)

    def is_back() -> bool:
        try:
            return bool(launched.ask(1)["process_id"] != before)
        except OSError:
            return False

    assert until(is_back)
    shown: list[str] = []
    show_logs(launched.layout, "stack", follow=False, write=shown.append)
    assert any("home_visit ended (by SIGKILL" in line for line in shown)


async def test_postgres_that_dies_is_started_again_under_the_same_address(launched: Launched) -> None:
    lock = launched.layout.postgres / "data" / "postmaster.pid"
    before, port = (lock.read_text(encoding="ascii").splitlines()[place] for place in (0, 3))
    os.kill(int(before), signal.SIGKILL)

    def is_back() -> bool:
        lines = lock.read_text(encoding="ascii").splitlines() if lock.exists() else []
        return len(lines) > 7 and lines[0] != before and lines[7].strip() == "ready"

    assert until(is_back)
    password = (launched.layout.postgres / "password").read_text(encoding="ascii")
    connection = await asyncpg.connect(f"postgresql://postgres:{password}@127.0.0.1:{port}/home_visit")
    assert await connection.fetchval("SELECT count(*) FROM kept") == 0
    await connection.close()


def test_postgres_that_cannot_be_started_again_at_once_is_tried_until_it_can(launched: Launched) -> None:
    lock = launched.layout.postgres / "data" / "postmaster.pid"
    before, port = (lock.read_text(encoding="ascii").splitlines()[place] for place in (0, 3))

    def told() -> bool:
        shown: list[str] = []
        show_logs(launched.layout, "stack", follow=False, write=shown.append)
        return any("PostgreSQL does not start" in line for line in shown)

    with socket.socket() as in_its_place:
        in_its_place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        os.kill(int(before), signal.SIGKILL)
        assert until(lambda: _takes(in_its_place, int(port)))
        assert until(told)
    assert until(lambda: lock.exists() and lock.read_text(encoding="ascii").splitlines()[7:] == ["ready   "])


def _takes(place: socket.socket, port: int) -> bool:
    try:
        place.bind(("127.0.0.1", port))
    except OSError:
        return False
    place.listen()
    return True


def test_logs_are_shown_together_in_the_order_of_time(launched: Launched) -> None:
    shown: list[str] = []
    show_logs(launched.layout, None, follow=False, write=shown.append)
    assert {"gateway", "home_visit", "nca", "postgres", "stack"} <= {line[14:30].strip() for line in shown}
    times = [line[:12] for line in shown if line[:12].strip()]
    assert times == sorted(times)


def test_only_the_owner_may_read_keys(launched: Launched) -> None:
    keys = [*launched.layout.root.glob("**/*.key.pem"), *launched.layout.demo.glob("*.pem")]
    assert len(keys) > 40
    assert {key.stat().st_mode & 0o077 for key in [*keys, launched.layout.postgres / "password"]} == {0}


def test_kill_9_of_the_launcher_leaves_nothing_and_the_next_start_works(tmp_path: Path) -> None:
    first = Launched(tmp_path / "data", free_port_base())
    with first.process:
        told = first.await_ready()
        started = first.process_ids()
        first.process.kill()
    assert told[-1].endswith(f"loaded at 2026-11-24 05 by http://127.0.0.1:{first.port_base}\n")
    assert until(lambda: not any(map(lives, started)))
    assert find_running(first.layout) is None
    second = Launched(tmp_path / "data", first.port_base)
    with second.process:
        second.await_ready()
        started = second.process_ids()
        second.process.send_signal(signal.SIGTERM)
        second.process.wait(LIMIT)
    assert second.process.returncode == 0
    assert not any(map(lives, started))
    assert not second.layout.run_file.exists()
    for name in ("gateway", "home_visit", "nca"):
        last = (second.layout.logs / f"{name}.log").read_text(encoding="utf-8").splitlines()[-1]
        assert json.loads(last)["event"] == "ends"


def test_a_service_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    broken = Launched(tmp_path / "broken" / "data", free_port_base())
    _, told = broken.process.communicate(timeout=LIMIT)
    assert broken.process.returncode == 1
    assert re.match(r"\w+ ended \(exit status 1\): RuntimeError: asked to break \(all of it: .*\.log\)\n", told)


def test_every_service_gets_only_its_own_database(tmp_path: Path) -> None:
    around = Surroundings(Layout(tmp_path), 8000, "postgresql://u:p@127.0.0.1:1", 0.0)
    told = {service.name: environment_of(service, around).get("DATABASE_URL") for service in ROSTER}
    assert told == {
        "gateway": "postgresql://u:p@127.0.0.1:1/gateway",
        "home_visit": "postgresql://u:p@127.0.0.1:1/home_visit",
        "appointment": "postgresql://u:p@127.0.0.1:1/appointment",
        "attachment": "postgresql://u:p@127.0.0.1:1/attachment",
        "diploma": "postgresql://u:p@127.0.0.1:1/diploma",
        "person_registry": None,
        "nca": None,
    }
