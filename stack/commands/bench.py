"""`./run bench`: what a request costs, beside the same work done bare and done the usual way."""

import os
import sys


def main(arguments: list[str]) -> int:
    """Become the benchmark, which nothing else of the stack needs to load."""
    command = [sys.executable, "-P", "-m", "bench", *arguments]
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted.
