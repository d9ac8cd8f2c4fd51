"""What a lookup in the register costs when two million people are attached, against twenty thousand (HV-12.2, AP-12.2).

``python -m bench.lookup`` on a PostgreSQL of its own, which keeps nothing. The two registers take turns, so that what
else the machine does falls on both. A lookup here is the whole of it: the query, and the note of who looked.
"""

import asyncio
import json
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import asyncpg

from attachment_svc.journal import Looker, Register
from shared.kit.database import Database
from shared.kit.migrations import upgrade_now
from shared.law.providers import PROVIDERS
from stack.postgres import PostgresServer

SMALL, LARGE = 20_000, 2_000_000
ROUNDS, LOOKUPS = 40, 250
WARM_UP: Final = 2_000
AT_MOST: Final = 1.2
"""The large register's lookup should cost no more than this many times the small one's."""
TODAY: Final = date(2026, 11, 24)
_NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
_DISTRICTS = """
INSERT INTO districts (provider_bin, kind, number, doctor_id, doctor_name, streets, norm, attached, changed_at)
SELECT bin, 'therapist', number, 'D-' || number, 'Ахметова Сәуле', '{}', 100000, 0, $2
FROM unnest($1::text[]) AS bin, generate_series(1, 40) AS number
"""
# Every tenth person has changed the provider once.
_ATTACHMENTS = """
INSERT INTO attachments (iin, provider_bin, district_number, district_kind, doctor_id, doctor_name, since, ended,
    changed_at)
SELECT lpad((person * 7919 % 999999999989)::text, 12, '0'), ($1::text[])[1 + (person + past) % 33],
    1 + person % 40, 'therapist', 'D-1', 'Ахметова Сәуле', date '2024-01-09' - 400 * past,
    CASE WHEN past > 0 THEN date '2024-01-09' END, $2
FROM generate_series($3::bigint, $4::bigint) AS person, generate_series(0, (person % 10 = 0)::int) AS past
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """The milliseconds of a lookup: the median of all, and of the slowest twentieth's threshold."""

    people: int
    median_ms: float
    p95_ms: float


async def measure(small: str, large: str) -> tuple[Cost, Cost]:
    """Look people up in both registers in turn; some of those asked for are attached nowhere."""
    sizes = {SMALL: Database(small, 1), LARGE: Database(large, 1)}
    taken: dict[int, list[float]] = {SMALL: [], LARGE: []}
    draw = random.Random(3561)  # noqa: S311 - no secret depends on it.
    try:
        for size, database in sizes.items():
            await _look_up(database, size, draw, WARM_UP)
        for _ in range(ROUNDS):
            for size, database in sizes.items():
                taken[size] += await _look_up(database, size, draw, LOOKUPS)
    finally:
        for database in sizes.values():
            await database.close()
    first, second = (_cost(size, taken[size]) for size in sizes)
    return first, second


async def fill(url: str, people: int) -> None:
    """Fill a migrated database with this many attached people, as imports leave it."""
    connection = await asyncpg.connect(url)
    bins = [provider.bin for provider in PROVIDERS]
    try:
        await connection.execute(_DISTRICTS, bins, _NOW)
        for first in range(1, people + 1, 200_000):
            await connection.execute(_ATTACHMENTS, bins, _NOW, first, min(first + 199_999, people), timeout=600)
        await connection.execute("VACUUM ANALYZE attachments")
    finally:
        await connection.close()


def main() -> None:
    """Measure and print; one line for people, one of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = PostgresServer(Path(folder) / "postgres", durable=False)
        address = server.start()
        try:
            urls = [asyncio.run(_prepared(address, people)) for people in (SMALL, LARGE)]
            small, large = asyncio.run(measure(urls[0], urls[1]))
        finally:
            server.stop()
    ratio = large.median_ms / small.median_ms
    verdict = "within" if ratio <= AT_MOST else "ABOVE"
    sys.stdout.write(
        f"A lookup among {large.people:,} attached costs {large.median_ms:.3f} ms, among {small.people:,} "
        f"{small.median_ms:.3f} ms: {ratio:.2f} times, {verdict} {AT_MOST}.\n"
    )
    sys.stdout.write(json.dumps({"small": asdict(small), "large": asdict(large), "ratio": round(ratio, 3)}) + "\n")


async def _prepared(address: str, people: int) -> str:
    url = f"{address}/people_{people}"
    connection = await asyncpg.connect(f"{address}/postgres")
    await connection.execute(f'CREATE DATABASE "people_{people}"')
    await connection.close()
    await asyncio.to_thread(upgrade_now, url, "attachment_svc")
    await fill(url, people)
    return url


async def _look_up(database: Database, people: int, draw: random.Random, times: int) -> list[float]:
    register, seconds = Register(database), []
    for _ in range(times):
        iin = f"{draw.randint(1, people + people // 30) * 7919 % 999_999_999_989:012d}"
        looker = Looker("home_visit", "HV-12.2", iin.encode(), _NOW)
        begun = perf_counter()
        await register.look_up(iin, TODAY, looker)
        seconds.append(perf_counter() - begun)
    return seconds


def _cost(people: int, seconds: list[float]) -> Cost:
    ordered = sorted(seconds)
    return Cost(people, round(median(ordered) * 1000, 4), round(ordered[int(len(ordered) * 0.95)] * 1000, 4))


if __name__ == "__main__":
    main()
