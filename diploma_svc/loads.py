"""What became of each row of a load: new, changed, the same, kept as it was; and which rows do not fit (DP-16.3)."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import asyncpg

from diploma_svc.tables import KEYS, difference_of, upsert_of
from shared.forms.diploma_college import CollegeBody, Row, RowReport
from shared.kit.database import Connection
from shared.kit.staff_problems import RowsDoNotFit

MOST_FAULTS: Final = 200


async def write(c: Connection, body: CollegeBody, at: datetime) -> list[RowReport]:
    """Write all rows; returns what became of each. Raises IntegrityConstraintViolationError, RowsDoNotFit."""
    doubled = list(_doubled(body))
    if doubled:
        raise RowsDoNotFit(code="doubled", rows=[one.model_dump() for one in doubled])
    return [line for name in CollegeBody.model_fields for line in await _write(c, name, rows_of(body, name), at)]


async def faults_of(c: Connection, body: CollegeBody, at: datetime) -> list[RowReport]:
    """Return the rows that do not fit, found one by one; the caller takes back what fits."""
    faults: list[RowReport] = []
    for name in CollegeBody.model_fields:
        for place, row in enumerate(rows_of(body, name)):
            try:
                async with c.transaction():
                    await _write(c, name, [row], at)
            except asyncpg.IntegrityConstraintViolationError as violated:
                code = violated.constraint_name or "unknown"
                faults.append(_report(name, place, row, "refused", code))
                if len(faults) == MOST_FAULTS:
                    return faults
    return faults


def rows_of(body: CollegeBody, name: str) -> Sequence[Row]:
    """Return the rows of one kind."""
    rows: Sequence[Row] = getattr(body, name)
    return rows


async def _write(c: Connection, name: str, rows: Sequence[Row], at: datetime) -> list[RowReport]:
    if not rows:
        return []
    told = json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False)
    more = [at] if name == "blanks" else []
    written = {_key(row): row["fresh"] for row in await c.fetch(upsert_of(name), told, *more)}
    left = {_key(row) for row in await c.fetch(difference_of(name), told)} if len(written) < len(rows) else set()
    reports = []
    for place, row in enumerate(rows):
        key = id_of(name, row)
        result = ("new" if written[key] else "changed") if key in written else "kept" if key in left else "same"
        reports.append(_report(name, place, row, result))
    return reports


def _report(name: str, place: int, row: Row, result: Any, code: str | None = None) -> RowReport:  # noqa: ANN401 - a literal.
    return RowReport(kind=name, place=place, id=id_of(name, row), result=result, code=code)


def id_of(name: str, row: Row) -> str:
    """Return the college's own id of a row, or its key."""
    return " ".join(str(getattr(row, column)) for column in KEYS[name])


def _key(row: Any) -> str:  # noqa: ANN401 - a row of the driver.
    return " ".join(str(value) for name, value in row.items() if name != "fresh")


def _doubled(body: CollegeBody) -> Iterator[RowReport]:
    for name in CollegeBody.model_fields:
        seen: set[str] = set()
        for place, row in enumerate(rows_of(body, name)):
            key = id_of(name, row)
            if key in seen:
                yield _report(name, place, row, "refused", "doubled")
            seen.add(key)
