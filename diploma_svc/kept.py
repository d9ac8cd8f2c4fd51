"""What is kept about people and their papers, for the cases: debts, papers that count, the price list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from diploma_svc.holdings import Debt, Paper, PaperKind, is_shown
from shared.kit.database import Connection

_HANDED_IN: Final = """
SELECT kind, dated, amount, EXISTS (SELECT FROM scans WHERE scan_id = paper_id) AS scanned,
    handed_in_by <> applicant_iin AS at_desk
FROM handed_in JOIN requests USING (request_id) WHERE request_id = $1 AND rejected_at IS NULL
ORDER BY handed_in_at, paper_id
"""
# Whoever waits for a debt to be cleared is looked at within a second.
_WAKE: Final = """
UPDATE requests SET due_at = $1 WHERE state = 'registered' AND due_at > $1 AND request_id IN (
    SELECT request_id FROM cases JOIN graduates USING (graduate_id) WHERE person_id = ANY ($2))
"""


async def debts_of(c: Connection, person_id: str) -> list[Debt]:
    """Return what a person owes now (DP-13)."""
    sql = "SELECT kind, owed_to, about, amount FROM debts WHERE person_id = $1 AND cleared_on IS NULL ORDER BY debt_id"
    return [Debt(**row) for row in await c.fetch(sql, person_id)]


async def wake_people(c: Connection, person_ids: Sequence[str], at: datetime) -> None:
    """Let the open cases of these people be looked at now."""
    await c.execute(_WAKE, at, person_ids)


async def papers_of(c: Connection, request_id: UUID) -> list[Paper]:
    """Return what was handed in (DP-15) and counts: shown, and not found wanting."""
    rows = [(PaperKind(row["kind"]), row) for row in await c.fetch(_HANDED_IN, request_id)]
    return [
        Paper(kind, row["dated"], row["amount"])
        for kind, row in rows
        if is_shown(kind, scanned=row["scanned"], at_desk=row["at_desk"])
    ]


async def price_of(c: Connection, kind: str, on: date) -> int | None:
    """Return the price of a duplicate by the price list in force on the day of the application (DP-8)."""
    sql = "SELECT amount FROM prices WHERE kind = $1 AND in_force_from <= $2 ORDER BY in_force_from DESC LIMIT 1"
    found: int | None = await c.fetchval(sql, kind, on)
    return found
