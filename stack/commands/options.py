"""The options of the commands that start a stack."""

import argparse
from pathlib import Path

from stack.launcher import Options
from stack.layout import Layout
from stack.roster import DEFAULT_PORT_BASE, ROSTER
from stack.starting_time import read_local_time

LAST_PORT = 65535


def read_options(arguments: list[str], program: str) -> Options:
    """Read `--at`, `--fresh`, `--port-base` and `--data`; leaves with advice when they make no sense."""
    parser = argparse.ArgumentParser(prog=program, description="Starts the whole system on this machine.")
    parser.add_argument("--at", type=read_local_time, help="set the clock, in Almaty's time: 2026-11-24T10:00")
    parser.add_argument("--fresh", action="store_true", help="throw away all data of earlier runs")
    parser.add_argument("--port-base", type=_port_base, default=DEFAULT_PORT_BASE, help="first of the ports (8000)")
    parser.add_argument("--data", type=Path, default=Layout().root, help="where data are kept (.data)")
    read = parser.parse_args(arguments)
    return Options(read.at, fresh=read.fresh, port_base=read.port_base, layout=Layout(read.data.absolute()))


def _port_base(text: str) -> int:
    highest = LAST_PORT - max(service.offset for service in ROSTER)
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise argparse.ArgumentTypeError(f"{text!r} is no port from 1 to {highest}")
    return int(text)
