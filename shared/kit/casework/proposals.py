"""What officials see and do: who decides at a provider, what is proposed, confirmed, returned.

Every query names the provider; what is another's is not there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from shared.kit.casework.timing import RINGS_BELOW, closing_moment
from shared.kit.database import Database

_CHOICE: Final = """
SELECT by_person, since, official FROM deciding_choices WHERE provider_bin = $1 ORDER BY since DESC LIMIT 1
"""
_CHOOSE: Final = """
INSERT INTO deciding_choices (provider_bin, since, by_person, official_iin, official) VALUES ($1, $2, $3, $4, $5)
"""
_LET_GO: Final = """
UPDATE requests SET due_at = $2
WHERE provider_bin = $1 AND awaits_official IS NOT NULL AND state = 'registered' AND review_of IS NULL
"""
_COLUMNS: Final = """r.request_id, r.review_of, r.number, r.applicant_iin, r.subject_iin, r.registered_at,
    r.counts_from, r.answer_by, p.version, p.made_at, p.outcome, p.grounds, p.payload, p.content, p.rests_on,
    p.remark, r.form, (SELECT d.payload FROM documents d WHERE d.request_id = r.review_of) AS refusal"""
_WAITING: Final = f"""
SELECT {_COLUMNS} FROM requests r
LEFT JOIN LATERAL (SELECT * FROM proposals WHERE request_id = r.request_id ORDER BY version DESC LIMIT 1) p ON true
LEFT JOIN proposal_acts a ON (a.request_id, a.version) = (p.request_id, p.version)
WHERE r.provider_bin = $1 AND r.awaits_official IS NOT NULL AND r.state = 'registered' AND a.act IS NULL
    AND (r.review_of IS NOT NULL) = $2 AND ($3::uuid IS NULL OR r.request_id = $3)
ORDER BY r.answer_by, r.registered_at, r.request_id LIMIT $4
"""  # noqa: S608 - a constant list of columns.
_LOCK: Final = """
SELECT true FROM requests WHERE request_id = $1 AND provider_bin = $2 AND state = 'registered' FOR UPDATE
"""
# After the lock, in a statement of its own: what another did meanwhile is seen.
_UNTOUCHED: Final = """
SELECT true FROM proposals WHERE request_id = $1 AND version = $2
    AND version = (SELECT max(version) FROM proposals WHERE request_id = $1)
    AND NOT EXISTS (SELECT FROM proposal_acts WHERE request_id = $1 AND version = $2)
"""
_ACT: Final = """
INSERT INTO proposal_acts (request_id, version, act, at, official_iin, official, remark, cms, evidence,
    signature_sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)
"""
_DUE: Final = "UPDATE requests SET due_at = $2 WHERE request_id = $1"


MOST: Final = 200
"""So much is listed at most: the nearest deadlines; the rest follows when these are done."""


class ProposalChanged(Exception):
    """It is decided, returned or confirmed meanwhile, or another proposal stands in its place."""


class SignatureUsed(Exception):
    """The signature value stands under another proposal already."""


@dataclass(frozen=True, slots=True)
class Official:
    """Who acts: for which provider, IIN and name."""

    provider_bin: str
    iin: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether officials confirm what the rules propose; since when, and by whose choice (None: nobody chose)."""

    by_person: bool
    since: datetime | None
    official: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for an official; a review has no proposal (``version`` None) until one is drafted."""

    request_id: UUID
    review_of: UUID | None
    number: str
    applicant_iin: str = field(repr=False)
    subject_iin: str = field(repr=False)
    registered_at: datetime
    counts_from: datetime
    answer_by: datetime
    version: int | None
    made_at: datetime | None
    outcome: str | None
    grounds: tuple[str, ...]
    payload: bytes | None = field(repr=False)
    content: bytes | None = field(repr=False)
    rests_on: tuple[Mapping[str, Any], ...]
    remark: str | None
    form: Mapping[str, Any] = field(repr=False)
    refusal: bytes | None = field(repr=False)

    @property
    def until(self) -> datetime:
        """Return until when an official decides: a proposal until the rules do, a review until its term is over."""
        return self.answer_by if self.review_of else closing_moment(self.answer_by)

    def rings(self, now: datetime) -> bool:
        """Say whether so little of the official's time is left that it rings."""
        return self.until - now < RINGS_BELOW * (self.until - self.counts_from)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The official's signature (detached CMS) over the proposal's bytes, as the gateway verified it."""

    cms: bytes
    evidence: Mapping[str, Any]
    signature_sha256: str


class Proposals:
    """The tables ``deciding_choices``, ``proposals`` and ``proposal_acts`` as officials use them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def choice(self, provider_bin: str) -> Choice:
        """Return who decides at a provider: the rules, unless it chose otherwise."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_CHOICE, provider_bin)
        return Choice(**row) if row else Choice(by_person=False, since=None, official=None)

    async def choose(self, official: Official, at: datetime, *, by_person: bool) -> Choice:
        """Write the choice; what waits for an official is due at once where the rules decide from now on."""
        async with self._database.transaction() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 23))", official.provider_bin)
            row = await connection.fetchrow(_CHOICE, official.provider_bin)
            if row is None or row["by_person"] is not by_person:
                chosen = (official.provider_bin, at, by_person, official.iin, official.name)
                await connection.execute(_CHOOSE, *chosen)
            if not by_person:
                await connection.execute(_LET_GO, official.provider_bin, at)
        return await self.choice(official.provider_bin)

    async def waiting(self, provider_bin: str, *, reviews: bool) -> list[Waiting]:
        """Return what waits for an official of the provider, the nearest deadline first: proposals, or reviews."""
        async with self._database.connection() as connection:
            rows = await connection.fetch(_WAITING, provider_bin, reviews, None, MOST)
        return [_waiting(row) for row in rows]

    async def one(self, provider_bin: str, request_id: UUID, *, review: bool) -> Waiting | None:
        """Return one of them, None where there is none."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(_WAITING, provider_bin, review, request_id, 1)
        return None if row is None else _waiting(row)

    async def confirm(self, official: Official, seen: tuple[UUID, int], confirmed: Confirmed, at: datetime) -> None:
        """Write the official's signature under a proposal (its request and version); the entry is due at once.

        Raises ProposalChanged where it is not the one that waits, SignatureUsed where the signature was used before.
        """
        signature = (confirmed.cms, json.dumps(confirmed.evidence), confirmed.signature_sha256)
        await self._act(official, seen, ("confirmed", None, *signature), at)

    async def give_back(self, official: Official, seen: tuple[UUID, int], remark: str, at: datetime) -> None:
        """Return a proposal with a remark: the facts are asked anew at once. Raises ProposalChanged."""
        await self._act(official, seen, ("returned", remark, None, None, None), at)

    async def _act(self, official: Official, seen: tuple[UUID, int], act: tuple[object, ...], at: datetime) -> None:
        what, *rest = act
        try:
            async with self._database.transaction() as connection:
                held = await connection.fetchval(_LOCK, seen[0], official.provider_bin)
                if not held or not await connection.fetchval(_UNTOUCHED, *seen):
                    raise ProposalChanged
                await connection.execute(_ACT, *seen, what, at, official.iin, official.name, *rest)
                await connection.execute(_DUE, seen[0], at)
        except asyncpg.UniqueViolationError as used:
            raise SignatureUsed from used


def _waiting(row: Mapping[str, Any]) -> Waiting:
    grounds, rests_on = tuple(row["grounds"] or ()), tuple(json.loads(row["rests_on"] or "[]"))
    return Waiting(**{**row, "grounds": grounds, "rests_on": rests_on, "form": json.loads(row["form"])})
