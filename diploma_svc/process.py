"""A request on its way to a document (DP-16): opened, suspended and resumed by itself, refused where nothing is left.

DP-15, DP-16.1  process 6, the same in every service: ``shared/kit/casework/process.py``
DP-7, DP-11.1   ``settle`` asks the person registry and the college's own decisions; what no paper cures is refused
DP-13, DP-5     ``review`` looks at debts, deadline and warnings again and again until the document is signed
DP-16.2 to .6   what employees do: ``acts.py``, ``signing.py``
"""

import secrets
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from diploma_svc import journal
from diploma_svc.cases import Case, Graduation, Happening, Original
from diploma_svc.deadlines import Counts, Deadline, Term, deadline_of
from diploma_svc.documents import REFUSAL_CLAUSE
from diploma_svc.facts import gather_facts, identified
from diploma_svc.holdings import Facts
from diploma_svc.regulation import PASSPORT
from diploma_svc.reminders import drawn_reminder
from diploma_svc.rules import decide_at_once, missing, suspends
from diploma_svc.stages import OPEN
from diploma_svc.wording import DECREE
from diploma_svc.world import World
from shared.kit.casework.answers import Decided
from shared.kit.casework.deciding import Promise
from shared.kit.casework.drawing import drawn_refusal
from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.people import People
from shared.kit.database import Connection
from shared.law.answers import Heading, Party, Refusal
from shared.law.college import COLLEGE
from shared.law.grounds import Refused
from shared.law.hours import ALMATY

log = structlog.get_logger()
SUSPENDED, RESUMED = "suspended", "resumed"
WARNINGS = ("", "half_of_the_term", "four_fifths_of_the_term")


async def settle(world: World, entry: Entry) -> bool:
    """Open the case or refuse it, and look at an open one again; True only where an answer waits for its seal."""
    if await review(world, entry.request_id):
        return False
    people = await gather_facts(world.registry, world.clock, entry)
    known = identified(people)
    if known is None:
        return False
    at, duplicate = world.now(), bool(entry.form.get("duplicate"))
    asked = (entry.form["kind"], entry.form.get("decision_number"))
    async with world.database.transaction() as c:
        found = await journal.find_graduation(c, entry.subject_iin, asked, duplicate=duplicate)
        facts = Facts(known, found is not None, duplicate, original_issued=found is not None and found[1])
        refused = decide_at_once(facts)
        issued = None
        if found is not None and not isinstance(refused, Refused):
            issued = await _open(c, world, entry, (found[0], people), at)
    if isinstance(refused, Refused):
        drawn = drawn_refusal(_heading(entry, people, at), Refusal(refused.grounds, REFUSAL_CLAUSE, None))
        return await world.answers.refuse(entry.request_id, drawn, Decided(at, people.evidence))
    if issued is not None:
        told = drawn_reminder(_heading(entry, people, at), issued)
        return await world.answers.grant(entry.request_id, _as_it_is(told), Decided(at, people.evidence))
    await review(world, entry.request_id)
    return False


async def _open(
    c: Connection, world: World, entry: Entry, known: tuple[Graduation, People], at: datetime
) -> Original | None:
    """Open the case unless another one for the same document is open: then it waits until that one is over.

    Returns the document where it is issued already: who signed two drafts of one asked for it twice and is told so.
    """
    graduation, people = known
    if await journal.asked_already(c, graduation.graduate_id):
        log.warning("case.asked_already", request_id=str(entry.request_id))
        return None
    duplicate = bool(entry.form.get("duplicate"))
    original = await journal.find_original(c, graduation.graduate_id) if duplicate else None
    if not duplicate and (issued := await journal.find_original(c, graduation.graduate_id)):
        log.warning("case.issued_already", request_id=str(entry.request_id))
        return issued
    term = term_from(world, graduation, entry.counts_from, duplicate=duplicate)
    await journal.open_case(c, entry.request_id, graduation, original, (term.counts, term.begins), at)
    await journal.keep_evidence(c, entry.request_id, people.evidence)
    await journal.note(c, entry.request_id, Happening(at, "register", "registered", None, None))
    case = await journal.hold(c, entry.request_id)
    if case is not None and (lacking := missing(case.facts())):
        asked = Happening(at, "ask_for_papers", case.stage, None, ", ".join(lacking))
        await journal.note(c, entry.request_id, asked)
    return None


