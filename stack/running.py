"""One stack a data folder: the lock that says so, and run.json, by which other programs find the stack that runs."""

import fcntl
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from stack.failures import AlreadyRunning
from stack.layout import Layout

PAUSES = (0.01, 0.05, 0.1, 0.1)


@dataclass(frozen=True, slots=True)
class Running:
    """What runs: the launcher's process id, the services' URLs by name, how far the clock is ahead (seconds)."""

    process_id: int
    urls: Mapping[str, str]
    clock_offset_seconds: float

    def write(self, layout: Layout) -> None:
        """Write run.json whole: a reader sees all of it or none."""
        new = layout.run_file.with_suffix(".new")
        new.write_text(json.dumps(asdict(self) | {"urls": dict(self.urls)}, indent=2), encoding="utf-8")
        new.replace(layout.run_file)


def find_running(layout: Layout) -> Running | None:
    """Give the stack that runs over this data folder and is ready, or None."""
    try:
        with layout.lock.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return _read(layout.run_file)
    # Nobody holds the lock: run.json, if there is one, was left behind by kill -9.
    return None


def hold(layout: Layout) -> IO[str]:
    """Take the data folder for this process; the kernel lets go of it when the process ends. Raises AlreadyRunning."""
    layout.root.mkdir(parents=True, exist_ok=True)
    lock = layout.lock.open("a+")
    if not _taken(lock):
        lock.seek(0)
        holder = lock.read().strip() or "another one"
        lock.close()
        running = _read(layout.run_file)
        at = f" at {running.urls['gateway']}" if running and "gateway" in running.urls else ""
        raise AlreadyRunning(f"It runs already{at}: end that one first, with Ctrl-C or by kill {holder}.")
    # What a killed launcher left behind says nothing of the stack that starts now.
    layout.run_file.unlink(missing_ok=True)
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _taken(lock: IO[str]) -> bool:
    """Take the lock; one who only looks whether something runs holds it for a moment, and is waited for."""
    for pause in PAUSES:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(pause)
        else:
            return True
    return False


def _read(path: Path) -> Running | None:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Running(told["process_id"], told["urls"], told["clock_offset_seconds"])
    except (FileNotFoundError, ValueError, KeyError):
        return None
