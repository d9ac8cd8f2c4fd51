"""The lints and the tests: what a change must pass."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from stack.layout import PROJECT

TOOLS = Path(sys.executable).parent
LINTS = (
    (TOOLS / "ruff", "check", "."),
    (TOOLS / "ruff", "format", "--check", "."),
    (TOOLS / "mypy", "."),
    (TOOLS / "lint-imports", "--no-logo"),
    (sys.executable, "-m", "stack.generate", "--check"),
)
COVERAGE = ("--cov", "--cov-report=term-missing:skip-covered")
"""What is measured (the pure rules), and that all of it is wanted, stands in pyproject.toml."""
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadscope")
"""A process for each core; the tests of one folder stay together (tests/conftest.py)."""


def lint() -> int:
    """Run every lint, also after one that fails; 0 when all pass."""
    return max([_run(command) for command in LINTS])


def run_tests(chosen: Sequence[str] = ()) -> int:
    """Run the tests that these arguments of pytest choose, or all of them, then with coverage; 0 when all pass."""
    return _run((sys.executable, "-m", "pytest", *(chosen or (*COVERAGE, *SIDE_BY_SIDE))))


def _run(command: Sequence[str | Path]) -> int:
    begun = time.monotonic()
    print("$", Path(command[0]).name, *command[1:], flush=True)
    status = abs(subprocess.run(command, cwd=PROJECT, check=False).returncode)
    print(f"{'passed' if status == 0 else f'FAILED ({status})'} in {time.monotonic() - begun:.1f} s\n", flush=True)
    return status
