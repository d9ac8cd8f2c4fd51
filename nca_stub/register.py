"""What the authority remembers, as files in one folder: the server and the command line may both write."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Reason = Literal[
    "unspecified",
    "keyCompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "certificateHold",
    "privilegeWithdrawn",
]

HOLD: Reason = "certificateHold"
OFFSET_FILE = "clock-offset"
"""Where the command line finds how far the running system's clock is ahead of the machine's."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """One revoked serial number, since when (UTC), and since when it is released from its hold, if it is."""

    serial: int
    reason: Reason
    revoked_at: datetime
    released_at: datetime | None = None


def write_file(path: Path, data: bytes, *, secret: bool = False) -> None:
    """Write a file whole or not at all; a secret one is readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    fresh.replace(path)


@dataclass(frozen=True, slots=True)
class Register:
    """The folder ``issued/`` (one certificate a file) and ``revoked/`` (one JSON a serial number)."""

    folder: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against other processes while something is read, decided and written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def add_issued(self, serial: int, der: bytes) -> None:
        """Record a certificate that was issued."""
        write_file(self.folder / "issued" / f"{serial:040x}.cer", der)

    def is_issued(self, serial: int) -> bool:
        """Say whether the authority issued the serial number."""
        return 0 < serial < 1 << 160 and (self.folder / "issued" / f"{serial:040x}.cer").is_file()

    def put_revocation(self, revocation: Revocation) -> None:
        """Record a revocation, or the release of one."""
        released = revocation.released_at
        said = {
            "reason": revocation.reason,
            "revoked_at": revocation.revoked_at.isoformat(),
            "released_at": released.isoformat() if released else None,
        }
        write_file(self.folder / "revoked" / f"{revocation.serial:040x}.json", json.dumps(said).encode())

    def revocation_of(self, serial: int) -> Revocation | None:
        """Return what is on record of a serial number, released or not."""
        path = self.folder / "revoked" / f"{serial:040x}.json"
        return _read(path) if self.is_issued(serial) and path.is_file() else None

    def revocations(self) -> tuple[Revocation, ...]:
        """Return everything on record, in the order of serial numbers, released ones too."""
        return tuple(_read(path) for path in sorted((self.folder / "revoked").glob("*.json")))


def _read(path: Path) -> Revocation:
    said = json.loads(path.read_bytes())
    released = said["released_at"]
    return Revocation(
        serial=int(path.stem, 16),
        reason=said["reason"],
        revoked_at=datetime.fromisoformat(said["revoked_at"]).astimezone(UTC),
        released_at=datetime.fromisoformat(released).astimezone(UTC) if released else None,
    )
