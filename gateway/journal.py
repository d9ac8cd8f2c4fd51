"""The gateway's requests in its database; one function, one transaction.

A request is *signed* from the commit of ``store_signature`` on: from there it cannot be lost, and the row itself is the
job that delivers it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg

from gateway.ledger import StepTaken, insert_steps
from shared.kit.database import Database
from shared.kit.trace import trace_header
from shared.law.channels import Channel

COLUMNS = """id, account_id, service, form_version, applicant_iin, subject_iin, form, content, state, version, notices,
 intake_until, opens_at, created_at, updated_at, sign_by, signed_at, cms, evidence, attempts, number, registered_at,
 answer_by, outcome, answered_at, document_token, document, signature_sha256, standing, standing_at, moved_to,
 traceparent, refused_status, channel, employee_id, provider_bin, review_of, anew_of"""

_SIGN = f"""
UPDATE requests SET state = 'signed', cms = $2, signature_sha256 = $3, evidence = $4, signed_at = $5, updated_at = $5,
    next_attempt_at = $6, answer_by = $7, traceparent = $8,
    version = version + 1
WHERE id = $1 AND state = 'draft' RETURNING {COLUMNS}
"""  # noqa: S608 -- A constant of ours.


@dataclass(frozen=True, slots=True)
class Request:
    """One request as stored; times are aware UTC, ``form``, ``notices`` and ``evidence`` are JSON texts."""

    id: UUID
    account_id: UUID | None  # None: an employee asks for the person, at the desk or by telephone.
    service: str
    form_version: int
    applicant_iin: str
    subject_iin: str
    form: str
    content: bytes
    state: Literal["draft", "signed", "registered", "answered"]
    version: int
    notices: str
    intake_until: datetime | None
    opens_at: datetime | None
    created_at: datetime
    updated_at: datetime
    sign_by: datetime
    provider_bin: str
    channel: str = Channel.PORTAL
    employee_id: UUID | None = None
    signed_at: datetime | None = None
    cms: bytes | None = None
    evidence: str | None = None
    attempts: int = 0
    number: str | None = None
    registered_at: datetime | None = None
    answer_by: datetime | None = None
    outcome: Literal["granted", "refused"] | None = None
    answered_at: datetime | None = None
    document_token: str | None = None
    document: str | None = None
    signature_sha256: str | None = None
    standing: str | None = None  # What its service says has become of it since (standings.py).
    standing_at: datetime | None = None
    moved_to: UUID | None = None
    traceparent: str | None = None
    refused_status: int | None = None
    review_of: UUID | None = None  # The refused request that a person is to look at again (reviews.py).
    anew_of: UUID | None = None  # The refused request that is decided anew after such a review, by the same bytes.


class SignatureUsed(Exception):
    """The same signature value already stands on another request (EDS.md, step 6)."""


async def find_own(database: Database, request_id: UUID, account_id: UUID) -> Request | None:
    """Return the account's own request; another's is as good as none."""
    async with database.connection() as c:
        row = await c.fetchrow(
            f"SELECT {COLUMNS} FROM requests WHERE id = $1 AND account_id = $2",  # noqa: S608 -- A constant of ours.
            request_id,
            account_id,
        )
    return Request(**row) if row else None


async def find(database: Database, request_id: UUID) -> Request | None:
    """Return a request whoever asked for it: for what we do ourselves, never for what a caller names."""
    async with database.connection() as c:
        row = await c.fetchrow(f"SELECT {COLUMNS} FROM requests WHERE id = $1", request_id)  # noqa: S608 -- As above.
    return Request(**row) if row else None


async def find_by_token(database: Database, token: str) -> Request | None:
    """Return the request that ended in the document with this public token."""
    async with database.connection() as c:
        row = await c.fetchrow(f"SELECT {COLUMNS} FROM requests WHERE document_token = $1", token)  # noqa: S608 -- As above.
    return Request(**row) if row else None


async def insert_draft(c: asyncpg.Connection, draft: Request, steps: Sequence[StepTaken]) -> None:
    """Store a draft inside the caller's transaction (its Idempotency-Key stands in the same one)."""
    await c.execute(
        "INSERT INTO requests (id, account_id, service, form_version, applicant_iin, subject_iin, form, content, state,"
        " version, notices, intake_until, opens_at, created_at, updated_at, sign_by, channel, employee_id, review_of)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', 1, $9, $10, $11, $12, $12, $13, $14, $15, $16)",
        draft.id, draft.account_id, draft.service, draft.form_version, draft.applicant_iin, draft.subject_iin,
        draft.form, draft.content, draft.notices, draft.intake_until, draft.opens_at, draft.created_at, draft.sign_by,
        draft.channel, draft.employee_id, draft.review_of,
    )  # fmt: skip
    await insert_steps(c, draft.id, steps)


async def update_intake(database: Database, draft: Request, at: datetime) -> None:
    """Store what the service now says of its intake, and until when the draft waits therefore."""
    async with database.connection() as c:
        await c.execute(
            "UPDATE requests SET intake_until = $2, opens_at = $3, notices = $4, sign_by = $5, updated_at = $6,"
            " version = version + 1 WHERE id = $1 AND state = 'draft'",
            draft.id, draft.intake_until, draft.opens_at, draft.notices, draft.sign_by, at,
        )  # fmt: skip


async def store_signature(
    database: Database,
    request_id: UUID,
    cms: bytes,
    verdict: tuple[str, dict[str, Any]],
    times: tuple[datetime, datetime, datetime],
) -> Request | None:
    """Make a draft a signed request; when this returns it, it is committed and cannot be lost.

    Who watches the request hears of it with what its delivery brings, or fails to bring.

    Args:
        database: The gateway's database.
        request_id: The draft.
        cms: The signature as it came.
        verdict: SHA-256 of the signature value, and the evidence of its verification.
        times: When it was signed, when the loop may take it up unless this process delivers it before, and until when
            it is to be answered.

    Returns:
        The signed request; None if it was no draft any more.

    Raises:
        SignatureUsed: The signature value was used before.
    """
    signature_sha256, evidence = verdict
    try:
        async with database.connection() as c:
            row = await c.fetchrow(
                _SIGN, request_id, cms, signature_sha256, json.dumps(evidence), *times, trace_header()
            )
    except asyncpg.UniqueViolationError as used:
        raise SignatureUsed from used
    return Request(**row) if row else None
