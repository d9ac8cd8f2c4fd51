"""Loading what the college keeps: the same rows again change nothing, other values under the same id change the row.

Rows refer to each other by the college's ids. What a document rests on is not changed any more: a graduate whose
document is issued keeps the name of that day (DP-14), and a blank that is used stays used.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from diploma_svc.college_schemas import CollegeBody, Row
from shared.kit.database import Connection, Database
from shared.kit.problems import Conflict
from shared.law.text import Text

_ISSUED: Final = "EXISTS (SELECT FROM training_documents d WHERE d.graduate_id = graduates.graduate_id)"
# Table, key, the other columns, and when a row that is there may change.
_TABLES: Final[dict[str, tuple[str, str, str, str]]] = {
    "programmes": (
        "programmes", "programme_id", "kind, title_kk, title_ru, qualification_kk, qualification_ru", "true"
    ),
    "people": ("people", "person_id", "iin", "true"),
    "decisions": ("decisions", "decision_id", "number, decided_on, decided_by, order_number, order_on", "true"),
    "graduates": (
        "graduates", "graduate_id", "decision_id, person_id, programme_id, hours, passed, name_kk, name_ru",
        f"NOT {_ISSUED}",
    ),
    "debts": ("debts", "debt_id", "person_id, kind, owed_to, about, amount, since, cleared_on", "true"),
    "blank_forms": ("blank_forms", "form_id", "kind, in_force_from", "true"),
    "prices": ("prices", "kind, in_force_from", "amount", "true"),
    "documents": (
        "training_documents", "document_id", "graduate_id, number, series, blank_number, issued_on", "false"
    ),
}  # fmt: skip
_BLANKS: Final = """
INSERT INTO blanks (series, number, form_id, state, spoiled_at, why)
SELECT series, number, form_id, CASE WHEN spoiled IS NULL THEN 'free' ELSE 'spoiled' END,
    CASE WHEN spoiled IS NULL THEN NULL ELSE $2::timestamptz END, spoiled
FROM jsonb_to_recordset($1::jsonb) AS row(series text, number text, form_id text, spoiled text)
ON CONFLICT (series, number) DO UPDATE SET state = 'spoiled', spoiled_at = $2, why = excluded.why
    WHERE blanks.state = 'free' AND excluded.state = 'spoiled'
"""
# Whoever waits for a debt to be cleared is looked at within a second.
_WAKE: Final = """
UPDATE requests SET due_at = $1 WHERE state = 'registered' AND due_at > $1 AND request_id IN (
    SELECT request_id FROM cases JOIN graduates USING (graduate_id) WHERE person_id = ANY ($2))
"""


class RowsDoNotFit(Conflict):
    """A row names another that is not there, or says of an id what stands under another."""

    slug = "rows-do-not-fit"
    title = Text(
        "Жолдар бір-біріне сәйкес келмейді",
        "Строки не согласуются друг с другом",
        "The rows do not fit together",
    )


class College:
    """The tables that the college's system fills."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, body: CollegeBody, at: datetime) -> int:
        """Write all rows or none; returns how many were new or said something new. Raises RowsDoNotFit."""
        try:
            async with self._database.transaction() as connection:
                changed = 0
                for name in CollegeBody.model_fields:
                    rows: Sequence[Row] = getattr(body, name)
                    if rows:
                        changed += await _write(connection, name, rows, at)
                await connection.execute(_WAKE, at, [debt.person_id for debt in body.debts])
        except asyncpg.IntegrityConstraintViolationError as violated:
            raise RowsDoNotFit(code=violated.constraint_name or "unknown") from None
        except asyncpg.CardinalityViolationError:
            raise RowsDoNotFit(code="doubled") from None
        return changed


async def _write(connection: Connection, name: str, rows: Sequence[Row], at: datetime) -> int:
    told = json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False)
    done = await (
        connection.execute(_BLANKS, told, at) if name == "blanks" else connection.execute(_upsert(*_TABLES[name]), told)
    )
    return int(done.rsplit(" ", 1)[1])


def _upsert(table: str, key: str, columns: str, may_change: str) -> str:
    names = columns.split(", ")
    new = ", ".join(f"{name} = excluded.{name}" for name in names)
    there, then = (", ".join(f"{of}.{name}" for name in names) for of in (table, "excluded"))
    return f"""
        INSERT INTO {table} ({key}, {columns})
        SELECT {key}, {columns} FROM jsonb_populate_recordset(NULL::{table}, $1::jsonb)
        ON CONFLICT ({key}) DO UPDATE SET {new} WHERE {may_change} AND ROW({there}) IS DISTINCT FROM ROW({then})
    """  # noqa: S608 - names of ours.
