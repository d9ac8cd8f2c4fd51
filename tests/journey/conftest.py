"""The real stack for the journeys: seven processes and PostgreSQL, started by the launcher as a newcomer starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stack.layout import PROJECT, Layout
from stack.running import Running, find_running
from tests.ports import free_port_base
from tests.waiting import until

AT = "2026-11-24T10:00"
START_SECONDS = 120.0
"""A lot more than the twenty that a machine with nothing else to do needs."""


@dataclass
class RealStack:
    """A running stack, its launcher and its folder."""

    process: "subprocess.Popen[str]"
    layout: Layout
    running: Running

    @property
    def gateway(self) -> str:
        return self.running.urls["gateway"]


def start_stack(folder: Path, port_base: int) -> RealStack:
    layout = Layout(folder)
    command = [sys.executable, "-m", "stack", "--at", AT, "--data", str(folder), "--port-base", str(port_base)]
    with (folder.parent / f"{folder.name}.out").open("w") as out:
        process = subprocess.Popen(
            command, cwd=PROJECT, stdout=out, stderr=subprocess.STDOUT, text=True, env=_environment()
        )
    until(lambda: process.poll() is not None or find_running(layout) is not None, START_SECONDS)
    running = find_running(layout)
    assert running is not None, (folder.parent / f"{folder.name}.out").read_text()
    return RealStack(process, layout, running)


def _environment() -> dict[str, str]:
    """A small population is enough for a journey and starts sooner."""
    return {**os.environ, "POPULATION_SIZE": "500"}


@pytest.fixture(scope="session")
def real_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealStack]:
    stack = start_stack(tmp_path_factory.mktemp("journey") / "data", free_port_base())
    yield stack
    stack.process.send_signal(signal.SIGINT)
    stack.process.wait(60)
