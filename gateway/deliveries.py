"""The rows that still have to reach their service, and what the service answered; one function, one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.journal import COLUMNS, Request
from gateway.ledger import StepTaken
from gateway.watch import CHANNEL
from shared.kit.database import Database

LEASE = timedelta(seconds=20)
"""How long a claimed row is left alone; longer than any delivery takes, so that a crash costs this much at the most."""
FARTHEST = timedelta(minutes=1)
"""No row is left alone for so long: one that is due later was written by a clock that ran ahead, and is due now."""

_CLAIM = f"""
UPDATE requests SET next_attempt_at = $3, attempts = attempts + 1 WHERE id IN (
    SELECT id FROM requests WHERE state IN ('signed', 'registered') AND (next_attempt_at <= $1 OR next_attempt_at > $4)
    ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING {COLUMNS}
"""  # noqa: S608 -- Constants of ours.

# The notification is a row source and no column: a column that nobody reads would not be computed.
_STORE = f"""
WITH stored AS (
    UPDATE requests SET state = $2, number = $3, registered_at = $4, answer_by = $5, outcome = $6, answered_at = $7,
        document_token = $8, document = $9, next_attempt_at = $10, updated_at = $11, refused_status = NULL,
        version = version + (state <> $2)::int
    WHERE id = $1 AND state IN ('signed', 'registered') RETURNING {COLUMNS}
), ledger AS (
    INSERT INTO request_steps (request_id, step, started_at, ended_at, limit_seconds, met)
    SELECT $1, * FROM unnest($12::int[], $13::timestamptz[], $14::timestamptz[], $15::float8[], $16::boolean[])
    ON CONFLICT DO NOTHING
)
SELECT {COLUMNS} FROM stored CROSS JOIN LATERAL pg_notify('{CHANNEL}', stored.id::text)
"""  # noqa: S608 -- Constants of ours.
_POSTPONE = f"""
WITH put_off AS (
    UPDATE requests SET next_attempt_at = $2, refused_status = $3::smallint,
        version = version + (refused_status IS DISTINCT FROM $3::smallint)::int
    WHERE id = $1 AND state IN ('signed', 'registered') RETURNING id
)
SELECT pg_notify('{CHANNEL}', id::text) FROM put_off
"""  # noqa: S608 -- A constant of ours.


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What a service said of a request: registered under a number, perhaps answered already."""

    number: str
    registered_at: datetime
    answer_by: datetime
    outcome: str | None
    answered_at: datetime | None
    document_token: str | None
    document: str | None
    steps: tuple[StepTaken, ...]


async def claim(database: Database, at: datetime, most: int) -> list[Request]:
    """Claim unanswered requests whose time has come; each is lent to one process for LEASE."""
    async with database.connection() as c:
        rows = await c.fetch(_CLAIM, at, most, at + LEASE, at + FARTHEST)
    return [Request(**row) for row in rows]


async def store_answer(
    database: Database,
    request_id: UUID,
    answer: ServiceAnswer,
    steps: tuple[StepTaken, ...],
    times: tuple[datetime, datetime],
) -> Request | None:
    """Store the registration or the outcome and tell whoever watches; an outcome once stored never changes.

    Args:
        database: The gateway's database.
        request_id: The request.
        answer: What the service said.
        steps: The gateway's own steps to be written with it.
        times: Now, and when to ask again if it is not answered yet.

    Returns:
        The request as it stands then; None if it was answered before.
    """
    state = "answered" if answer.outcome else "registered"
    at, again = times
    taken = (*steps, *answer.steps)
    async with database.connection() as c:
        row = await c.fetchrow(
            _STORE, request_id, state, answer.number, answer.registered_at, answer.answer_by, answer.outcome,
            answer.answered_at, answer.document_token, answer.document, None if answer.outcome else again, at,
            [step.step for step in taken], [step.started_at for step in taken], [step.ended_at for step in taken],
            [step.limit.total_seconds() for step in taken], [step.met for step in taken],
        )  # fmt: skip
    return Request(**row) if row else None


async def postpone(database: Database, request_id: UUID, until: datetime, refused_status: int | None) -> None:
    """Try again then, for the service did not answer or would not take it; whoever watches looks at it."""
    async with database.connection() as c:
        await c.execute(_POSTPONE, request_id, until, refused_status)
