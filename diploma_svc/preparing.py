"""Drawing a document up (DP-16.3): on a blank of the form in force, under a number; these bytes are signed."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from diploma_svc.cases import Actor, Blank, Case
from diploma_svc.documents import Drawing, drawn
from diploma_svc.refusals import BlankNotAvailable
from diploma_svc.world import World
from shared.forms.diploma_cases import ActIn, BlankIn
from shared.kit.database import Connection
from shared.kit.problems import Unprocessable

_TAKE_BLANK: Final = """
UPDATE blanks SET state = 'used', request_id = $3 WHERE (series, number) = ($1, $2) AND state = 'free' AND form_id = (
    SELECT form_id FROM blank_forms WHERE kind = $4 AND in_force_from <= $5 ORDER BY in_force_from DESC LIMIT 1)
RETURNING true
"""
_SPOIL: Final = """
UPDATE blanks SET state = 'spoiled', spoiled_at = $2, why = 'prepared anew' WHERE request_id = $1 AND state = 'used'
"""


async def prepare(c: Connection, world: World, case: Case, actor: Actor, wanted: ActIn) -> Case:
    """DP-16.3: draw the document up on a blank of the form in force (DP-14: on the day of the decision)."""
    blank = wanted.blank
    if blank is None:
        raise Unprocessable(errors=[{"pointer": "/blank", "code": "missing"}])
    case = await _on_blank(c, world, case, blank)
    number = case.document_number or await _new_number(c, world)
    duplicate = case.duplicate_number
    if case.duplicate and duplicate is None:
        duplicate = await c.fetchval("SELECT nextval('duplicate_numbers')")
    held_blank = case.blank
    if held_blank is None:
        raise BlankNotAvailable
    payload = drawn(case, Drawing(held_blank, number, duplicate, world.public_url))
    return replace(case, payload=payload, prepared_by=actor.iin, document_number=number, duplicate_number=duplicate)


async def _on_blank(c: Connection, world: World, case: Case, blank: BlankIn) -> Case:
    """Take the blank; another one that the case had is written off, for it is written on."""
    asked = Blank(blank.series, blank.number)
    if asked == case.blank:
        return case
    await write_off(c, case.request_id, world.now())
    on = case.decided_on or world.today()
    kind = case.graduation.kind
    if not await c.fetchval(_TAKE_BLANK, blank.series, blank.number, case.request_id, kind, on):
        raise BlankNotAvailable
    return replace(case, blank=asked)


async def _new_number(c: Connection, world: World) -> str:
    return f"{world.today().year}-{await c.fetchval('SELECT nextval($1::regclass)', 'document_numbers'):06d}"


async def write_off(c: Connection, request_id: UUID, at: datetime) -> None:
    """Write the case's blank off, if it has one: it is written on and serves nobody else."""
    await c.execute(_SPOIL, request_id, at)
