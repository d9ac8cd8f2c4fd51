"""Loading what the college keeps: the same rows again change nothing, other values under the same id change the row.

Rows refer to each other by the college's ids: all of a load are written, or none. ``tables.py`` says what may change.
"""

from datetime import datetime

import asyncpg

from diploma_svc.kept import wake_people
from diploma_svc.loads import faults_of, write
from shared.forms.diploma_college import CollegeBody, RowReport
from shared.kit.database import Database
from shared.kit.staff_problems import RowsDoNotFit


class College:
    """The tables that the college's system fills."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, body: CollegeBody, at: datetime) -> list[RowReport]:
        """Write all rows or none; returns what became of each. Raises RowsDoNotFit, with the rows that do not."""
        try:
            async with self._database.transaction() as c:
                reports = await write(c, body, at)
                await wake_people(c, [debt.person_id for debt in body.debts], at)
        except asyncpg.IntegrityConstraintViolationError as violated:
            code = violated.constraint_name or "unknown"
        else:
            return reports
        async with self._database.transaction() as c:
            # What fits row by row is taken back with this transaction.
            raise RowsDoNotFit(code=code, rows=[one.model_dump() for one in await faults_of(c, body, at)])
