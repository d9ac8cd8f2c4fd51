"""A launcher of stand-ins: `python -m tests.stack.standin DATA PORT_BASE`."""

import signal
import sys
from pathlib import Path

from shared.kit.clock import Clock
from stack.environment import Surroundings
from stack.failures import StackFailure
from stack.launcher import Options, run_stack
from stack.layout import Layout
from stack.roster import Service
from stack.starting_time import read_local_time
from stack.terminal import Terminal

ROSTER = (
    Service("gateway", "tests.stack.standin", 0, database=False),
    Service("home_visit", "tests.stack.standin", 1),
    Service("nca", "tests.stack.standin", 11, database=False),
)


async def load(around: Surroundings, clock: Clock) -> list[str]:
    return [f"loaded at {clock.now():%Y-%m-%d %H} by {around.urls()['gateway']}"]


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = Options(
        at=read_local_time("2026-11-24T10:00"),
        port_base=int(sys.argv[2]),
        layout=Layout(Path(sys.argv[1])),
        roster=ROSTER,
        load=load,
    )
    try:
        with run_stack(options, Terminal()) as stack:
            print("READY", flush=True)
            stack.look_after()
    except KeyboardInterrupt:
        return 0
    except StackFailure as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
