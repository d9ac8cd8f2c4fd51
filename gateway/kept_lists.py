"""The revocation lists that evidence names, in the database: backed up with it, and at hand in every replica.

The folder of ``CrlStore`` belongs to one machine and is not backed up; it serves only until a list is written here.
"""

import asyncio
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from shared.eds.crl_store import CrlStore
from shared.eds.evidence import lists_named_in
from shared.kit.database import Database

MOST_REMEMBERED: Final = 256
_PUT = "INSERT INTO revocation_lists (sha256, deflated, kept_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_READ = "SELECT sha256, deflated FROM revocation_lists WHERE sha256 = ANY($1)"


class KeptLists:
    """Writes each list once, when a signature is first verified by it, and reads it again for its evidence."""

    def __init__(self, database: Database, store: CrlStore) -> None:
        """Nothing is asked yet."""
        self._database = database
        self._store = store
        self._written: set[str] = set()

    async def keep(self, evidence: Mapping[str, Any], at: datetime) -> None:
        """Write the lists that the evidence names and that were not written yet; costs nothing where all are."""
        for sha256 in lists_named_in(evidence):
            if sha256 not in self._written:
                await self._write(sha256, at)

    async def read(self, evidence: Mapping[str, Any]) -> dict[str, bytes]:
        """Return the DER of the lists that the evidence names, by digest; one that nobody has is left out."""
        named = lists_named_in(evidence)
        async with self._database.connection() as c:
            rows = {row["sha256"]: row["deflated"] for row in await c.fetch(_READ, named)}
        # Unpacking and reading files is not for the event loop.
        return await asyncio.to_thread(self._unpacked, named, rows)

    async def _write(self, sha256: str, at: datetime) -> None:
        deflated = await asyncio.to_thread(self._deflated, sha256)
        if deflated is None:
            return
        async with self._database.connection() as c:
            await c.execute(_PUT, sha256, deflated, at)
        if len(self._written) >= MOST_REMEMBERED:
            self._written.clear()
        self._written.add(sha256)

    def _deflated(self, sha256: str) -> bytes | None:
        der = self._store.list_with(sha256)
        return zlib.compress(der) if der is not None else None

    def _unpacked(self, named: tuple[str, ...], rows: Mapping[str, bytes]) -> dict[str, bytes]:
        found = {}
        for sha256 in named:
            der = zlib.decompress(rows[sha256]) if sha256 in rows else self._store.list_with(sha256)
            if der is not None:
                found[sha256] = der
        return found
