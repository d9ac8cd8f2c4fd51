"""Documents as PDF: made when first asked for, then kept; and the list of those that no longer stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from shared.documents.sealed import Sealed
from shared.documents.status_list import STATUS_LIST_TYPE, Fallen, status_list
from shared.kit.casework.paper_order import PaperOrder, set_paper
from shared.kit.casework.press import Press
from shared.kit.casework.seals import Seals
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.law.text import Language

log = structlog.get_logger()
_KEPT: Final = "SELECT paper FROM papers WHERE token = $1 AND languages = $2"
_DOCUMENT: Final = """
SELECT d.jws, r.provider_bin FROM documents d JOIN requests r USING (request_id)
WHERE d.token = $1 AND d.jws IS NOT NULL
"""
_KEEP: Final = """
INSERT INTO papers (token, languages, paper, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
_FALLEN: Final = """
SELECT d.token, d.status, coalesce(d.status_at, d.issued_at) AS since
FROM documents d JOIN requests r USING (request_id)
WHERE r.provider_bin = $1 AND d.status <> 'valid' AND d.jws IS NOT NULL ORDER BY 3, 1
"""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is the same on all papers: where documents are checked, and who stamps the time (None: nobody)."""

    check_address: str
    tsa_url: str | None


@dataclass(frozen=True, slots=True)
class Papers:
    """The table ``papers``, and the press that fills it."""

    database: Database
    seals: Seals
    clock: Clock
    press: Press
    letterhead: Letterhead

    async def paper(self, token: str, languages: Sequence[Language]) -> bytes | None:
        """Return the sealed PDF of a document, None where there is none.

        Raises Unavailable where too many are being made, OSError where the provider's key is not there.
        """
        named = ",".join(languages)
        async with self.database.connection() as connection:
            kept: bytes | None = await connection.fetchval(_KEPT, token, named)
            row = None if kept is not None else await connection.fetchrow(_DOCUMENT, token)
        if kept is not None:
            return kept
        if row is None:
            return None
        paper, is_whole = await self.press.do(set_paper, self._order(row["jws"], row["provider_bin"], languages))
        if not is_whole:
            log.warning("paper.not_stamped")
            return paper
        async with self.database.connection() as connection:
            await connection.execute(_KEEP, token, named, paper, self.clock.now())
            # Of two that were made at once the first is kept, and is what both get.
            first: bytes = await connection.fetchval(_KEPT, token, named)
        return first

    async def status_list(self, provider_bin: str, service: str) -> str:
        """Return the sealed list of a provider's documents that no longer stand; OSError where its key is not there."""
        async with self.database.connection() as connection:
            rows = await connection.fetch(_FALLEN, provider_bin)
        fallen = [Fallen(row["token"], row["status"], row["since"]) for row in rows]
        payload = status_list(provider_bin, service, self.clock.now(), fallen)
        return await self.seals.seal(provider_bin, payload, STATUS_LIST_TYPE)

    def close(self) -> None:
        """End the press."""
        self.press.close()

    def _order(self, jws: str, provider_bin: str, languages: Sequence[Language]) -> PaperOrder:
        key, chain = self.seals.files_of(provider_bin)
        document = Sealed.read(jws).document
        at: datetime = self.clock.now()
        return PaperOrder(
            jws=jws,
            check_address=self.letterhead.check_address,
            languages=tuple(languages),
            key=key,
            chain=chain,
            reason=str(document["clauses"][0]),
            at=at,
            tsa_url=self.letterhead.tsa_url,
        )