def _as_it_is(drawn: Drawn) -> Promise:
    async def promise(_: Connection) -> Drawn:
        return drawn

    return promise


def term_from(world: World, graduation: Graduation, asked_at: datetime, *, duplicate: bool) -> Term:
    """Return the term: from the decision (DP-5), or of a duplicate from the application (DP-14).

    Whoever asks when the term from the decision is over already is served within as many days of the application.
    """
    asked_on = asked_at.astimezone(ALMATY).date()
    if duplicate:
        return Term(Counts.MONTH, asked_on)
    term = Term(Counts.WORKING_DAYS, graduation.decided_on)
    deadline = deadline_of(term, world.calendar)
    return term if deadline is not None and asked_on <= deadline.due_on else replace(term, begins=asked_on)


async def review(world: World, request_id: UUID) -> bool:
    """Suspend or resume the case as its debts say, and count its term again; False where there is no case yet."""
    at = world.now()
    async with world.database.transaction() as c:
        case = await journal.hold(c, request_id)
        if case is None:
            return False
        if case.stage in OPEN:
            case = await suspend_or_resume(c, case, at)
            await _time(c, world, case, at)
    return True


async def suspend_or_resume(c: Connection, case: Case, at: datetime) -> Case:
    """DP-13: a debt suspends, clearing it resumes by itself; both stand on the ledger. Returns the case as it is."""
    owes = suspends(case.debts, case.facts())
    if owes is case.suspended:
        return case
    if owes:
        await c.execute("INSERT INTO pauses (request_id, begins_at) VALUES ($1, $2)", case.request_id, at)
    else:
        await c.execute("UPDATE pauses SET ends_at = $2 WHERE request_id = $1 AND ends_at IS NULL", case.request_id, at)
    said = "; ".join(f"{debt.about} ({debt.owed_to})" for debt in case.debts) if owes else None
    await journal.note(c, case.request_id, Happening(at, SUSPENDED if owes else RESUMED, case.stage, None, said))
    log.info("case.suspended" if owes else "case.resumed", request_id=str(case.request_id))
    return replace(case, pauses=await journal.pauses_of(c, case.request_id))


async def _time(c: Connection, world: World, case: Case, at: datetime) -> None:
    """DP-5, DP-14: count the term by today's calendar, and warn when half and four fifths of it are used up."""
    deadline = deadline_of(case.term(), world.calendar)
    warned = max(case.warned, _warnings_due(deadline, at))
    for level in range(case.warned + 1, warned + 1):
        await journal.note(c, case.request_id, Happening(at, WARNINGS[level], case.stage, None, None))
        log.warning("case.due_soon", request_id=str(case.request_id), used=WARNINGS[level])
    due_on = deadline.due_on if deadline else None
    if (due_on, world.calendar.version, warned) != (case.due_on, case.calendar_version, case.warned):
        await journal.put_deadline(c, case, deadline, (world.calendar.version, warned, at))
    # What the applicant is told while it stands still: by when, were the debt cleared today.
    told = deadline or deadline_of(case.term(at.astimezone(ALMATY).date()), world.calendar)
    if told is not None:
        await c.execute(
            "UPDATE requests SET answer_by = $2, calendar_version = $3 WHERE request_id = $1 AND answer_by <> $2",
            case.request_id, told.due_at, world.calendar.version,
        )  # fmt: skip


def _warnings_due(deadline: Deadline | None, at: datetime) -> int:
    if deadline is None:
        return 0
    today = at.astimezone(ALMATY).date()
    return (today >= deadline.half_on) + (today >= deadline.four_fifths_on)


def refusal_of(case: Case, refused: Refused, at: datetime) -> Drawn:
    """Return the refusal that the head gives, with every ground that holds (DP-16.3)."""
    graduation = case.graduation
    applicant = Party(case.applicant_iin, graduation.name_kk, graduation.name_ru)
    heading = Heading(case.number, secrets.token_urlsafe(24), at, COLLEGE, applicant, PASSPORT, DECREE)
    return drawn_refusal(heading, Refusal(refused.grounds, REFUSAL_CLAUSE, None))


def _heading(entry: Entry, people: People, at: datetime) -> Heading:
    person = people.subject
    names = (person.names.kk.full(), person.names.ru.full()) if person else (None, None)
    applicant = Party(entry.applicant_iin, *names)
    return Heading(entry.number, secrets.token_urlsafe(24), at, COLLEGE, applicant, PASSPORT, DECREE)
