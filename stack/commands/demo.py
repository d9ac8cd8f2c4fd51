"""`./run demo`, or `./run demo diploma` (the college alone): the scripted walk, against a stack that runs or not."""

from dataclasses import replace
from datetime import timedelta

from shared.kit.clock import SystemClock
from stack.commands.options import read_options
from stack.demo import Place, run_demo
from stack.failures import AlreadyRunning
from stack.launcher import run_stack
from stack.layout import Layout
from stack.running import Running, find_running
from stack.starting_time import within_intake
from stack.terminal import Terminal


def main(arguments: list[str]) -> int:
    """Walk; 0 when everything was as expected. A stack started for it begins within the hours of intake (HV-9)."""
    only = "diploma" if arguments[:1] == ["diploma"] else None
    options = read_options(arguments[1:] if only else arguments, "./run demo")
    if running := find_running(options.layout):
        if options.at or options.fresh:
            raise AlreadyRunning("It runs already and keeps its clock and data: leave --at and --fresh out, or end it.")
        return _walk(running, options.layout, only)
    if options.at is None:
        options = replace(options, at=within_intake(SystemClock()))
    with run_stack(options, Terminal()) as stack:
        return _walk(stack.running, options.layout, only)


def _walk(running: Running, layout: Layout, only: str | None) -> int:
    clock = SystemClock(timedelta(seconds=running.clock_offset_seconds))
    return 1 if run_demo(Place(dict(running.urls), layout.root, clock.now, print), only) else 0
