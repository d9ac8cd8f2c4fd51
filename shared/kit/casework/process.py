"""The provider's part of the portal flow (HV-16, AP-16, AT-18), by the numbers of the decree.

Process 6    the document is registered under a number: ``register``
Condition 3  the request is checked against the grounds, process 7 or 8 draws the answer up: the service's ``settle``
Process 8    the answer is sealed and written: ``issue``; a certificate and a refusal leave by this one door

Between any two of these the process may die: the entry is taken up again where it stands. No transaction is open while
another system is asked, and nothing is sealed that is not on record.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from shared.documents.sealed import DOCUMENT_TYPE
from shared.kit.casework.answers import Answers
from shared.kit.casework.case_files import CaseFiles
from shared.kit.casework.entries import Entry, NewEntry
from shared.kit.casework.journal import Journal
from shared.kit.casework.officials import Officials
from shared.kit.casework.papers import Papers
from shared.kit.casework.registration import RequestIdReused
from shared.kit.casework.seals import Seals
from shared.kit.casework.timing import LEASE, AnotherFirst, AwaitsOfficial, next_attempt, soon
from shared.kit.clock import Clock
from shared.law.hours import ALMATY
from shared.law.tables import table_of

log = structlog.get_logger()
Settle = Callable[[Entry], Awaitable[bool]]
"""Condition 3 of one service: decide an entry and write what will be sealed.

False while a system is silent and there is time to ask again. Raises AnotherFirst while another entry goes first,
AwaitsOfficial while an official is to confirm what the rules propose."""


@dataclass(frozen=True, slots=True)
class Casework:
    """What the processes touch in one service."""

    clock: Clock
    journal: Journal
    answers: Answers
    seals: Seals
    settle: Settle
    papers: Papers | None = None
    """The documents as PDF; a test may do without."""
    types: Mapping[str, str] = field(default_factory=dict)
    """The ``typ`` of the seal by the document's kind, where it is not that of all documents."""
    case_files: CaseFiles | None = None
    """What the applicant, a court or an auditor is given; a test may do without."""
    officials: Officials | None = None
    """Where officials confirm what the rules propose, and review refusals; the college has its own way."""


async def register(work: Casework, new: NewEntry) -> Entry | None:
    """Process 6: commit the entry first, under a number; None when this same request is already registered.

    Raises RequestIdReused when the id is known with another content.
    """
    now = new.registered_at
    limit = int(table_of(new.channel)[6].limit.total_seconds())
    year = now.astimezone(ALMATY).year
    entry = await work.journal.register(new, year=year, limit_seconds=limit, due_at=now + LEASE)
    if entry is None:
        known = await work.journal.standing(new.request_id)
        if known is None or known.body_sha256 != new.body_sha256:
            raise RequestIdReused
        return None
    log.info("request.registered", request_id=str(entry.request_id), number=entry.number)
    return entry


async def take_up(work: Casework, entry: Entry) -> None:
    """Bring an entry as far as it goes now: to its answer, or to the time of the next attempt."""
    try:
        settled = entry.state != "registered" or await _settle(work, entry)
    except AnotherFirst:
        await work.journal.put_off(entry.request_id, soon(work.clock.now()))
        return
    except AwaitsOfficial:
        log.info("request.awaits_official", request_id=str(entry.request_id))
        return
    if not settled:
        await work.journal.put_off(entry.request_id, next_attempt(entry, work.clock.now()))
        return
    await issue(work, entry.request_id)


async def _settle(work: Casework, entry: Entry) -> bool:
    """A review is settled by what an official has signed, everything else by the service's rules."""
    if entry.review_of is not None and work.officials is not None:
        return await work.officials.reviews.settle(entry, work.clock.now())
    return await work.settle(entry)


async def issue(work: Casework, request_id: UUID) -> None:
    """Seal what is on record and write the answer; whoever comes second finds it written."""
    unsealed = await work.answers.unsealed(request_id)
    if unsealed is None:
        return
    jws = await work.seals.seal(unsealed.provider_bin, unsealed.payload, work.types.get(unsealed.kind, DOCUMENT_TYPE))
    limit = int(table_of(unsealed.channel)[8].limit.total_seconds())
    if await work.answers.write_answer(request_id, jws, work.clock.now(), limit_seconds=limit):
        log.info("request.answered", request_id=str(request_id))
