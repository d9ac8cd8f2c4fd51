"""One service as a child process: started, watched, started again when it dies, ended."""

import json
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stack.processes import Program, start_tethered

FIRST_PAUSE, LONGEST_PAUSE, SOUND_SECONDS = 0.5, 30.0, 30.0
"""Seconds before a dead child is started again (doubled each time), and how long it must live to count as sound."""
STOP_SECONDS = 15.0


@dataclass(slots=True, eq=False)
class Child:
    """A service's process; times are of the monotonic clock."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    pause: float = field(default=FIRST_PAUSE)

    def start(self) -> None:
        """Start it, its output added to its log."""
        with self.log.open("ab") as log:
            self.process = start_tethered(Program(self.command, self.environment), log)
        self.started_at, self.start_again_at = time.monotonic(), None

    def ended(self) -> int | None:
        """Give its exit status if it has ended by itself, else None."""
        return None if self.process is None else self.process.poll()

    def look_after(self) -> str | None:
        """Start it again, after a pause, if it has died; gives what happened, for a person, if anything did."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self.start()
                return f"{self.name} is started again."
            return None
        if (status := self.ended()) is None:
            return None
        if now - self.started_at > SOUND_SECONDS:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.start_again_at = now + pause
        return f"{self.name} ended ({how(status)}: {self.last_words()}); it is started again in {pause:g} s."

    def last_words(self) -> str:
        """Give the last thing that its log tells."""
        lines = [line for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
        return _readable(lines[-1]) if lines else "its log is empty"

    def ask_to_end(self) -> None:
        """Send SIGTERM: it answers what it has taken on and ends."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def await_end(self) -> None:
        """Wait for its end, and force it when it does not come."""
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def how(status: int) -> str:
    """Say an exit status: a negative one is a signal's number."""
    return f"by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _readable(line: str) -> str:
    try:
        told = json.loads(line)
        return f"{told['event']} {told.get('error', '')}".strip()
    except (ValueError, KeyError, TypeError):
        return line.strip()
