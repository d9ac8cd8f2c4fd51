"""Which account a server runs as when we are root, and how it reaches folders that are closed to that account.

PostgreSQL refuses to run as root. We create no account and touch no mode or owner of a folder that is not ours: where a
folder on the way is closed (a checkout under a 0700 home), the server gets one capability to pass through it.
"""

import os
import pwd
import stat
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from stack.failures import NoWayForServer

CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account to run a program as, and the capability that it needs on the way (None: none)."""

    uid: int
    gid: int
    capability: int | None = None


def account_for(data: Path, program: Path) -> Account | None:
    """Choose the account for a server with this data folder and program; None: the account we have.

    Raises NoWayForServer when we are root and the account cannot reach the folder or the program.
    """
    if os.geteuid() != 0:
        return None
    account = _owner_of(data) if data.exists() else _first_account()
    closed = closed_folder(data, account) or closed_folder(program, account)
    capability = passing_capability()
    if capability is None and (closed or sys.platform == "linux"):
        # A root without these capabilities can neither let the account in nor read what it writes.
        raise NoWayForServer(
            f"PostgreSQL cannot run as root, and this root may not pass folders closed to it ({closed or data}): "
            "start as an ordinary user."
        )
    return replace(account, capability=capability if closed else None)


def _owner_of(data: Path) -> Account:
    facts = data.stat()
    return Account(facts.st_uid, facts.st_gid)


def _first_account() -> Account:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoWayForServer("PostgreSQL cannot run as root, and there is no account 'nobody': start as an ordinary user.")


def closed_folder(path: Path, account: Account) -> Path | None:
    """Name the first folder above the path that this account may not pass; None if the way is free."""
    for folder in reversed(path.absolute().resolve().parents):
        facts = folder.stat()
        if facts.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif facts.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not facts.st_mode & needed:
            return folder
    return None


def passing_capability() -> int | None:
    """Choose the smallest capability we hold that lets a process pass closed folders; None: we hold none."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    held = next((int(line.split()[1], 16) for line in lines if line.startswith("CapPrm:")), 0)
    # Reading and passing is enough; a container's root often has only the larger one.
    return next((one for one in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if held >> one & 1), None)
