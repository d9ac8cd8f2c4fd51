"""Starts programs whose life is tied to ours: whatever ends this process, kill -9 included, ends them too."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from stack.accounts import Account

TETHER = Path(__file__).with_name("tether.py")


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: the command, its whole environment, its account and the signal that it gets when we die."""

    command: Sequence[str]
    environment: Mapping[str, str]
    account: Account | None = None
    last_signal: int = signal.SIGKILL


@cache
def _our_pipe() -> tuple[int, int]:
    # Both ends stay open as long as this process lives; the children's watchers read the first.
    return os.pipe()


def start_tethered(
    program: Program, log: BinaryIO, *, by_pipe: bool = sys.platform != "linux"
) -> subprocess.Popen[bytes]:
    """Start the program in a session of its own, its output in the log; it ends when this process ends.

    Call it from a thread that lives as long as the process: Linux counts the death of the starting thread. `by_pipe`
    takes the way of the systems whose kernel cannot tell a child of its parent's death.
    """
    pipe = _our_pipe()[0] if by_pipe else None
    account = program.account
    order = {
        "program": list(program.command),
        "owner": os.getpid(),
        "signal": int(program.last_signal),
        "account": None if account is None else [account.uid, account.gid, account.capability],
        "pipe": pipe,
    }
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(TETHER), json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=dict(program.environment),
        pass_fds=() if pipe is None else (pipe,),
        start_new_session=True,
    )
