"""The table ``lookups``: what an employee asked the registry, and whether the person is identified."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.kit.database import Connection

TRIES: Final = 3
_INSERT: Final = """
INSERT INTO lookups (lookup_id, employee_id, service, channel, person_iin, for_lookup, asked_at, told_at, expires_at,
    outcome, registry_answer, questions, expected, identified_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
_FIND: Final = """
SELECT lookup_id, employee_id, service, channel, person_iin, for_lookup, asked_at, told_at, expires_at, outcome,
    registry_answer, questions, expected, tries, identified_at
FROM lookups WHERE lookup_id = $1 AND employee_id = $2
"""
_WRONG: Final = """
SELECT coalesce(sum(tries - (identified_at IS NOT NULL)::int), 0) FROM lookups
WHERE person_iin = $1 AND channel = 'phone' AND asked_at > $2 AND for_lookup IS NULL
"""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question to the registry and what came of it; ``for_lookup`` is the applicant's, where this is of another."""

    lookup_id: UUID
    employee_id: UUID
    service: str
    channel: str
    person_iin: str = field(repr=False)
    for_lookup: UUID | None
    asked_at: datetime
    told_at: datetime
    expires_at: datetime
    outcome: str
    registry_answer: str | None = field(default=None, repr=False)
    questions: tuple[str, ...] = ()
    expected: tuple[bytes, ...] = field(default=(), repr=False)
    tries: int = 0
    identified_at: datetime | None = None

    @property
    def tries_left(self) -> int:
        """Return how often a caller may still answer."""
        return max(TRIES - self.tries, 0)


async def insert(c: Connection, one: Lookup) -> None:
    """Write a lookup down."""
    await c.execute(
        _INSERT, one.lookup_id, one.employee_id, one.service, one.channel, one.person_iin, one.for_lookup,
        one.asked_at, one.told_at, one.expires_at, one.outcome, one.registry_answer, list(one.questions),
        list(one.expected), one.identified_at,
    )  # fmt: skip


async def find(c: Connection, lookup_id: UUID, employee_id: UUID, *, lock: bool = False) -> Lookup | None:
    """Return the employee's own lookup; another's is as good as none."""
    row: Mapping[str, Any] | None = await c.fetchrow(_FIND + (" FOR UPDATE" if lock else ""), lookup_id, employee_id)
    if row is None:
        return None
    return Lookup(**{**row, "questions": tuple(row["questions"]), "expected": tuple(row["expected"])})


async def count_try(c: Connection, lookup_id: UUID, identified_at: datetime | None) -> None:
    """Count an answer, and keep when the caller was identified."""
    await c.execute(
        "UPDATE lookups SET tries = tries + 1, identified_at = $2 WHERE lookup_id = $1", lookup_id, identified_at
    )


async def wrong_since(c: Connection, iin: str, since: datetime) -> int:
    """Return how many wrong answers were given for a person by telephone, whoever asked."""
    return int(await c.fetchval(_WRONG, iin, since))
