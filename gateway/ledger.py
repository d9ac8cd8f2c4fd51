"""The ledger of the decree's steps, each with its time and its limit (Tables 1 and 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.kit.database import Connection, Database


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of the channel's table with the time it took; ``in_term`` is what its service says, by the term."""

    step: int
    started_at: datetime
    ended_at: datetime
    limit: timedelta
    in_term: bool | None = None

    @property
    def met(self) -> bool:
        """Whether the step stayed within its limit."""
        return self.ended_at - self.started_at <= self.limit if self.in_term is None else self.in_term


async def record_steps(database: Database, request_id: UUID, steps: Sequence[StepTaken]) -> None:
    """Write steps into the ledger; the same step at the same moment is written once."""
    async with database.transaction() as c:
        await insert_steps(c, request_id, steps)


async def steps_of(database: Database, request_id: UUID) -> list[StepTaken]:
    """Return the ledger of a request in the order in which the steps began."""
    async with database.connection() as c:
        rows = await c.fetch(
            "SELECT step, started_at, ended_at, limit_seconds, met FROM request_steps WHERE request_id = $1"
            " ORDER BY started_at, step",
            request_id,
        )
    return [
        StepTaken(row["step"], row["started_at"], row["ended_at"], timedelta(seconds=row["limit_seconds"]), row["met"])
        for row in rows
    ]


async def insert_steps(c: Connection, request_id: UUID, steps: Sequence[StepTaken]) -> None:
    """Write steps into the ledger inside the caller's transaction; what stands there already stays."""
    await c.executemany(
        "INSERT INTO request_steps (request_id, step, started_at, ended_at, limit_seconds, met)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        [(request_id, s.step, s.started_at, s.ended_at, s.limit.total_seconds(), s.met) for s in steps],
    )
