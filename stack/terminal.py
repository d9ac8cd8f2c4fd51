"""Tells the person at the terminal how things go, and keeps the same lines in the stack's own log."""

import json
import os
import sys
import time
from pathlib import Path

from shared.kit.clock import Clock


class Terminal:
    """Lines with the seconds since the start."""

    def __init__(self) -> None:
        """Count from when the person pressed Enter, if ./run has noted it."""
        self._begun = float(os.environ.get("RUN_BEGUN", time.monotonic()))
        self._log: tuple[Path, Clock] | None = None

    def also_into(self, log: Path, clock: Clock) -> None:
        """Keep the lines in this file as well, one JSON object a line, like the services' own."""
        self._log = log, clock

    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begun

    def tell(self, line: str) -> None:
        """Tell how far it is."""
        print(f"{self.seconds():6.1f} s  {line}", flush=True)
        self._keep("info", line)

    def warn(self, line: str) -> None:
        """Tell what has gone wrong."""
        print(line, file=sys.stderr, flush=True)
        self._keep("warning", line)

    def say(self, line: str = "") -> None:
        """Say something that is for the person only."""
        print(line, flush=True)

    def _keep(self, level: str, line: str) -> None:
        if self._log is None:
            return
        path, clock = self._log
        told = {"time": clock.now().isoformat(timespec="milliseconds"), "level": level, "event": line}
        with path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(told | {"process": "stack"}, ensure_ascii=False) + "\n")
