"""Reads what PostgreSQL leaves in its folder and log: is it ready, does an earlier one still run, why did it fail."""

import subprocess
import time
from pathlib import Path

from stack.failures import PostgresFailed

STATUS_LINE = 7
PREDECESSOR_SECONDS = 15.0


def is_ready(data: Path, process_id: int) -> bool:
    """Tell by postmaster.pid whether the server with this process id takes connections."""
    lines = _lock_lines(data)
    return len(lines) > STATUS_LINE and lines[0] == str(process_id) and lines[STATUS_LINE].strip() == "ready"


def await_predecessor(data: Path) -> None:
    """Wait for an earlier server over this folder to end, and take away the lock file that a dead one has left.

    PostgreSQL itself would refuse to start when the dead server's process id belongs to some other program by now.
    Raises PostgresFailed when the earlier server goes on.
    """
    until = time.monotonic() + PREDECESSOR_SECONDS
    while lines := _lock_lines(data):
        if not _serves(int(lines[0]), data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
        if time.monotonic() > until:
            raise PostgresFailed(
                f"PostgreSQL (process {lines[0]}) still runs over {data}: end it with 'kill -INT {lines[0]}'."
            )
        time.sleep(0.05)


def _lock_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _serves(process_id: int, data: Path) -> bool:
    """Tell whether the process is a server over this folder: its command names the folder."""
    if Path("/proc/self/cmdline").exists():
        try:
            return str(data).encode() in Path(f"/proc/{process_id}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
    answer = subprocess.run(["ps", "-o", "args=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return str(data) in answer.stdout


def last_words(log: Path) -> str:
    """Give the last error that the log tells, or its last line."""
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines[-20:] if "FATAL" in line or "error" in line.lower()]
    return (errors or lines or ["it says nothing"])[-1]
