"""What employees do with a case (DP-16): one act, one transaction; who did what when stands on the ledger.

Approval and signature are in ``signing.py``: they are made with the official's EDS.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from diploma_svc import journal
from diploma_svc.cases import Actor, Case, Happening
from diploma_svc.holdings import Paper, PaperKind
from diploma_svc.preparing import prepare, write_off
from diploma_svc.process import refusal_of, suspend_or_resume
from diploma_svc.records import Record, write_record
from diploma_svc.refusals import CaseChanged, NoGroundHolds, NotPossible, NotYourRole, PapersMissing
from diploma_svc.rules import decide, missing
from diploma_svc.stages import Act, Hindrance, Stage, move_of
from diploma_svc.world import World
from shared.forms.diploma_cases import ActIn, HandedIn
from shared.kit.casework.answers import Decided, write
from shared.kit.database import Connection
from shared.kit.problems import NotFound, Unprocessable
from shared.law.grounds import Refused

_MOVED: Final = """
UPDATE cases SET stage = $2, version = version + 1, changed_at = $3, prepared_by = $4, approved_by = $5, payload = $6,
    decided_on = $7, document_number = $8, duplicate_number = $9 WHERE request_id = $1
"""
Effect = Callable[[Connection, World, Case, Actor, ActIn], Awaitable[Case]]


async def act(world: World, request_id: UUID, actor: Actor, wanted: ActIn) -> None:
    """Do what an employee wants to do with a case.

    Raises:
        NotFound: There is no such case.
        CaseChanged: It is not as the employee saw it.
        NotYourRole, NotPossible: It is not for them, or not now.
        PapersMissing, NoGroundHolds, BlankNotAvailable, Unprocessable: What the act needs is not there.
    """
    async with world.database.transaction() as c:
        case = await held(c, world, request_id, wanted.version)
        to = allowed(case, Act(wanted.act), actor)
        changed = await _EFFECTS[wanted.act](c, world, case, actor, wanted)
        await moved(c, world, replace(changed, stage=to), (actor, wanted.act, wanted.reason))


async def held(c: Connection, world: World, request_id: UUID, version: int) -> Case:
    """Return the case, locked, as its debts make it now; raises NotFound and CaseChanged."""
    case = await journal.hold(c, request_id)
    if case is None:
        raise NotFound
    if case.version != version:
        raise CaseChanged(version=case.version)
    return await suspend_or_resume(c, case, world.now())


def allowed(case: Case, wanted: Act, actor: Actor) -> Stage:
    """Return the stage that the act leads to; raises NotYourRole and NotPossible."""
    to = move_of(case.standing(), wanted, actor.roles, actor.iin)
    if to is Hindrance.NOT_YOUR_ROLE:
        raise NotYourRole
    if isinstance(to, Hindrance):
        raise NotPossible(code=to.value)
    return to


async def moved(c: Connection, world: World, case: Case, done: tuple[Actor, str, str | None]) -> None:
    """Write where the case is now, and the line of the ledger."""
    (actor, what, said), at = done, world.now()
    await c.execute(
        _MOVED, case.request_id, case.stage, at, case.prepared_by, case.approved_by, case.payload, case.decided_on,
        case.document_number, case.duplicate_number,
    )  # fmt: skip
    await journal.note(c, case.request_id, Happening(at, what, case.stage, actor.name_kk, said), actor.iin)


async def _pass(_: Connection, __: World, case: Case, ___: Actor, ____: ActIn) -> Case:
    return case


async def _assign(_: Connection, __: World, case: Case, ___: Actor, ____: ActIn) -> Case:
    """DP-14: what is missing is asked for before the case goes on."""
    lacking = missing(case.facts())
    if lacking:
        raise PapersMissing(missing=lacking)
    return case


async def _allow(_: Connection, world: World, case: Case, __: Actor, ____: ActIn) -> Case:
    """DP-14: the head decides after the certificate of the loss and the notice are there."""
    if isinstance(decide(case.facts()), Refused):
        raise PapersMissing(missing=missing(case.facts()))
    return replace(case, decided_on=world.today())


async def _send_back(_: Connection, __: World, case: Case, ___: Actor, ____: ActIn) -> Case:
    """What was approved or prepared at a stage that the case goes back over is to be done again."""
    if case.stage is Stage.APPROVAL:
        return replace(case, prepared_by=None, payload=None)
    return replace(case, approved_by=None)


async def _refuse(c: Connection, world: World, case: Case, _: Actor, __: ActIn) -> Case:
    """Only on the closed list, with every ground that holds now; for want of papers after half of the term.

    They are asked for at the registration (DP-14): until half of the term is used up, there is time to bring them.
    """
    refused = decide(case.facts())
    if not isinstance(refused, Refused):
        raise NoGroundHolds
    lacking = missing(case.facts())
    if lacking and (case.half_on is None or world.today() < case.half_on):
        raise PapersMissing(missing=lacking)
    at = world.now()
    await write_off(c, case.request_id, at)
    await write(c, case.request_id, refusal_of(case, refused, at), Decided(at, ()))
    await c.execute("UPDATE requests SET due_at = $2 WHERE request_id = $1", case.request_id, at)
    return case


async def _hand_over(c: Connection, world: World, case: Case, actor: Actor, wanted: ActIn) -> Case:
    """DP-5, DP-12: in person, or to whoever has a power of attorney in force whose scan is attached."""
    handed = wanted.handed
    if handed is None:
        raise Unprocessable(errors=[{"pointer": "/handed", "code": "missing"}])
    _check_attorney(case, handed, world)
    attorney = handed.attorney
    to = case.graduation.name_kk
    if attorney is not None:
        to = f"{attorney.name}, № {attorney.number}, {attorney.notary}, {attorney.dated}–{attorney.valid_until}"
    over = Record("handed_over", case.document_number or "", to, actor.name_kk, handed.identity_document)
    await write_record(c, case.request_id, world, over)
    return case


def _check_attorney(case: Case, handed: HandedIn, world: World) -> None:
    attorney = handed.attorney
    if attorney is None:
        return
    if not attorney.dated <= world.today() <= attorney.valid_until:
        raise Unprocessable(errors=[{"pointer": "/handed/attorney/valid_until", "code": "not-in-force"}])
    if Paper(PaperKind.POWER_OF_ATTORNEY, attorney.dated) not in case.papers:
        raise PapersMissing(missing=[PaperKind.POWER_OF_ATTORNEY])


async def _withdraw(c: Connection, world: World, case: Case, _: Actor, __: ActIn) -> Case:
    """A document that should not have been issued is withdrawn: its public status says so from now on."""
    for table in ("training_documents", "documents"):
        await c.execute(
            f"UPDATE {table} SET status = 'withdrawn', status_at = $2 WHERE request_id = $1 AND status = 'valid'",  # noqa: S608 - names of ours.
            case.request_id,
            world.now(),
        )
    return case


_EFFECTS: Final[dict[str, Effect]] = {
    "pass_on": _pass,
    "assign": _assign,
    "allow": _allow,
    "prepare": prepare,
    "send_back": _send_back,
    "refuse": _refuse,
    "hand_over": _hand_over,
    "withdraw": _withdraw,
}
