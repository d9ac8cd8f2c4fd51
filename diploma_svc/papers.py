"""Papers handed in (DP-11, DP-14, DP-8) and their scans: each stands in the record journal with its day (DP-15).

A paper that is found wanting is put aside with a reason, and asked for again.

A scan is told only to whoever works on the case: an employee who can do something with it now, or has done something
with it; each time it is opened stands on the ledger.
"""

from typing import Final
from uuid import UUID

from diploma_svc import journal
from diploma_svc.cases import Actor, Case, Happening
from diploma_svc.records import Record, write_record
from diploma_svc.refusals import NotPossible, NotYourRole
from diploma_svc.stages import HEADS, OPEN, Hindrance, Stage, acts_for
from diploma_svc.world import World
from shared.forms.diploma_cases import PaperIn
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7
from shared.kit.problems import NotFound
from shared.kit.scans import Scan, keep, read
from shared.law.roles import StaffRole

MOST_PAPERS: Final = 40
TAKING: Final = OPEN | {Stage.HANDING_OVER}
"""Stages in which papers are taken: a power of attorney comes last."""
_PUT: Final = """
INSERT INTO handed_in (paper_id, request_id, kind, dated, amount, about, handed_in_at, handed_in_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_COUNT: Final = "SELECT count(*) FROM handed_in WHERE request_id = $1"
# Whether a paper suspends or resumes is looked at within a second (DP-13).
_WAKE: Final = "UPDATE requests SET due_at = $2 WHERE request_id = $1 AND state = 'registered'"
_REJECT: Final = """
UPDATE handed_in SET rejected_at = $3, rejected_by = $4, why_rejected = $5
WHERE paper_id = $1 AND request_id = $2 AND rejected_at IS NULL
"""
_KIND: Final = "SELECT kind FROM handed_in WHERE paper_id = $1 AND request_id = $2"


async def hand_in(world: World, request_id: UUID, by: Actor | str, paper: PaperIn) -> UUID:
    """Take a paper from the applicant (their IIN) or at the desk; returns its id.

    Raises NotFound, NotYourRole (the desk and the responsible person take papers), NotPossible where none are taken.
    """
    async with world.database.transaction() as c:
        case = await _of(c, request_id, by)
        if case.stage not in TAKING or await c.fetchval(_COUNT, request_id) >= MOST_PAPERS:
            raise NotPossible(code=Hindrance.NOT_AT_THIS_STAGE.value)
        at = world.now()
        paper_id, iin = uuid7(at), by if isinstance(by, str) else by.iin
        await c.execute(
            _PUT, paper_id, request_id, paper.kind, paper.dated, paper.amount, paper.about, at, iin
        )  # fmt: skip
        graduate, employee = case.graduation.name_kk, None if isinstance(by, str) else by.name_kk
        await journal.note(c, request_id, Happening(at, "hand_in", case.stage, employee or graduate, paper.kind), iin)
        await write_record(c, request_id, world, Record("paper", paper.kind, graduate, employee))
        await c.execute(_WAKE, request_id, at)
    return paper_id


async def keep_scan(world: World, paper: tuple[UUID, UUID], by: Actor | str, scan: tuple[str, bytes]) -> None:
    """Keep a paper's scan, once: ``paper`` is (request's id, paper's id), ``scan`` (what it is called, its bytes).

    Raises NotFound and NotYourRole as ``hand_in``; Unprocessable and UnsupportedMediaType as ``Scan.of``; NotPossible
    where the paper has a scan already.
    """
    request_id, paper_id = paper
    found = Scan.of(scan[1], scan[0])
    async with world.database.transaction() as c:
        await _of(c, request_id, by)
        if not await c.fetchval(_KIND, paper_id, request_id):
            raise NotFound
        iin = by if isinstance(by, str) else by.iin
        if not await keep(c, world.scan_keys, paper_id, found, (world.now(), iin)):
            raise NotPossible(code="scanned_already")
        await c.execute(_WAKE, request_id, world.now())


async def reject(world: World, paper: tuple[UUID, UUID], actor: Actor, why: str) -> None:
    """Put a paper aside that is not what it should be, with a reason: it counts no longer, and is asked for again.

    Raises NotFound and NotYourRole as ``hand_in``; NotPossible where it is put aside already, or the case is over.
    """
    request_id, paper_id = paper
    async with world.database.transaction() as c:
        case, at = await _of(c, request_id, actor), world.now()
        kind = await c.fetchval(_KIND, paper_id, request_id)
        if kind is None:
            raise NotFound
        if case.stage not in TAKING:
            raise NotPossible(code=Hindrance.NOT_AT_THIS_STAGE.value)
        if await c.execute(_REJECT, paper_id, request_id, at, actor.iin, why) != "UPDATE 1":
            raise NotPossible(code="put_aside_already")
        said = Happening(at, "put_paper_aside", case.stage, actor.name_kk, f"{kind}: {why}")
        await journal.note(c, request_id, said, actor.iin)
        await c.execute(_WAKE, request_id, at)


async def read_scan(world: World, request_id: UUID, paper_id: UUID, actor: Actor) -> Scan:
    """Return a scan to somebody who works on the case; NotFound for everybody else."""
    async with world.database.transaction() as c:
        case = await journal.hold(c, request_id)
        if case is None or not await _works_on(c, case, actor):
            raise NotFound
        at, kind = world.now(), await c.fetchval(_KIND, paper_id, request_id)
        scan = await read(c, world.scan_keys, paper_id, (at, actor.iin)) if kind else None
        if scan is None:
            raise NotFound
        await journal.note(c, request_id, Happening(at, "open_scan", case.stage, actor.name_kk, kind), actor.iin)
    return scan


async def _of(c: Connection, request_id: UUID, by: Actor | str) -> Case:
    case = await journal.hold(c, request_id)
    if case is None or (isinstance(by, str) and by != case.applicant_iin):
        raise NotFound
    if not isinstance(by, str) and by.roles.isdisjoint({StaffRole.CLERK, StaffRole.RESPONSIBLE}):
        raise NotYourRole
    return case


async def _works_on(c: Connection, case: Case, actor: Actor) -> bool:
    if actor.roles & HEADS or acts_for(case.standing(), actor.roles, actor.iin):
        return True
    sql = "SELECT true FROM happenings WHERE request_id = $1 AND actor_iin = $2 LIMIT 1"
    return bool(await c.fetchval(sql, case.request_id, actor.iin))
