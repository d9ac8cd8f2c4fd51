"""A refusal is looked at again by a person: who refuses or takes it back signs the very answer that is sealed.

A review is an entry of the journal like any other: number, term, ledger, document. What differs is who decides: never
the rules, however late it is. It warns before its term, and an overdue one goes on warning every day.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from shared.kit.casework.answers import Decided, write
from shared.kit.casework.deciding import Proposal, hold, latest, propose
from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.proposals import Official, ProposalChanged
from shared.kit.casework.registration import known_provider
from shared.kit.casework.timing import AwaitsOfficial
from shared.kit.database import Database
from shared.law.answers import Heading, Party, canonical
from shared.law.passport import Passport
from shared.law.review import WARNS_AT, Reviewed, review_answer, review_kind
from shared.law.text import Text

log = structlog.get_logger()
_REFUSED: Final = """
SELECT r.provider_bin FROM requests r JOIN documents d USING (request_id)
WHERE r.request_id = $1 AND r.applicant_iin = $2 AND r.subject_iin = $3 AND r.state = 'answered'
    AND r.review_of IS NULL AND d.outcome = 'refused' AND d.token = $4
    AND NOT EXISTS (SELECT FROM requests other WHERE other.review_of = $1 AND other.request_id <> $5)
"""
_TO_DRAFT: Final = """
SELECT r.number, r.provider_bin, d.payload, d.grounds FROM requests r JOIN documents d ON d.request_id = r.review_of
WHERE r.request_id = $1 AND r.provider_bin = $2 AND r.state = 'registered' FOR UPDATE OF r
"""
_WITHDRAW: Final = """
UPDATE documents SET status = 'withdrawn', status_at = $2 WHERE request_id = $1 AND status = 'valid'
"""
_ANEW: Final = """
SELECT true FROM requests r JOIN documents d USING (request_id)
WHERE r.request_id = $1 AND d.status = 'withdrawn' AND r.content = $2 AND r.cms = $3
    AND (r.applicant_iin, r.subject_iin, r.provider_bin) = ($4, $5, $6)
"""
_LATE_EVERY: Final = timedelta(days=1)


class Reviews:
    """Reviews of one service's refusals."""

    def __init__(self, database: Database, passport: Passport, decree: Text) -> None:
        self._database, self._passport, self._decree = database, passport, decree

    async def provider_of(self, review_id: UUID, refused: tuple[UUID, str], people: tuple[str, str]) -> str | None:
        """Return whose refusal (request and token) it is that these people may have reviewed; None where none is."""
        async with self._database.connection() as connection:
            bin_: str | None = await connection.fetchval(_REFUSED, refused[0], *people, refused[1], review_id)
        return bin_

    async def reopens(self, anew_of: UUID, signed: tuple[bytes, bytes], about: tuple[str, str, str]) -> bool:
        """Say whether a refusal was taken back of the same signed bytes (content, CMS), people and provider."""
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_ANEW, anew_of, *signed, *about))

    async def draft(self, official: Official, review_id: UUID, said: tuple[bool, Text], at: datetime) -> int:
        """Draw the answer up, in place of an earlier draft: whether the refusal stands, and why; return its version.

        Raises ProposalChanged where no such review of the official's provider is open.
        """
        async with self._database.transaction() as connection:
            row = await connection.fetchrow(_TO_DRAFT, review_id, official.provider_bin)
            if row is None:
                raise ProposalChanged
            before = await latest(connection, review_id)
            if before is not None and before.act is not None:
                raise ProposalChanged
            drawn = self._drawn(row, said, at)
            return await propose(connection, review_id, before, Proposal(drawn, drawn.payload), at)

    def _drawn(self, row: Mapping[str, Any], said: tuple[bool, Text], at: datetime) -> Drawn:
        stands, words = said
        refusal, token = json.loads(row["payload"]), secrets.token_urlsafe(24)
        # Who it is about stands in the refusal; the party here only fills the heading's place.
        heading = Heading(
            row["number"], token, at, known_provider(row["provider_bin"]), Party(refusal["applicant"]["iin"]),
            self._passport, self._decree,
        )  # fmt: skip
        payload = canonical(review_answer(heading, Reviewed(refusal, stands, words)))
        kind, grounds = review_kind(self._passport, stands=stands), tuple(row["grounds"]) if stands else ()
        return Drawn(token, kind, "refused" if stands else "granted", grounds, payload)

    async def settle(self, entry: Entry, now: datetime) -> bool:
        """Write what an official has signed, and take the refusal back where it does not stand; True once it is done.

        Raises AwaitsOfficial while nobody has; the entry is put off until the next warning.
        """
        async with self._database.transaction() as connection:
            if await hold(connection, entry.request_id) is None:
                return True
            signed = await latest(connection, entry.request_id)
            if signed is not None and signed.act == "confirmed":
                await write(connection, entry.request_id, signed.drawn, Decided(now, ()))
                if signed.drawn.outcome == "granted":
                    await connection.execute(_WITHDRAW, entry.review_of, now)
                return True
            await connection.execute(
                "UPDATE requests SET due_at = $2 WHERE request_id = $1", entry.request_id, next_warning(entry, now)
            )
        _warn(entry, now)
        raise AwaitsOfficial


def next_warning(entry: Entry, now: datetime) -> datetime:
    """Return when an open review is looked at again: at half and four fifths of its term, at its end, then daily."""
    term = entry.answer_by - entry.counts_from
    moments = [entry.counts_from + term * part for part in WARNS_AT] + [entry.answer_by]
    return next((moment for moment in moments if moment > now), now + _LATE_EVERY)


def _warn(entry: Entry, now: datetime) -> None:
    told = {"request_id": str(entry.request_id), "number": entry.number, "answer_by": entry.answer_by.isoformat()}
    if now >= entry.answer_by:
        log.error("review.overdue", **told)
    elif now >= entry.counts_from + (entry.answer_by - entry.counts_from) * WARNS_AT[0]:
        log.warning("review.due_soon", **told)
