"""Makes `.venv` with exactly what requirements.lock names, once, and hands over to `python -m stack`.

Runs as a script in any Python 3.11 or newer with the standard library alone; imports nothing of the project.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV, DATA, LOCK = ROOT / ".venv", ROOT / ".data", ROOT / "requirements.lock"
PYTHON, STAMP = VENV / "bin" / "python", VENV / "installed"
# Settings of pip that would send the packages elsewhere than into .venv.
MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "VIRTUAL_ENV")
NO_NETWORK = (
    "name resolution",
    "dns error",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Connection refused",
    "error sending request",
    "timed out",
    "No matching distribution found",
)
NO_VENV = (
    f"This Python cannot make virtual environments: install its venv module (Debian, Ubuntu: "
    f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv), or uv, and run again."
)


class NotInstalled(Exception):
    """The environment could not be made; the message is advice for a person, one line."""


def main() -> None:
    """Install if need be, then become `python -m stack` with the same arguments and folder."""
    try:
        if not is_installed():
            install()
    except NotInstalled as failure:
        sys.exit(str(failure))
    except OSError as failure:
        sys.exit(f"The installation failed: {failure.strerror} ({failure.filename or VENV}).")
    environment = _environment() | {"PYTHONPATH": str(ROOT), "RUN_BEGUN": repr(time.monotonic())}
    # -P: a folder named stack where the person stands is none of ours.
    os.execve(PYTHON, [str(PYTHON), "-P", "-m", "stack", *sys.argv[1:]], environment)  # noqa: S606 - no shell is wanted.


def is_installed() -> bool:
    """Tell whether .venv holds what the lock names now, for the Python that it was made with."""
    try:
        return PYTHON.exists() and STAMP.read_text(encoding="utf-8") == wanted()
    except FileNotFoundError:
        return False


def wanted() -> str:
    """What the stamp must say: the lock's hash, the Python, and the place, which tools in .venv have written down."""
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {sys.implementation.cache_tag} {VENV}\n"


def install() -> None:
    """Make .venv anew. Raises NotInstalled with advice."""
    DATA.mkdir(exist_ok=True)
    with (DATA / "install.lock").open("w") as lock:
        # A second run started at the same time waits here and finds the work done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed():
            return
        say("Installing into .venv what requirements.lock names (only the first time, a minute or so) …")
        begun = time.monotonic()
        STAMP.unlink(missing_ok=True)
        uv = shutil.which("uv")
        if uv is None or not _install_with_uv(uv):
            _install_with_pip()
        STAMP.write_text(wanted(), encoding="utf-8")
        say(f"Installed in {time.monotonic() - begun:.0f} s.")


def say(line: str) -> None:
    """Tell the person at the terminal, beside the output proper."""
    print(line, file=sys.stderr, flush=True)


def _install_with_uv(uv: str) -> bool:
    environment = _environment() | {"UV_PROJECT_ENVIRONMENT": str(VENV)}
    command = [uv, "sync", "--frozen", "--all-groups", "--compile-bytecode", "--python", _base_python()]
    failure = _failure_of([*command, "--project", str(ROOT)], environment)
    if failure:
        say(f"uv could not do it ({_last_line(failure)}); trying pip …")
    return not failure


def _install_with_pip() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise NotInstalled(NO_VENV)
    if failure := _failure_of([_base_python(), "-m", "venv", "--clear", str(VENV)], _environment()):
        raise NotInstalled(advice_for(failure))
    # The lock names every package, so nothing is left for pip to resolve.
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "-r", str(LOCK)]
    if failure := _failure_of([*command, "--disable-pip-version-check", "--quiet"], _environment()):
        raise NotInstalled(advice_for(failure))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in MISLEADING}


def _base_python() -> str:
    # We may run inside the .venv that is about to be replaced.
    return getattr(sys, "_base_executable", None) or sys.executable


def _failure_of(command: list[str], environment: Mapping[str, str]) -> str:
    """Run the command; give what it said if it failed, else nothing."""
    answer = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return (answer.stdout.strip() or f"exit status {answer.returncode}") if answer.returncode else ""


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2].strip()


def advice_for(failure: str) -> str:
    """Turn what a failed installation said into one line of advice."""
    if "No space left on device" in failure:
        return f"The disk is full: {VENV} needs some 700 MB. Make room and run again."
    if "ensurepip" in failure:
        return NO_VENV
    if any(sign in failure for sign in NO_NETWORK):
        return (
            "The package index cannot be reached, or lacks a package for this Python: check the network "
            f"(PIP_INDEX_URL names a mirror) and run again. It said: {_last_line(failure)}"
        )
    return f"The packages could not be installed: {_last_line(failure)}"


if __name__ == "__main__":
    main()
