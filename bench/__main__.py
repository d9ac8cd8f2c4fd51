"""`./run bench`: starts everything on data and ports of its own, measures, writes the page."""

import argparse
import asyncio
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import uvloop

from bench.beside import Kind, create_tables, running
from bench.consumption import PROC
from bench.people import certified_people
from bench.report import page
from bench.run import Run
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

RESULTS = PROJECT / "bench" / "results"
AT = "2026-11-24T10:00"
"""Within the hours of intake (HV-9), whatever time it is outside."""
PORT_BASE = 18_600
FIRST_PORTS: dict[Kind, int] = {"floor": PORT_BASE + 40, "conventional": PORT_BASE + 60}
PEOPLE = 28
SHORT_ROUNDS, SHORT_SCALE = 2, 0.1
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Measure; 0 when all that must be refused was refused and nothing was answered wrongly."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Measures what a request costs; takes minutes.")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds (7)")
    parser.add_argument(
        "--short", action="store_true", help="a few requests only, to see that it works; writes no page"
    )
    parser.add_argument(
        "--data", type=Path, default=Layout().root / "bench", help="where its data are, thrown away after"
    )
    read = parser.parse_args(arguments)
    if not (PROC / "self" / "schedstat").exists():
        print("Processor time is read from /proc, as Linux has it.", file=sys.stderr)
        return 1
    rounds, scale = (SHORT_ROUNDS, SHORT_SCALE) if read.short else (read.rounds, 1.0)
    layout = Layout(read.data.absolute())
    try:
        with ExitStack() as stack:
            run = _set_up(layout, rounds, scale, stack)
            found = uvloop.run(run.measure())
    except (StackFailure, NotStarted) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    shutil.rmtree(layout.root)
    text = page(found)
    print(text)
    if not read.short:
        path = RESULTS / f"{found.at:%Y-%m-%d}.md"
        path.write_text(text, encoding="utf-8")
        print(f"Written to {path.relative_to(PROJECT)}.")
    return 0 if found.sound else 1


def _set_up(layout: Layout, rounds: int, scale: float, stack: ExitStack) -> Run:
    """Start the stack and the two programs beside it, on new data."""
    if find_running(layout) is None:
        shutil.rmtree(layout.root, ignore_errors=True)
    clock = SystemClock(offset_to(read_local_time(AT), SystemClock()))
    layout.root.mkdir(parents=True, exist_ok=True)
    make_material(layout, clock)
    people = certified_people(create_authority(layout.authority, clock.now()), PEOPLE, clock.now())
    options = Options(at=read_local_time(AT), port_base=PORT_BASE, layout=layout)
    terminal = Terminal()
    started = stack.enter_context(run_stack(options, terminal))
    besides = []
    for name, first_port in FIRST_PORTS.items():
        check_ports([(f"{name}, {role}", first_port + number) for number, role in enumerate(ROLES)])
        database = asyncio.run(create_tables(started.database_address, name))
        scene = Scene(str(layout.root), database, first_port, started.clock.offset.total_seconds())
        besides.append(stack.enter_context(running(name, scene, started.process_ids()["postgres"])))
    return Run(started, besides, people, rounds, scale, terminal.tell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
