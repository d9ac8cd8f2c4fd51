"""The arithmetic of GOST in processes of their own: the same results, and nothing is lost when they are killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nca_stub.gost import GostKey
from shared.eds import gost_engine
from shared.eds.gost.streebog import streebog512
from shared.kit.gost_processes import GostProcesses, gost_in_processes
from tests.waiting import until

PROJECT = Path(__file__).parents[2]
KEY = GostKey.generate()
DATA = bytes(1000)
SIGNATURE = KEY.sign(DATA)


@pytest.fixture(scope="module")
def engine() -> Iterator[GostProcesses]:
    engine = GostProcesses(1)
    yield engine
    engine.close()


def children(engine: GostProcesses) -> list[int]:
    assert engine._pool is not None
    return list(engine._pool._processes)


def test_what_comes_out_is_the_same(engine: GostProcesses) -> None:
    assert engine.holds(KEY.public_info(), SIGNATURE, DATA, "streebog512")
    assert not engine.holds(KEY.public_info(), SIGNATURE, DATA + b"\0", "streebog512")
    assert engine.digest("streebog512", DATA) == streebog512(DATA)
    assert engine.digest("streebog512", b"short") == streebog512(b"short")
    assert os.getpid() not in children(engine)


def test_killed_processes_lose_nothing(engine: GostProcesses) -> None:
    assert engine.digest("streebog512", DATA) == streebog512(DATA)
    first = children(engine)
    for child in first:
        os.kill(child, signal.SIGKILL)
    for _ in range(2):
        assert engine.holds(KEY.public_info(), SIGNATURE, DATA, "streebog512")
    assert set(children(engine)).isdisjoint(first)


def test_a_process_that_says_nothing_is_ended_and_the_work_is_done_here() -> None:
    engine = GostProcesses(1)
    assert engine.digest("streebog512", DATA) == streebog512(DATA)
    engine._limit = 0.3
    (stuck,) = children(engine)
    os.kill(stuck, signal.SIGSTOP)
    assert engine.holds(KEY.public_info(), SIGNATURE, DATA, "streebog512")
    assert until(lambda: not _is_alive(stuck))
    engine.close()


def test_work_that_is_called_off_at_the_end_is_done_here() -> None:
    """A good signature must not be refused because the program is ending."""
    engine = GostProcesses(1, limit=20.0)
    assert engine.digest("streebog512", DATA) == streebog512(DATA)
    (process,) = children(engine)
    os.kill(process, signal.SIGSTOP)
    with ThreadPoolExecutor(6) as threads:
        waiting = [threads.submit(engine.digest, "streebog512", DATA) for _ in range(6)]
        assert until(lambda: engine._pool is not None and len(engine._pool._pending_work_items) == 6)
        ending = threading.Thread(target=engine.close)
        ending.start()
        os.kill(process, signal.SIGCONT)
        ending.join()
        assert {one.result() for one in waiting} == {streebog512(DATA)}


def test_after_the_end_the_work_is_done_here() -> None:
    engine = GostProcesses(1)
    engine.close()
    assert engine.digest("streebog512", DATA) == streebog512(DATA)
    assert engine._pool is None


def test_the_program_chooses_and_undoes_it() -> None:
    undo = gost_in_processes(1)
    assert isinstance(gost_engine._chosen.engine, GostProcesses)
    undo()
    assert gost_engine._chosen.engine is gost_engine.HERE
    gost_in_processes(0)()
    assert gost_engine._chosen.engine is gost_engine.HERE


PROGRAM = """
import time
from shared.kit.gost_processes import GostProcesses
if __name__ == "__main__":
    engine = GostProcesses(1)
    engine.digest("streebog512", bytes(1000))
    print(*engine._pool._processes, flush=True)
    time.sleep(60)
"""


def test_they_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, str(tmp_path / "program.py")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 10
    while _is_alive(child):
        assert time.monotonic() < until, "the process outlived its parent"
        time.sleep(0.02)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z")
