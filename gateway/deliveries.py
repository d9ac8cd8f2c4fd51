"""The rows that still have to reach their service, and what the service answered; one function, one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.journal import COLUMNS, Request, StepTaken, insert_steps
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
    async with database.transaction() as c:
        rows = await c.fetch(_CLAIM, at, most, at + LEASE, at + FARTHEST)
    return [Request(**row) for row in rows]


async def store_answer(
    database: Database,
    request_id: UUID,
    answer: ServiceAnswer,
    steps: tuple[StepTaken, ...],
    times: tuple[datetime, datetime],
) -> None:
    """Store the registration or the outcome; an outcome once stored never changes.

    Args:
        database: The gateway's database.
        request_id: The request.
        answer: What the service said.
        steps: The gateway's own steps to be written with it.
        times: Now, and when to ask again if it is not answered yet.
    """
    state = "answered" if answer.outcome else "registered"
    at, again = times
    async with database.transaction() as c:
        await c.execute(
            "UPDATE requests SET state = $2, number = $3, registered_at = $4, answer_by = $5, outcome = $6,"
            " answered_at = $7, document_token = $8, document = $9, next_attempt_at = $10, updated_at = $11,"
            " version = version + (state <> $2)::int WHERE id = $1 AND state IN ('signed', 'registered')",
            request_id, state, answer.number, answer.registered_at, answer.answer_by, answer.outcome,
            answer.answered_at, answer.document_token, answer.document, None if answer.outcome else again, at,
        )  # fmt: skip
        await insert_steps(c, request_id, (*steps, *answer.steps))
        await c.execute(f"SELECT pg_notify('{CHANNEL}', $1)", str(request_id))


async def postpone(database: Database, request_id: UUID, until: datetime) -> None:
    """Try again then: the service did not answer."""
    async with database.transaction() as c:
        await c.execute(
            "UPDATE requests SET next_attempt_at = $2 WHERE id = $1 AND state IN ('signed', 'registered')",
            request_id,
            until,
        )
