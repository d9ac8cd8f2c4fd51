"""How rows of the college's load become rows of tables: under which key, and when a row that is there may change.

What a document rests on is not changed any more: a graduate whose document is issued keeps the name of that day
(DP-14), a blank that is used stays used, a debt that an employee has cleared stays cleared.
"""

from typing import Final

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
    "debts": (
        "debts", "debt_id", "person_id, kind, owed_to, about, amount, since, cleared_on", "debts.cleared_by IS NULL"
    ),
    "blank_forms": ("blank_forms", "form_id", "kind, in_force_from", "true"),
    "prices": ("prices", "kind, in_force_from", "amount", "true"),
    "documents": (
        "training_documents", "document_id", "graduate_id, number, series, blank_number, issued_on", "false"
    ),
}  # fmt: skip
KEYS: Final = {name: tuple(key.split(", ")) for name, (_, key, _, _) in _TABLES.items()} | {
    "blanks": ("series", "number")
}
"""By what a row is known."""
_ROW: Final = "jsonb_to_recordset($1::jsonb) AS row(series text, number text, form_id text, spoiled text)"
_BLANKS: Final = f"""
INSERT INTO blanks (series, number, form_id, state, spoiled_at, why)
SELECT series, number, form_id, CASE WHEN spoiled IS NULL THEN 'free' ELSE 'spoiled' END,
    CASE WHEN spoiled IS NULL THEN NULL ELSE $2::timestamptz END, spoiled
FROM {_ROW}
ON CONFLICT (series, number) DO UPDATE SET state = 'spoiled', spoiled_at = $2, why = excluded.why
    WHERE blanks.state = 'free' AND excluded.state = 'spoiled'
RETURNING series, number, xmax = 0 AS fresh
"""  # noqa: S608 - a constant of ours.
_BLANKS_LEFT: Final = f"""
SELECT series, number FROM {_ROW} JOIN blanks b USING (series, number)
WHERE b.form_id <> row.form_id OR (row.spoiled IS NOT NULL AND b.state <> 'spoiled')
"""  # noqa: S608 - a constant of ours.


def upsert_of(name: str) -> str:
    """Return the statement that writes rows of a kind, and tells of each that it wrote whether it is fresh."""
    if name == "blanks":
        return _BLANKS
    table, key, columns, may_change = _TABLES[name]
    names = columns.split(", ")
    new = ", ".join(f"{one} = excluded.{one}" for one in names)
    there, then = (", ".join(f"{of}.{one}" for one in names) for of in (table, "excluded"))
    return f"""
        INSERT INTO {table} ({key}, {columns})
        SELECT {key}, {columns} FROM jsonb_populate_recordset(NULL::{table}, $1::jsonb)
        ON CONFLICT ({key}) DO UPDATE SET {new} WHERE {may_change} AND ROW({there}) IS DISTINCT FROM ROW({then})
        RETURNING {key}, xmax = 0 AS fresh
    """  # noqa: S608 - names of ours.


def difference_of(name: str) -> str:
    """Return the query of the rows that say something else than what stands, and stays."""
    if name == "blanks":
        return _BLANKS_LEFT
    table, key, columns, _ = _TABLES[name]
    there, then = (", ".join(f"{of}.{one}" for one in columns.split(", ")) for of in ("t", "row"))
    return f"""
        SELECT {key} FROM jsonb_populate_recordset(NULL::{table}, $1::jsonb) AS row JOIN {table} t USING ({key})
        WHERE ROW({there}) IS DISTINCT FROM ROW({then})
    """  # noqa: S608 - names of ours.
