"""What the demonstration starts with: who is attached where, which rounds are entered, which people have accounts."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from person_registry_stub.demo_people import demo_people
from person_registry_stub.settings import RegistrySettings
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.clock import Clock
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.law.hours import ALMATY, ProviderHours
from stack.citizen import Citizen
from stack.clinics import attachments, districts, rounds
from stack.college import college_rows, open_offices
from stack.environment import Surroundings
from stack.failures import StackFailure
from stack.schedules import schedules

ROWS_AT_ONCE: Final = 600
"""In one body; the services take up to 900."""
BODIES_AT_ONCE: Final = 3
OK: Final = 200
EDITION: Final = 3
"""Of what is told of the population below: another one is loaded again into data of an earlier start."""


class DemoDataRefused(StackFailure):
    """A service did not take the demo data; the message is for a person, one line."""


async def load_demo_data(around: Surroundings, clock: Clock) -> list[str]:
    """Bring the demo data into the running services; what was loaded at an earlier start is not sent again.

    Called once all services are ready. The calls are sealed as `operator` with the key in `layout.keys / "services"`.
    Returns lines that tell the person at the terminal what was loaded.
    """
    loaded_file = around.layout.demo / "loaded.json"
    loaded: dict[str, Any] = json.loads(loaded_file.read_text()) if loaded_file.exists() else {}
    settings, today = RegistrySettings(), clock.now().astimezone(ALMATY).date()
    population = {"size": settings.population_size, "seed": settings.population_seed, "edition": EDITION}
    population["kit"] = not settings.iin_check_digit
    people = asyncio.to_thread(_open_accounts, around, clock) if "accounts" not in loaded else None
    opening = asyncio.ensure_future(people) if people else None
    lines = []
    loader = _Loader(around)
    try:
        if loaded.get("population") != population:
            everybody = settings.population
            count = await loader.load("attachment", "districts", "districts", districts())
            lines.append(f"{count} districts of the 33 clinics are loaded")
            count = await loader.load("attachment", "attachments/import", "rows", attachments(everybody, today))
            lines.append(f"{count} people are attached to the 33 clinics")
        if loaded.get("rounds_from") != today.isoformat():
            hours = ProviderHours(KazakhstanCalendar())
            count = await loader.load("home_visit", "rounds", "rounds", rounds(hours, today))
            lines.append(f"{count} rounds of their doctors are entered")
        if loaded.get("schedules_from") != today.isoformat():
            hours = ProviderHours(KazakhstanCalendar())
            count = await loader.load("appointment", "schedules", "schedules", schedules(hours, today))
            lines.append(f"{count} days on which they receive are entered, four weeks ahead")
        if not loaded.get("college"):
            count = await loader.load_college(college_rows(today))
            lines.append(f"{count} people of two graduations of the medical college are loaded")
            if around.database_address:
                lines.append(f"{await open_offices(around, clock)} employees of the college have keys")
        accounts = await opening if opening else loaded["accounts"]
    finally:
        await loader.close()
    if opening:
        lines.append(f"{accounts} demo people have an account")
    told = {"population": population, "rounds_from": today.isoformat(), "accounts": accounts}
    told["schedules_from"] = today.isoformat()
    told["college"] = True
    loaded_file.write_text(json.dumps(told))
    return lines


class _Loader:
    """Posts rows to the services as the operator."""

    def __init__(self, around: Surroundings) -> None:
        self._http = HttpClient()
        envelopes = load_keys(around.layout.keys, "operator", callers=())
        self._clients = {
            name: ServiceClient(self._http, envelopes, around.urls()[name], name)
            for name in ("attachment", "home_visit", "appointment", "diploma")
        }
        self._few = asyncio.Semaphore(BODIES_AT_ONCE)

    async def load(self, service: str, path: str, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """Post all rows in bodies of a moderate size; return how many there were."""
        counts = []
        async with asyncio.TaskGroup() as group:
            for chunk in _chunks(rows):
                await self._few.acquire()
                counts.append(len(chunk))
                group.create_task(self._post(service, f"/internal/v1/{path}", json.dumps({name: chunk}).encode()))
        return sum(counts)

    async def load_college(self, rows: dict[str, list[dict[str, Any]]]) -> int:
        """Post what the college keeps, in one body; return how many people it trained."""
        await self._few.acquire()
        await self._post("diploma", "/internal/v1/college", json.dumps(rows).encode())
        return len(rows["people"])

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _post(self, service: str, path: str, body: bytes) -> None:
        try:
            answer = await self._clients[service].post(path, body, total=30.0)
        finally:
            self._few.release()
        if answer.status != OK:
            raise DemoDataRefused(f"{service} did not take the demo data ({answer.status}): see ./run logs {service}")


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        yield chunk


def _open_accounts(around: Surroundings, clock: Clock) -> int:
    """Register everyone who signs, so that the README's first line is a log-in."""
    slugs = [slug for slug, demo in demo_people().items() if demo.signs]
    for slug in slugs:
        key = around.layout.demo / f"{slug}.pem"
        Citizen(around.urls()["gateway"], demo_people()[slug].person.iin, key, clock.now).register()
    return len(slugs)
