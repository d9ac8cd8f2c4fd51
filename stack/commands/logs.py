"""`./run logs [PROCESS] [-f]`."""

import argparse
from pathlib import Path

from stack.layout import Layout
from stack.logs import show_logs


def main(arguments: list[str]) -> int:
    """Show the logs, merged by time."""
    parser = argparse.ArgumentParser(prog="./run logs", description="Shows what the processes have logged.")
    parser.add_argument("process", nargs="?", help="one process alone, by its log's name")
    parser.add_argument("-f", "--follow", action="store_true", help="go on with what is logged from now on")
    parser.add_argument("--data", type=Path, default=Layout().root, help="where data are kept (.data)")
    read = parser.parse_args(arguments)
    show_logs(Layout(read.data), read.process, follow=read.follow)
    return 0
