"""A started program never outlives the process that started it, on Linux and by the way of other systems."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stack.accounts import Account, closed_folder
from stack.layout import PROJECT
from tests.waiting import lives, until

OWNER = """
import os, signal, sys, time
from pathlib import Path
from stack.processes import Program, start_tethered
by_pipe, log = sys.argv[1] == "pipe", Path(sys.argv[2])
sleeper = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
with log.open("ab") as out:
    child = start_tethered(Program(sleeper, os.environ, None, signal.SIGTERM), out, by_pipe=by_pipe)
print(child.pid, flush=True)
sys.stdin.readline()
"""


WEAK_ROOT = """
import ctypes, sys
from pathlib import Path
from stack.accounts import account_for
from stack.failures import NoWayForServer
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(0xF8, 0xF8, 0, 0, 0, 0)
assert ctypes.CDLL(None).capset(header, sets) == 0
try:
    account_for(Path(sys.argv[1]), Path(sys.executable))
except NoWayForServer as advice:
    print(advice)
"""


@pytest.mark.parametrize("way", ["kernel", "pipe"])
@pytest.mark.parametrize("last", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_when_its_owner_is_killed(tmp_path: Path, way: str, last: signal.Signals) -> None:
    if way == "kernel" and sys.platform != "linux":
        pytest.skip("Only Linux tells a child of its parent's death.")
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, way, str(tmp_path / "log")],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with owner:
        assert owner.stdout is not None
        child = int(owner.stdout.readline())
        assert until(lambda: (tmp_path / "log").read_bytes() == b"up\n")
        assert lives(child)
        owner.send_signal(last)
    assert until(lambda: not lives(child))
    assert (tmp_path / "log").read_bytes() == b"up\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs the server as another account.")
def test_a_root_that_may_not_pass_closed_folders_is_advised(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", WEAK_ROOT, str(tmp_path / "data")],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PostgreSQL cannot run as root" in answer.stdout
    assert answer.stdout.endswith("start as an ordinary user.\n")


def test_the_first_folder_that_an_account_may_not_pass_is_named(tmp_path: Path) -> None:
    stranger = Account(uid=4_000_001, gid=4_000_001)
    inner = tmp_path / "home" / "project"
    inner.mkdir(parents=True)
    tmp_path.chmod(0o711)
    (tmp_path / "home").chmod(0o700)
    ways = [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]
    assert closed_folder(inner / "data", stranger) == (ways[-1] if ways else tmp_path / "home")
    owner = (tmp_path / "home").stat()
    assert closed_folder(inner / "data", Account(owner.st_uid, owner.st_gid)) is None
