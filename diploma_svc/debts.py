"""Debts as the college's employees enter and clear them (DP-13): the librarian books, the accountant sums.

What the college's system loads and what employees enter stand in one table. What an employee has cleared stays cleared,
whatever the system loads again.
"""

from datetime import date
from typing import Any, Final

from diploma_svc.cases import Actor
from diploma_svc.kept import wake_people
from diploma_svc.refusals import NotPossible, NotYourRole
from diploma_svc.world import World
from shared.forms.diploma_debts import ClearingIn, DebtEntry, DebtIn, DebtList
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7
from shared.kit.problems import NotFound, Unprocessable
from shared.law.iin import mask
from shared.law.roles import DEBT_KEEPERS

MOST_LINES: Final = 500
_NAME: Final = """(SELECT g.name_kk FROM graduates g JOIN decisions x USING (decision_id)
    WHERE g.person_id = d.person_id ORDER BY x.decided_on DESC LIMIT 1) AS name_kk"""
_LIST: Final = f"""
SELECT d.debt_id, d.kind, d.owed_to, d.about, d.amount, d.since, d.cleared_on, p.iin, {_NAME}
FROM debts d JOIN people p USING (person_id) WHERE d.kind = ANY ($1) AND d.cleared_on IS NULL
ORDER BY d.since, d.debt_id LIMIT $2
"""  # noqa: S608 - a constant of ours.
_ENTER: Final = """
INSERT INTO debts (debt_id, person_id, kind, owed_to, about, amount, since, entered_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_CLEAR: Final = "UPDATE debts SET cleared_on = $2, cleared_by = $3 WHERE debt_id = $1"


async def list_debts(world: World, actor: Actor) -> DebtList:
    """Return the open debts that are this employee's to keep, the oldest first; raises NotYourRole."""
    async with world.database.connection() as c:
        rows = await c.fetch(_LIST, _kept_by(actor), MOST_LINES)
    return DebtList(debts=[_entry(row) for row in rows])


async def enter_debt(world: World, actor: Actor, debt: DebtIn) -> DebtEntry:
    """Enter a debt of somebody who was trained here; an open case of theirs is suspended (DP-13).

    Raises NotYourRole for a kind that another keeps, Unprocessable for somebody unknown or a day to come.
    """
    _check_keeps(actor, debt.kind)
    _check_past(debt.since, world, "/since")
    at = world.now()
    async with world.database.transaction() as c:
        person_id = await c.fetchval("SELECT person_id FROM people WHERE iin = $1", debt.iin)
        if person_id is None:
            raise Unprocessable(errors=[{"pointer": "/iin", "code": "not-trained-here"}])
        debt_id = f"desk-{uuid7(at)}"
        await c.execute(
            _ENTER, debt_id, person_id, debt.kind, debt.owed_to, debt.about, debt.amount, debt.since, actor.iin
        )
        await wake_people(c, [person_id], at)
        return await _read(c, debt_id)


async def clear_debt(world: World, actor: Actor, clearing: ClearingIn) -> DebtEntry:
    """Clear a debt: what it suspended goes on by itself (DP-13).

    Raises NotFound, NotYourRole, NotPossible for one that is cleared, Unprocessable for an impossible day.
    """
    _check_past(clearing.cleared_on, world, "/cleared_on")
    async with world.database.transaction() as c:
        row = await c.fetchrow(
            "SELECT person_id, kind, since, cleared_on FROM debts WHERE debt_id = $1 FOR UPDATE", clearing.debt_id
        )
        if row is None:
            raise NotFound
        _check_keeps(actor, row["kind"])
        if row["cleared_on"] is not None:
            raise NotPossible(code="cleared_already")
        if clearing.cleared_on < row["since"]:
            raise Unprocessable(errors=[{"pointer": "/cleared_on", "code": "before-the-debt"}])
        await c.execute(_CLEAR, clearing.debt_id, clearing.cleared_on, actor.iin)
        await wake_people(c, [row["person_id"]], world.now())
        return await _read(c, clearing.debt_id)


async def _read(c: Connection, debt_id: str) -> DebtEntry:
    sql = f"SELECT d.*, p.iin, {_NAME} FROM debts d JOIN people p USING (person_id) WHERE d.debt_id = $1"  # noqa: S608 - a constant of ours.
    return _entry(await c.fetchrow(sql, debt_id))


def _entry(row: Any) -> DebtEntry:  # noqa: ANN401 - a row of the driver.
    told = {name: row[name] for name in DebtEntry.model_fields}
    return DebtEntry(**told | {"iin": mask(row["iin"])})


def _kept_by(actor: Actor) -> list[str]:
    kinds = [kind for kind, role in DEBT_KEEPERS.items() if role in actor.roles]
    if not kinds:
        raise NotYourRole
    return kinds


def _check_keeps(actor: Actor, kind: str) -> None:
    if DEBT_KEEPERS[kind] not in actor.roles:
        raise NotYourRole


def _check_past(day: date, world: World, pointer: str) -> None:
    if day > world.today():
        raise Unprocessable(errors=[{"pointer": pointer, "code": "still-to-come"}])
