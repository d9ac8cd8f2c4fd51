"""Starts a program that ends when its owner dies, as another account if asked; run as a script, standard library only.

The owner (see processes.py) runs this file in the interpreter with one JSON argument; the process then *becomes* the
program (exec), so the owner holds the program's own process id. On Linux the kernel sends the chosen signal when the
owner dies, even by kill -9. Elsewhere a small watcher reads a pipe that only the owner holds open.
"""

import ctypes
import json
import os
import select
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522
WATCH_SECONDS = 1.0


def _checked(result: int, call: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


def become(uid: int, gid: int, capability: int | None) -> None:
    """Drop root for the account, keeping the one capability (a number of capabilities(7)) if one is given."""
    libc = ctypes.CDLL(None, use_errno=True)
    # With the secure bit access(2), too, counts the capability, by which PostgreSQL looks for its own programs.
    if capability is not None and libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) != 0:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl(PR_SET_KEEPCAPS)")
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if capability is not None:
        bit = 1 << capability
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        # Effective, permitted and inheritable sets: the low 32 capabilities, then the high ones.
        sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
        _checked(libc.capset(header, sets), "capset")
        _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), "prctl(PR_CAP_AMBIENT)")


def tie_to_owner(owner: int, number: int) -> None:
    """Ask the kernel for the signal at the owner's death; leave at once if the owner has died already."""
    libc = ctypes.CDLL(None, use_errno=True)
    _checked(libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != owner:
        raise SystemExit("the owner has died")


def watch_owner(pipe: int, number: int) -> None:
    """Leave a watcher behind that passes the signal on when the pipe's other end is closed by the owner's death."""
    program = os.getpid()
    if (first := os.fork()) != 0:
        os.waitpid(first, 0)
        os.close(pipe)
        return
    # The watcher is nobody's child: the program must not meet a child that it has not started.
    if os.fork() == 0:
        while not select.select([pipe], [], [], WATCH_SECONDS)[0]:
            os.kill(program, 0)
        os.kill(program, number)
    os._exit(0)


def main() -> None:
    """Read the order, take the account, tie the life to the owner's, and become the program."""
    order = json.loads(sys.argv[1])
    if order["account"] is not None:
        become(*order["account"])
    if order["pipe"] is not None:
        watch_owner(order["pipe"], order["signal"])
    else:
        # After the change of account: changing it makes the kernel forget the death signal.
        tie_to_owner(order["owner"], order["signal"])
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execv(order["program"][0], order["program"])  # noqa: S606 - the owner chose the program; no shell is wanted.


if __name__ == "__main__":
    main()
