"""`./run bench [PART …]`: starts everything on data and ports of its own, measures, writes docs/performance.md.

Parts: ``walk`` (signature to signed answer, beside the floor and the usual way), ``reads`` (the status, through the
gateway and at the service), ``memory``; each of these alone writes nothing. ``slots``, ``lookup``, ``eds`` and
``eds_comparison`` are programs of their own (``python -m bench.slots``).
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import uvloop

from bench.beside import Kind, create_tables, running
from bench.consumption import PROC
from bench.people import certified_people
from bench.report import page, summary, written_into
from bench.run import PARTS, Run
from bench.scene import ROLES, NotStarted, Scene
from nca_stub.authority import create_authority
from shared.kit.clock import SystemClock
from stack.failures import StackFailure
from stack.launcher import Options, run_stack
from stack.layout import PROJECT, Layout
from stack.material import make_material
from stack.ports import check_ports
from stack.running import find_running
from stack.starting_time import offset_to, read_local_time
from stack.terminal import Terminal

PAGE = PROJECT / "docs" / "performance.md"
PROGRAMS = ("slots", "lookup", "eds", "eds_comparison")
AT = "2026-11-24T10:00"
"""Within the hours of intake (HV-9), whatever time it is outside."""
PORT_BASE = 18_600
BESIDE: dict[Kind, int] = {"floor": 40, "conventional": 60}
"""How far from the stack's first port each of the two others has its own."""
PEOPLE = 28
SHORT_ROUNDS, SHORT_SCALE = 2, 0.1
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Measure; 0 when all that must be refused was refused and nothing was answered wrongly."""
    if arguments and arguments[0] in PROGRAMS:
        command = [sys.executable, "-P", "-m", f"bench.{arguments[0]}", *arguments[1:]]
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted.
    read = _options(arguments)
    if not (PROC / "self" / "schedstat").exists():
        print("Processor time is read from /proc, as Linux has it.", file=sys.stderr)
        return 1
    rounds, scale = (SHORT_ROUNDS, SHORT_SCALE) if read.short else (read.rounds, 1.0)
    layout = Layout(read.data.absolute())
    try:
        with ExitStack() as stack:
            run = _set_up(layout, read.port_base, read.parts or PARTS, stack)
            found = uvloop.run(replace(run, rounds=rounds, scale=scale).measure())
    except (StackFailure, NotStarted) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    shutil.rmtree(layout.root)
    print(summary(found))
    if not read.short and not read.parts:
        PAGE.write_text(written_into(PAGE.read_text(encoding="utf-8"), page(found)), encoding="utf-8")
        print(f"Written to {PAGE.relative_to(PROJECT)}.")
    return 0 if found.sound else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measures what a request costs; takes minutes.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}: only this")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds (7)")
    parser.add_argument("--short", action="store_true", help="a few requests, to see that it works; writes no page")
    parser.add_argument("--data", type=Path, default=Layout().root / "bench", help="its data, thrown away after it")
    parser.add_argument("--port-base", type=int, default=PORT_BASE, help=f"the first of its ports ({PORT_BASE})")
    read = parser.parse_args(arguments)
    # Python 3.11 takes an empty list of parts for a wrong one, where argparse is given the choices.
    if unknown := set(read.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return read


def _set_up(layout: Layout, port_base: int, parts: Collection[str], stack: ExitStack) -> Run:
    """Start the stack and the two programs beside it, on new data."""
    if find_running(layout) is None:
        shutil.rmtree(layout.root, ignore_errors=True)
    clock = SystemClock(offset_to(read_local_time(AT), SystemClock()))
    layout.root.mkdir(parents=True, exist_ok=True)
    make_material(layout, clock)
    people = certified_people(create_authority(layout.authority, clock.now()), PEOPLE, clock.now())
    options = Options(at=read_local_time(AT), port_base=port_base, layout=layout)
    terminal = Terminal()
    started = stack.enter_context(run_stack(options, terminal))
    besides = []
    for name, offset in BESIDE.items():
        first_port = port_base + offset
        check_ports([(f"{name}, {role}", first_port + number) for number, role in enumerate(ROLES)])
        database = asyncio.run(create_tables(started.database_address, name))
        scene = Scene(str(layout.root), database, first_port, started.clock.offset.total_seconds())
        besides.append(stack.enter_context(running(name, scene, started.process_ids()["postgres"])))
    return Run(parts, started, besides, people, SHORT_ROUNDS, SHORT_SCALE, terminal.tell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
