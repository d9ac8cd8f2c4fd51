import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from shared.kit.migrations import upgrade

FIRST = """
from alembic import op
from shared.kit.migrations import run_script

revision, down_revision = "0001", None

def upgrade() -> None:
    run_script("CREATE TABLE visits (number int PRIMARY KEY); CREATE TABLE rounds (number int);")
"""
SECOND = """
from alembic import op

revision, down_revision = "0002", "0001"

def upgrade() -> None:
    op.execute("INSERT INTO visits VALUES (1)")
"""
BROKEN = """
from alembic import op

revision, down_revision = "0003", "0002"

def upgrade() -> None:
    op.execute("CREATE TABLE half_done (number int)")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
Write = Callable[..., str]


@pytest.fixture
def package_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a package whose migrations are the given versions; gives its name."""
    monkeypatch.syspath_prepend(str(tmp_path))
    name = f"clinic_{tmp_path.name.replace('-', '_')}"
    versions = tmp_path / name / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()

    def package_with(*texts: str) -> str:
        for number, text in enumerate(texts, 1):
            (versions / f"{number:04}_step.py").write_text(text, encoding="utf-8")
        return name

    return package_with


async def run_from_command_line(url: str, name: str, folder: Path) -> tuple[int, str]:
    """Run the command as an operator does; gives its status and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shared.kit.migrations", name),
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(folder)]), "DATABASE_URL": url},
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await process.communicate()
    return process.returncode or 0, complaint.decode()


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        return {
            row[0]
            for row in await connection.fetch(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        }
    finally:
        await connection.close()


async def count_of_visits(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM visits"))
    finally:
        await connection.close()


async def test_versions_run_once_and_in_order(empty_database: str, package_with: Write) -> None:
    name = package_with(FIRST, SECOND)
    await upgrade(empty_database, name)
    await upgrade(empty_database, name)
    assert await tables(empty_database) == {"alembic_version", "visits", "rounds"}
    assert await count_of_visits(empty_database) == 1


async def test_replicas_that_start_at_once_take_turns(empty_database: str, package_with: Write, tmp_path: Path) -> None:
    name = package_with(FIRST, SECOND)
    replicas = [run_from_command_line(empty_database, name, tmp_path) for _ in range(3)]
    assert await asyncio.gather(*replicas) == [(0, "")] * 3
    assert await count_of_visits(empty_database) == 1


async def test_an_upgrade_waits_for_one_that_runs(empty_database: str, package_with: Write) -> None:
    name = package_with(FIRST, SECOND)
    other = await asyncpg.connect(empty_database)
    await other.execute("SELECT pg_advisory_lock(hashtext('shared.kit.migrations'))")
    running = asyncio.create_task(upgrade(empty_database, name))
    async with asyncio.timeout(20):
        while not await other.fetchval("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
            assert not running.done()
    assert await tables(empty_database) == set()
    await other.execute("SELECT pg_advisory_unlock(hashtext('shared.kit.migrations'))")
    await running
    await other.close()
    assert await count_of_visits(empty_database) == 1


async def test_one_process_may_run_two_upgrades_at_once(empty_database: str, package_with: Write) -> None:
    name = package_with(FIRST, SECOND)
    await asyncio.gather(upgrade(empty_database, name), upgrade(empty_database, name))
    assert await count_of_visits(empty_database) == 1


async def test_a_version_that_fails_leaves_nothing_behind(empty_database: str, package_with: Write) -> None:
    name = package_with(FIRST, SECOND, BROKEN)
    with pytest.raises(Exception, match="nowhere"):
        await upgrade(empty_database, name)
    assert await tables(empty_database) == set()
