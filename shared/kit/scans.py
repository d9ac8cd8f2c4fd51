"""Scans of papers: PDF, JPEG and PNG by their content, at most 5 MiB, encrypted at rest, each reading on record.

Whoever keeps scans runs ``SCANS`` in a migration, opens ``ScanKeys.from_file(scan_keys_of(keys_dir, name))`` once, and
calls ``keep`` and ``read`` inside its own transaction; who may do it is the caller's to decide. ``scan_bodies`` reads a
``Scan`` from a request and answers with one.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kit.database import Connection
from shared.kit.keys import KeysMissing
from shared.kit.problems import Unprocessable, UnsupportedMediaType

MOST_BYTES: Final = 5 * 1024 * 1024
SCAN_TYPES: Final = ("application/pdf", "image/jpeg", "image/png")
SCANS: Final = """
-- Scans of papers: a key's mark, a nonce, the ciphertext. The scan's id is bound to it.
CREATE TABLE scans (
    scan_id    uuid PRIMARY KEY,
    media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
    kept       bytea NOT NULL,
    kept_at    timestamptz NOT NULL,
    kept_by    text NOT NULL CHECK (kept_by ~ '^[0-9]{12}$')
);
-- Ciphertext does not shrink: not trying saves the time.
ALTER TABLE scans ALTER COLUMN kept SET STORAGE EXTERNAL;
-- Who opened a scan when.
CREATE TABLE scan_readings (
    reading  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scan_id  uuid NOT NULL REFERENCES scans,
    read_at  timestamptz NOT NULL,
    read_by  text NOT NULL CHECK (read_by ~ '^[0-9]{12}$')
);
CREATE INDEX scan_readings_by_scan ON scan_readings (scan_id);
"""
_KEEP: Final = """
INSERT INTO scans (scan_id, media_type, kept, kept_at, kept_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
"""
_READING: Final = "INSERT INTO scan_readings (scan_id, read_at, read_by) VALUES ($1, $2, $3)"
_KEY, _MARK, _NONCE, _TAIL = 32, 4, 12, 1024
"""Octets of a key, of its mark, of a nonce; how far before its end a PDF's last mark may stand (ISO 32000-2, I)."""
_BEGIN_AND_END: Final = (
    ("application/pdf", b"%PDF-1.", b"%%EOF"),
    ("application/pdf", b"%PDF-2.", b"%%EOF"),
    ("image/jpeg", b"\xff\xd8\xff", b"\xff\xd9"),
    ("image/png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"),
)
HEAD: Final = max(len(begin) for _, begin, _ in _BEGIN_AND_END)
"""Octets from the beginning of a scan by which its kind is known."""


class ScanDamaged(Exception):
    """What is kept is not what was put there, or its key is not among ours."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan whose content is what its media type says."""

    media_type: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, content: bytes, told: str) -> "Scan":
        """Return the scan that bytes are.

        Raises:
            UnsupportedMediaType: They are no PDF, JPEG or PNG, whatever they are called.
            Unprocessable: They are cut off, too many, or called something else than what they are.
        """
        kind, end = _kind_of(content)
        if len(content) > MOST_BYTES:
            raise Unprocessable(errors=[{"pointer": "", "code": "too-long"}])
        if end not in content[-_TAIL:]:
            raise Unprocessable(errors=[{"pointer": "", "code": "cut-off"}])
        check_head(content, told)
        return cls(kind, content)


def check_head(head: bytes, told: str) -> None:
    """Raise, by the first ``HEAD`` octets, UnsupportedMediaType and Unprocessable as ``Scan.of`` does."""
    if _kind_of(head)[0] != told:
        raise Unprocessable(errors=[{"pointer": "", "code": "another-content"}])


class ScanKeys:
    """Encrypts scans under the newest key (AES-256-GCM), and decrypts them under whichever they were put away with."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        """Take keys of 32 octets, the newest last. Raises ValueError where there is none, or one of another length."""
        ring = list(keys)
        if not ring or any(len(key) != _KEY for key in ring):
            raise ValueError("A key of scans has 32 octets, and there is at least one.")
        self._ciphers = {sha256(key).digest()[:_MARK]: AESGCM(key) for key in ring}
        self._newest = sha256(ring[-1]).digest()[:_MARK]

    @classmethod
    def from_file(cls, path: Path) -> "ScanKeys":
        """Read keys from a file: one a line in hexadecimal, the newest last. Raises KeysMissing, ValueError."""
        try:
            lines = path.read_text("ascii").split()
        except FileNotFoundError:
            raise KeysMissing(f"There is no key {path}; the operator makes it once (see README).") from None
        return cls(bytes.fromhex(line) for line in lines)

    def seal(self, scan_id: UUID, content: bytes) -> bytes:
        """Return what is kept."""
        nonce = secrets.token_bytes(_NONCE)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, content, scan_id.bytes)

    def open(self, scan_id: UUID, kept: bytes) -> bytes:
        """Return the content; raises ScanDamaged."""
        mark, nonce, sealed = kept[:_MARK], kept[_MARK : _MARK + _NONCE], kept[_MARK + _NONCE :]
        try:
            return self._ciphers[mark].decrypt(nonce, sealed, scan_id.bytes)
        except (KeyError, InvalidTag, ValueError) as damaged:
            raise ScanDamaged from damaged


def scan_keys_of(keys_dir: Path, name: str) -> Path:
    """Return where a process has its keys of scans."""
    return keys_dir / "scans" / f"{name}.key"


async def keep(c: Connection, keys: ScanKeys, scan_id: UUID, scan: Scan, by: tuple[datetime, str]) -> bool:
    """Keep a scan, once, ``by`` whom (when, IIN); False where there is one under this id already."""
    done = await c.execute(_KEEP, scan_id, scan.media_type, keys.seal(scan_id, scan.content), *by)
    return bool(done == "INSERT 0 1")


async def read(c: Connection, keys: ScanKeys, scan_id: UUID, by: tuple[datetime, str]) -> Scan | None:
    """Return a scan and write down who reads it (when, IIN); None where there is none. Raises ScanDamaged."""
    row = await c.fetchrow("SELECT media_type, kept FROM scans WHERE scan_id = $1", scan_id)
    if row is None:
        return None
    await c.execute(_READING, scan_id, *by)
    return Scan(row["media_type"], keys.open(scan_id, row["kept"]))


def _kind_of(content: bytes) -> tuple[str, bytes]:
    for kind, begin, end in _BEGIN_AND_END:
        if content.startswith(begin):
            return kind, end
    raise UnsupportedMediaType
