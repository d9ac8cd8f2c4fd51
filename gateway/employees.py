"""Tables and queries of an organisation's employees, each inside the caller's transaction.

Whoever is an employee has an account of their own (HV-16.1): an administrator gives roles and never a password. Several
organisations may employ one person; each sees its own employees only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kit.database import Connection
from shared.law.roles import StaffRole

_COLUMNS = "employee_id, organisation_bin, iin, name_kk, name_ru, roles, appointed_at, doctor_id"
_DISMISS = "UPDATE employees SET dismissed_at = $2, dismissed_by = $3 WHERE employee_id = $1 AND dismissed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody in office: the roles in which they act for one organisation."""

    employee_id: UUID
    organisation_bin: str
    iin: str = field(repr=False)
    name_kk: str = field(repr=False)
    name_ru: str = field(repr=False)
    roles: frozenset[StaffRole]
    appointed_at: datetime
    doctor_id: str | None = None  # The clinic's own id of the doctor that they are.


async def in_office(c: Connection, organisation_bin: str, iin: str) -> Employee | None:
    """Return the person as an employee of the organisation, None where they are none now."""
    row = await c.fetchrow(
        f"SELECT {_COLUMNS} FROM employees WHERE organisation_bin = $1 AND iin = $2 AND dismissed_at IS NULL",  # noqa: S608 - a constant list of columns.
        organisation_bin,
        iin,
    )
    return _employee(row) if row else None


async def find_employee(c: Connection, employee_id: UUID) -> Employee | None:
    """Return whoever acted under this number, in office or not."""
    row = await c.fetchrow(f"SELECT {_COLUMNS} FROM employees WHERE employee_id = $1", employee_id)  # noqa: S608 - as above.
    return _employee(row) if row else None


async def list_of(c: Connection, organisation_bin: str) -> list[Employee]:
    """Return everyone in office at the organisation, in the order of their names."""
    rows = await c.fetch(
        f"SELECT {_COLUMNS} FROM employees WHERE organisation_bin = $1 AND dismissed_at IS NULL"  # noqa: S608 - as above.
        " ORDER BY name_kk, employee_id",
        organisation_bin,
    )
    return [_employee(row) for row in rows]


async def appoint(c: Connection, employee: Employee, by: UUID | None) -> Employee:
    """Put the person into office with exactly these roles; who has them already stays as they are.

    Other roles are another row, and the sessions under the old one are over.
    """
    await c.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"employee {employee.iin}")
    known = await in_office(c, employee.organisation_bin, employee.iin)
    if known is not None and (known.roles, known.doctor_id) == (employee.roles, employee.doctor_id):
        return known
    if known is not None:
        await c.execute(_DISMISS, known.employee_id, employee.appointed_at, by)
    await c.execute(
        "INSERT INTO employees (employee_id, organisation_bin, iin, name_kk, name_ru, roles, appointed_at,"
        " appointed_by, doctor_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        employee.employee_id, employee.organisation_bin, employee.iin, employee.name_kk, employee.name_ru,
        sorted(employee.roles), employee.appointed_at, by, employee.doctor_id,
    )  # fmt: skip
    return employee


async def dismiss(c: Connection, employee_id: UUID, by: Employee, at: datetime) -> bool:
    """End somebody's office at the organisation of whoever dismisses them; False where there is no such employee."""
    done = await c.execute(
        f"{_DISMISS} AND organisation_bin = $4", employee_id, at, by.employee_id, by.organisation_bin
    )
    return bool(done == "UPDATE 1")


async def acting(c: Connection, session_id: UUID, account_id: UUID, at: datetime) -> Mapping[str, Any] | None:
    """Return the employee's columns, ``step_started_at`` and ``authorised_at`` of an open session, or None.

    Roles are those of this moment: whoever is dismissed or has other roles now has no session any more.
    """
    row: Mapping[str, Any] | None = await c.fetchrow(
        f"""SELECT {_COLUMNS}, step_started_at, authorised_at FROM sessions JOIN employees USING (employee_id)
            WHERE session_id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $3
              AND dismissed_at IS NULL""",  # noqa: S608 - as above.
        session_id,
        account_id,
        at,
    )
    return row


def employee_in(row: Mapping[str, Any]) -> Employee:
    """Return the employee whose columns stand in a row."""
    return _employee({name: row[name] for name in _COLUMNS.split(", ")})


def _employee(row: Mapping[str, Any]) -> Employee:
    return Employee(**{**row, "roles": frozenset(map(StaffRole, row["roles"]))})
