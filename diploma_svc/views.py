"""What employees and applicants are told of a case, and the list of what is due (DP-5, DP-13, DP-16)."""

import json
from datetime import date
from typing import Any, Final
from uuid import UUID

from diploma_svc import journal
from diploma_svc.cases import Actor, Case
from diploma_svc.deadlines import Counts, Term, deadline_of
from diploma_svc.process import WARNINGS
from diploma_svc.rules import decide, missing
from diploma_svc.stages import OPEN, acts_for
from diploma_svc.world import World
from shared.forms.diploma_views import (
    CaseLine,
    CaseList,
    CaseView,
    DebtView,
    HappeningView,
    HeldDocument,
    HeldDocuments,
    PaperView,
    ProgressView,
    Undelivered,
)
from shared.kit.database import Connection
from shared.kit.problems import NotFound
from shared.law.grounds import Refused
from shared.law.hours import ALMATY
from shared.law.iin import mask

MOST_LINES: Final = 500
_LINES: Final = """
SELECT c.request_id, r.number, g.name_kk, m.kind, c.duplicate, c.stage, c.due_on, c.warned, c.acknowledged,
    EXISTS (SELECT FROM pauses p WHERE p.request_id = c.request_id AND p.ends_at IS NULL) AS suspended
FROM cases c JOIN requests r USING (request_id) JOIN graduates g USING (graduate_id)
    JOIN programmes m USING (programme_id)
WHERE c.stage = ANY ($1) ORDER BY c.due_on NULLS LAST, r.number LIMIT $2
"""
_NOT_ASKED: Final = """
SELECT g.graduate_id, g.name_kk, m.kind, d.number AS decision_number, d.decided_on
FROM graduates g JOIN programmes m USING (programme_id) JOIN decisions d USING (decision_id)
WHERE g.passed AND d.decided_on > $1
    AND NOT EXISTS (SELECT FROM training_documents o WHERE o.graduate_id = g.graduate_id)
    AND NOT EXISTS (SELECT FROM cases c WHERE c.graduate_id = g.graduate_id AND c.stage = ANY ($2))
ORDER BY d.decided_on, g.name_kk LIMIT $3
"""
_HELD: Final = """
SELECT m.kind, t.number, t.series, t.blank_number, t.issued_on, t.status, t.replaced_by, o.jws AS credential
FROM training_documents t JOIN graduates g USING (graduate_id) JOIN people p USING (person_id)
    JOIN programmes m USING (programme_id) LEFT JOIN documents o ON o.request_id = t.request_id
WHERE p.iin = $1 ORDER BY t.issued_on DESC, t.number DESC
"""
_PAPERS: Final = """
SELECT paper_id, kind, dated, amount, about, handed_in_at, media_type, why_rejected
FROM handed_in LEFT JOIN scans ON scan_id = paper_id
WHERE request_id = $1 ORDER BY handed_in_at, paper_id
"""
_HAPPENINGS: Final = """
SELECT at, act, stage, actor_name AS actor, said FROM happenings WHERE request_id = $1 ORDER BY place
"""
_INSIDE: Final = frozenset({"open_scan", "acknowledge_warning", *WARNINGS})
"""Lines of the ledger that are the college's own."""
_A_YEAR: Final = 366


async def case_of(world: World, request_id: UUID, actor: Actor) -> CaseView:
    """Return a case as an employee sees it; raises NotFound."""
    async with world.database.transaction() as c:
        case = await _held(c, request_id)
        form = json.loads(await c.fetchval("SELECT form FROM requests WHERE request_id = $1", request_id))
        progress = await _progress(c, case)
    graduation, refused = case.graduation, decide(case.facts())
    return CaseView(
        **progress,
        request_id=request_id,
        number=case.number,
        version=case.version,
        channel=case.channel,
        kind=graduation.kind,
        duplicate=case.duplicate,
        circumstances=form.get("circumstances"),
        name_kk=graduation.name_kk,
        name_ru=graduation.name_ru,
        iin=mask(graduation.iin),
        programme_kk=graduation.title_kk,
        programme_ru=graduation.title_ru,
        hours=graduation.hours,
        decision_number=graduation.decision_number,
        decided_on=graduation.decided_on,
        grounds=[ground.code for ground in refused.grounds] if isinstance(refused, Refused) else [],
        price=case.price,
        may=[act.value for act in acts_for(case.standing(), actor.roles, actor.iin)],
    )


async def progress_of(world: World, request_id: UUID, applicant_iin: str) -> ProgressView:
    """Return where a request of this applicant stands; raises NotFound. Employees are not named to the applicant."""
    async with world.database.transaction() as c:
        case = await _held(c, request_id)
        if case.applicant_iin != applicant_iin:
            raise NotFound
        progress = await _progress(c, case)
    seen = [one.model_copy(update={"actor": None}) for one in progress["happenings"] if one.act not in _INSIDE]
    return ProgressView(**progress | {"happenings": seen})


async def due_list(world: World) -> CaseList:
    """Return the open cases, what is due first at the top, and who was attested and has not asked yet (DP-5)."""
    today, stages = world.today(), [stage.value for stage in OPEN]
    async with world.database.connection() as c:
        lines = await c.fetch(_LINES, stages, MOST_LINES)
        graduates = await c.fetch(
            _NOT_ASKED, date.fromordinal(today.toordinal() - _A_YEAR), [*stages, "refused"], MOST_LINES
        )
    cases = [CaseLine(**line, overdue=line["due_on"] is not None and line["due_on"] < today) for line in lines]
    waiting = []
    for row in graduates:
        deadline = deadline_of(Term(Counts.WORKING_DAYS, row["decided_on"]), world.calendar)
        if deadline is not None:
            used = (today >= deadline.half_on) + (today >= deadline.four_fifths_on)
            told = {"due_on": deadline.due_on, "warned": used, "overdue": deadline.due_on < today}
            waiting.append(Undelivered(**row, **told))
    unseen = sum(one.acknowledged < one.warned for one in cases)
    return CaseList(cases=cases, not_asked_yet=waiting, warnings=unseen)


async def held_by(world: World, iin: str) -> HeldDocuments:
    """Return a person's own documents: the electronic one is there at once after the signature."""
    async with world.database.connection() as c:
        rows = await c.fetch(_HELD, iin)
    return HeldDocuments(documents=[HeldDocument(**row) for row in rows])


async def _held(c: Connection, request_id: UUID) -> Case:
    case = await journal.hold(c, request_id)
    if case is None:
        raise NotFound
    return case


async def _progress(c: Connection, case: Case) -> dict[str, Any]:
    return {
        "stage": case.stage.value,
        "suspended": case.suspended,
        "debts": [DebtView(kind=d.kind, owed_to=d.owed_to, about=d.about, amount=d.amount) for d in case.debts],
        "missing": [kind.value for kind in missing(case.facts())],
        "papers": [PaperView(**row) for row in await c.fetch(_PAPERS, case.request_id)],
        "due_on": None if case.suspended else case.due_on,
        "calendar_version": case.calendar_version,
        "document_number": case.document_number,
        "happenings": [
            HappeningView(**{**row, "at": row["at"].astimezone(ALMATY)})
            for row in await c.fetch(_HAPPENINGS, case.request_id)
        ],
    }
