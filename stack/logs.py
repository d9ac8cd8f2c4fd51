"""`./run logs`: every process's lines in one stream, in the order of time, written for people."""

import heapq
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shared.law.hours import ALMATY
from stack.failures import NoSuchLog
from stack.layout import Layout

POLL_SECONDS = 0.2
FIRST = {"time", "process", "event", "level"}
_POSTGRES = re.compile(r"([0-9-]{10} [0-9:]{8}\.[0-9]{3}) UTC \[[0-9]+\] (.*)")


@dataclass(order=True, frozen=True, slots=True)
class Line:
    """One line of a log, made readable; ordered by its time (aware)."""

    at: datetime
    number: int
    text: str = field(compare=False)


class LogFile:
    """One process's log, read as far as it has been written."""

    def __init__(self, path: Path, ahead: timedelta) -> None:
        """`ahead` is how far the stack's clock is ahead of the machine's, by which PostgreSQL writes its lines."""
        self._path, self._ahead = path, ahead
        self._place = self._number = 0
        self._at = datetime.min.replace(tzinfo=ALMATY)

    def new_lines(self) -> Iterator[Line]:
        """Give the whole lines that were added since the last call."""
        with self._path.open("rb") as file:
            file.seek(self._place)
            added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._place += len(whole)
        for line in whole.decode(errors="replace").splitlines():
            self._number += 1
            self._at, text = self._read(line)
            yield Line(self._at, self._number, text)

    def _read(self, line: str) -> tuple[datetime, str]:
        """A line without a time (a traceback at a failed start) belongs to the one before it."""
        name = self._path.stem
        if found := _POSTGRES.match(line):
            at = datetime.fromisoformat(f"{found[1]}+00:00") + self._ahead
            return at, shown(at, name, found[2], {})
        try:
            told: dict[str, Any] = json.loads(line)
            at = datetime.fromisoformat(told["time"])
            event = told["event"] if told.get("level", "info") == "info" else f"{told['level'].upper()} {told['event']}"
            rest = {key: value for key, value in told.items() if key not in FIRST}
            return at, shown(at, name, event, rest)
        except (ValueError, KeyError, TypeError, AttributeError):
            return self._at, f"{'':13} {name:16} {line}"


def shown(at: datetime, process: str, event: str, fields: dict[str, Any]) -> str:
    """Write one event: Almaty's time of day, the process, the event, its fields."""
    clock = f"{at.astimezone(ALMATY):%H:%M:%S.%f}"[:-3]
    told = " ".join(f"{key}={value if isinstance(value, str) else json.dumps(value)}" for key, value in fields.items())
    return f"{clock:13} {process:16} {event}  {told}".rstrip()


def keep_offset(layout: Layout, ahead: timedelta) -> None:
    """Note beside the logs how far the stack's clock is ahead: PostgreSQL's lines carry the machine's time."""
    (layout.logs / "offset").write_text(repr(ahead.total_seconds()), encoding="ascii")


def _offset(layout: Layout) -> timedelta:
    try:
        return timedelta(seconds=float((layout.logs / "offset").read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta()


def show_logs(layout: Layout, process: str | None, *, follow: bool, write: Callable[[str], object] = print) -> None:
    """Write what the logs hold; with `follow`, go on with what is added until interrupted.

    Raises NoSuchLog.
    """
    paths = sorted(layout.logs.glob(f"{process or '*'}.log"))
    if not paths:
        known = ", ".join(path.stem for path in sorted(layout.logs.glob("*.log")))
        if not known:
            raise NoSuchLog("Nothing has run here yet, so there are no logs.")
        raise NoSuchLog(f"There is no log of {process}. There are: {known}.")
    ahead = _offset(layout)
    files = [LogFile(path, ahead) for path in paths]
    while True:
        for line in heapq.merge(*(file.new_lines() for file in files)):
            write(line.text)
        if not follow:
            return
        time.sleep(POLL_SECONDS)
