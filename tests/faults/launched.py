"""A launcher that also takes orders: `python -m tests.faults.launched DATA PORT_BASE`, one JSON object a line each way.

    {"kill": NAME}                SIGKILL at once             → {"process_id": N}, null if it does not run
    {"kill": NAME, "all": true}   PostgreSQL with its backends, as a machine that loses its power
    {"end": [NAME, …]}            as an operator all at once, and wait → {NAME: {"status": N, "seconds": S}}
    {"hold": NAME}                do not start it again       → {}
    {"let": NAME}                 start it again after all    → {}
    {"recast": NAME, "factory": TEXT | null}  what it is from its next start on; null for itself → {}
    {"processes": true}           → {NAME: process id or null}

Whatever dies is started again as the stack's own launcher does it, only without its growing pauses.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from person_registry_stub.population import DEFAULT_SEED, Population
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.clock import Clock
from shared.law.hours import ALMATY, ProviderHours
from stack import demo_data
from stack.appointments import HOME
from stack.children import FIRST_PAUSE
from stack.clinics import attachments, districts, rounds
from stack.environment import Surroundings
from stack.launcher import Options, Stack, run_stack
from stack.layout import Layout
from stack.roster import ROSTER
from stack.schedules import schedules
from stack.starting_time import read_local_time
from stack.terminal import Terminal
from tests.faults.walks import AT

IDLE = {"diploma"}
"""Whoever has no part in a walk yet: a service that joins (walks.py) is taken out of here."""
LOOK_SECONDS = 0.05
END_SECONDS = 40.0
"""How long an ending process is awaited: more than the launcher itself would wait, so that the test sees the excess."""


class Quiet(Terminal):
    """Tells its lines to the log only: standard output carries the answers to orders."""

    def tell(self, line: str) -> None:
        self._keep("info", line)

    def warn(self, line: str) -> None:
        self._keep("warning", line)


async def load_what_a_day_needs(around: Surroundings, clock: Clock) -> list[str]:
    """Load the demo people, one day's rounds, one clinic's times: no more is asked for, and all would take a while."""
    today = clock.now().astimezone(ALMATY).date()
    hours, loader = ProviderHours(KazakhstanCalendar()), demo_data._Loader(around)
    accounts = asyncio.create_task(asyncio.to_thread(demo_data._open_accounts, around, clock))
    try:
        await loader.load("attachment", "districts", "districts", districts())
        await loader.load("attachment", "attachments/import", "rows", attachments(Population(0, DEFAULT_SEED), today))
        of_today = (one for one in rounds(hours, today) if one["date"] == today.isoformat())
        await loader.load("home_visit", "rounds", "rounds", of_today)
        of_clinic = (one for one in schedules(hours, today) if one["provider_bin"] == HOME)
        await loader.load("appointment", "schedules", "schedules", of_clinic)
        return [f"{await accounts} demo people have an account"]
    finally:
        await loader.close()


class Orders:
    """Carries out orders on a running stack; a thread reads them, the main thread starts what has died."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._children = {child.name: child for child in stack._children}
        self._as_cast = {name: list(child.command) for name, child in self._children.items()}
        self._held: set[str] = set()

    def look_after(self) -> None:
        """Start again, once, whatever has died and is not held back."""
        if "postgres" not in self._held:
            self._stack.look_after_postgres()
        for child in self._children.values():
            if child.name not in self._held:
                child.pause = FIRST_PAUSE
                child.look_after()

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        match order:
            case {"kill": name, "all": True}:
                return {"process_id": _kill_family(self._process(name))}
            case {"kill": name}:
                return {"process_id": _kill(self._process(name))}
            case {"end": names}:
                return self._end(names)
            case {"hold": name}:
                self._held.add(name)
            case {"let": name}:
                self._held.discard(name)
            case {"recast": name, "factory": factory}:
                usual = self._as_cast[name]
                place = usual.index("--factory") + 1
                self._children[name].command = [*usual[:place], factory or usual[place], *usual[place + 1 :]]
            case {"processes": True}:
                names = ("postgres", *self._children)
                return {name: process.pid if (process := self._process(name)) else None for name in names}
            case _:
                raise ValueError(order)
        return {}

    def _process(self, name: str) -> "Popen[bytes] | None":
        process = self._stack._postgres.process if name == "postgres" else self._children[name].process
        return process if process is not None and process.poll() is None else None

    def _end(self, names: list[str]) -> dict[str, Any]:
        ending = {name: process for name in names if (process := self._process(name)) is not None}
        begun = time.monotonic()
        for name, process in ending.items():
            # PostgreSQL understands SIGTERM as waiting for its clients to leave, SIGINT as cutting them.
            process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
        return {
            name: {"status": process.wait(END_SECONDS), "seconds": time.monotonic() - begun}
            for name, process in ending.items()
        }


def _kill(process: "Popen[bytes] | None") -> int | None:
    if process is None:
        return None
    process.kill()
    process.wait()
    return process.pid


def _kill_family(process: "Popen[bytes] | None") -> int | None:
    """Kill a server with all its backends: nothing is left that could still write what it holds in memory."""
    if process is None:
        return None
    process.send_signal(signal.SIGSTOP)  # It shall not start others while we count.
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = listed.read_text(encoding="ascii").split() if listed.exists() else []
    for child in map(int, children):
        # One that is ending is listed as 0, and kill(0) would be for ourselves and everybody around us.
        if child > 0:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    return _kill(process)


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _read_orders(orders: Orders) -> None:
    for line in sys.stdin:
        try:
            _answer(orders.obey(json.loads(line)))
        except Exception as failure:  # noqa: BLE001 - whoever gave the order waits for an answer.
            _answer({"failure": repr(failure)})
    os.kill(os.getpid(), signal.SIGINT)  # Whoever gives the orders has gone.


def main() -> None:
    # What a script starts in the background finds it ignored: then closing the orders would end nothing.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    data, port_base = Path(sys.argv[1]), int(sys.argv[2])
    roster = [service for service in ROSTER if service.name not in IDLE]
    options = Options(
        at=read_local_time(AT), port_base=port_base, layout=Layout(data), roster=roster, load=load_what_a_day_needs
    )
    with suppress(KeyboardInterrupt), run_stack(options, Quiet()) as stack:
        orders = Orders(stack)
        _answer({"ready": True})
        threading.Thread(target=_read_orders, args=(orders,), daemon=True).start()
        while True:
            orders.look_after()
            time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    main()
