"""Tables and queries of accounts, challenges and registrations, each inside the caller's transaction."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.eds.verdict import Verdict
from shared.kit.database import Connection


@dataclass(frozen=True, slots=True)
class Account:
    """A person who is registered (HV-16.1); times are aware, in UTC."""

    id: UUID
    iin: str = field(repr=False)
    password_hash: str = field(repr=False)
    registered_at: datetime
    password_set_at: datetime


@dataclass(frozen=True, slots=True)
class Challenge:
    """Bytes that a person signs once to show that the IIN is theirs."""

    challenge_id: UUID
    iin: str
    content: bytes
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def usable(self, iin: str, at: datetime) -> bool:
        """Say whether it was made for this person, has not served yet, and is still in time."""
        return self.iin == iin and self.used_at is None and at < self.expires_at


async def account_with_iin(c: Connection, iin: str) -> Account | None:
    """Return the person's account, or None."""
    row = await c.fetchrow("SELECT * FROM accounts WHERE iin = $1", iin)
    return Account(**row) if row else None


async def account_with_id(c: Connection, account_id: UUID) -> Account | None:
    """Return the account, or None."""
    row = await c.fetchrow("SELECT * FROM accounts WHERE id = $1", account_id)
    return Account(**row) if row else None


async def put_account(c: Connection, account: Account) -> Account:
    """Write a new account, or the new password of a person who has one; gives the account as it stands."""
    row = await c.fetchrow(
        """INSERT INTO accounts (id, iin, password_hash, registered_at, password_set_at)
           VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (iin) DO UPDATE
              SET password_hash = excluded.password_hash, password_set_at = excluded.password_set_at
           RETURNING *""",
        account.id,
        account.iin,
        account.password_hash,
        account.registered_at,
        account.password_set_at,
    )
    return Account(**row)


async def renew_hash(c: Connection, account: Account, password_hash: str) -> None:
    """Keep the same password under today's parameters, unless it was changed meanwhile."""
    await c.execute(
        "UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
        account.id,
        account.password_hash,
        password_hash,
    )


async def put_challenge(c: Connection, challenge: Challenge) -> None:
    """Write a challenge that was just made."""
    await c.execute(
        "INSERT INTO challenges (challenge_id, iin, content, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        challenge.challenge_id,
        challenge.iin,
        challenge.content,
        challenge.created_at,
        challenge.expires_at,
    )


async def challenge_with_id(c: Connection, challenge_id: UUID) -> Challenge | None:
    """Return the challenge, or None."""
    row = await c.fetchrow("SELECT * FROM challenges WHERE challenge_id = $1", challenge_id)
    return Challenge(**row) if row else None


async def use_challenge(c: Connection, challenge_id: UUID, at: datetime) -> bool:
    """Mark the challenge as used; False when another registration was faster."""
    return bool(
        await c.fetchval(
            "UPDATE challenges SET used_at = $2 WHERE challenge_id = $1 AND used_at IS NULL RETURNING true",
            challenge_id,
            at,
        )
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a registration rests on: the signature as it came, its verdict, and the registry's sealed answer."""

    challenge_id: UUID
    cms: bytes = field(repr=False)
    verdict: Verdict
    registry_answer: str = field(repr=False)
    at: datetime


async def put_evidence(c: Connection, evidence: Evidence, account_id: UUID) -> None:
    """Keep what shows later, without us, that the person asked for the account."""
    await c.execute(
        """INSERT INTO registrations
             (challenge_id, account_id, signature_sha256, cms, evidence, registry_answer, registered_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        evidence.challenge_id,
        account_id,
        evidence.verdict.signature_sha256,
        evidence.cms,
        json.dumps(evidence.verdict.evidence, ensure_ascii=False),
        evidence.registry_answer,
        evidence.at,
    )
