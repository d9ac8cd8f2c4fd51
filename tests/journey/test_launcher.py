"""The launcher itself: what it leaves behind when it is killed, and when it is started twice."""

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from stack.layout import PROJECT
from tests.journey.conftest import RealStack, start_stack
from tests.waiting import lives, until


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Descendants are found in /proc.")
def test_kill_9_of_the_launcher_leaves_no_process_and_the_data_are_kept(tmp_path: Path) -> None:
    stack = start_stack(tmp_path / "data", 18100)
    family = _descendants(stack.process.pid)
    try:
        assert len(family) >= 8
        assert httpx2.get(stack.gateway + "/readyz", trust_env=False).status_code == 200
    finally:
        stack.process.send_signal(signal.SIGKILL)
        stack.process.wait()
    assert until(lambda: not any(lives(one) for one in family)), [one for one in family if lives(one)]
    again = start_stack(tmp_path / "data", 18100)
    try:
        assert httpx2.get(again.gateway + "/readyz", trust_env=False).status_code == 200
    finally:
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(60) == 0


def test_a_second_start_over_the_same_data_says_so_in_one_line(real_stack: RealStack) -> None:
    command = [sys.executable, "-m", "stack", "--data", str(real_stack.layout.root), "--port-base", "18200"]
    second = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert "It runs already" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_taken_port_is_told_in_one_line_with_advice(real_stack: RealStack, tmp_path: Path) -> None:
    port = real_stack.gateway.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "stack", "--data", str(tmp_path / "other"), "--port-base", port]
    refused = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 1
    assert "--port-base" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def _descendants(process_id: int) -> set[int]:
    """Return the process ids of everything that this one started, directly or not."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            stat = entry.read_text(encoding="ascii", errors="replace")
            parents[int(entry.parent.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {process_id}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process_id}
