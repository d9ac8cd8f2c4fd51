"""One PostgreSQL server of our own in one folder: made, started, awaited, ended; it never outlives its owner.

It listens on 127.0.0.1 only, under a random password (SCRAM), and on no Unix socket: a socket's path is limited to
some hundred bytes, and a project may lie deeper than that.
"""

import contextlib
import random
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from stack.accounts import Account, account_for
from stack.binaries import find_binaries, version_of
from stack.failures import PostgresFailed
from stack.postmaster import await_predecessor, is_ready, last_words
from stack.processes import Program, start_tethered

START_SECONDS, STOP_SECONDS, POLL_SECONDS = 120.0, 20.0, 0.02
ATTEMPTS = 3
PORTS = range(20_000, 30_000)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    # An error's details quote the row, and a row may hold an IIN.
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    # The password is 192 random bits: hashing it thousands of times for every connection would add nothing.
    "scram_iterations": "1",
}
# For tests only: nothing is kept, so nothing is awaited from the disk; no vacuum meets a template being copied.
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class PostgresServer:
    """A server over `folder` (created if missing). `port` 0 takes a free one; `durable` False is for tests only.

    Start and stop it from the main thread. As root it runs as another account (see accounts.py).
    """

    def __init__(self, folder: Path, port: int = 0, *, durable: bool = True, log: Path | None = None) -> None:
        self.folder, self.port, self.durable = folder.absolute(), port, durable
        self.data = self.folder / "data"
        self.log = (log or self.folder / "server.log").absolute()
        self.process: subprocess.Popen[bytes] | None = None
        self._password = self.folder / "password"
        self._any_port = port == 0

    def start(self) -> str:
        """Start the server, making its folder at the first time; gives the address without a database's name.

        Raises PostgresFailed, NoPostgres or NoWayForServer, each with one line of advice.
        """
        binaries = find_binaries()
        self.folder.mkdir(parents=True, exist_ok=True)
        account = account_for(self.data, binaries / "postgres")
        if not self.data.exists():
            self._create(binaries, account)
        self._check_version(binaries)
        await_predecessor(self.data)
        for attempt in range(1, ATTEMPTS + 1):
            # A port that was free a moment ago may be taken by now; after a crash the memory is freed a little late.
            if self._started(binaries, account):
                return self.address
            time.sleep(0.5 if attempt < ATTEMPTS else 0)
        raise PostgresFailed(f"PostgreSQL does not start: {last_words(self.log)} (all of it: {self.log})")

    @property
    def address(self) -> str:
        """`postgresql://postgres:…@127.0.0.1:port`, without a database's name."""
        return f"postgresql://postgres:{self._password.read_text(encoding='ascii')}@127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End the server: sessions are cut, work that was committed is kept. Safe to call twice."""
        if self.process is None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(STOP_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def _create(self, binaries: Path, account: Account | None) -> None:
        """Make the data folder beside its final name, so that a start cut short leaves no half of one."""
        password, new = secrets.token_urlsafe(24), self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._password.touch(mode=0o600)
        self._password.write_text(password, encoding="ascii")
        once = self.folder / "password.once"
        once.unlink(missing_ok=True)
        once.touch(mode=0o600)
        once.write_text(password, encoding="ascii")
        if account is not None:
            shutil.chown(new, account.uid, account.gid)
            shutil.chown(once, account.uid, account.gid)
        command = [str(binaries / "initdb"), "--pgdata", str(new), "--username=postgres", "--pwfile", str(once)]
        command += ["--auth=scram-sha-256", "--set=scram_iterations=1", "--data-checksums", "--no-instructions"]
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        try:
            if self._begin(command, account).wait() != 0:
                raise PostgresFailed(
                    f"PostgreSQL's folder cannot be made: {last_words(self.log)} (all of it: {self.log})"
                )
        finally:
            once.unlink()
        new.rename(self.data)

    def _check_version(self, binaries: Path) -> None:
        made_by, have = (self.data / "PG_VERSION").read_text(encoding="ascii").strip(), version_of(binaries)
        if made_by != str(have):
            raise PostgresFailed(
                f"{self.data} was made by PostgreSQL {made_by}, but {binaries} holds {have}: "
                "set POSTGRES_BIN to the matching one, or start anew with --fresh."
            )

    def _started(self, binaries: Path, account: Account | None) -> bool:
        if self._any_port and self.process is None:
            self.port = _free_port()
        settings = SETTINGS | ({} if self.durable else FLEETING) | {"port": str(self.port)}
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        process = self._begin(command, account)
        until = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < until:
            if is_ready(self.data, process.pid):
                self.process = process
                return True
            time.sleep(POLL_SECONDS)
        process.kill()
        process.wait()
        return False

    def _begin(self, command: list[str], account: Account | None) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        with self.log.open("ab") as log:
            # SIGINT is PostgreSQL's fast shutdown: it cuts the sessions and leaves nothing to recover.
            return start_tethered(Program(command, environment, account, signal.SIGINT), log)


def _free_port() -> int:
    """Find a port below those of outgoing connections: one of them could take it while a dead server starts again."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise PostgresFailed(f"No port from {PORTS.start} to {PORTS.stop - 1} is free for PostgreSQL.")
