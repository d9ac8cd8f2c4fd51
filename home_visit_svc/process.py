"""The provider's part of the portal flow (HV-16), by the numbers of the decree.

Process 6    the document is registered under a number: ``register``
Condition 3  the request is checked against the grounds: ``check_grounds``
Process 7    a reasoned refusal is drawn up: ``draw_refusal``
Process 8    the certificate is drawn up, with the visit it promises: ``draw_certificate``

Both leave by one door, ``issue``. Between any two of these the process may die: the entry is taken up again where it
stands. No transaction is open while another system is asked, and nothing is sealed that is not on record.
"""

import secrets
from datetime import datetime

import structlog

from home_visit_svc import documents
from home_visit_svc.answers import Decided
from home_visit_svc.documents import Heading, Party
from home_visit_svc.entries import Drawn, Entry
from home_visit_svc.facts import Gathered, gather_facts
from home_visit_svc.registration import RequestIdReused, known_provider, new_entry
from home_visit_svc.rounds import Wanted
from home_visit_svc.rules import decide
from home_visit_svc.schemas import RequestBody
from home_visit_svc.timing import LEASE, answers_anyway, next_attempt
from home_visit_svc.visits import Visit, opportunity
from home_visit_svc.world import World
from shared.kit.persons import Person
from shared.law.grounds import Refused
from shared.law.hours import ALMATY
from shared.law.tables import TABLE_1

log = structlog.get_logger()


async def register(world: World, asked: RequestBody, received_at: datetime) -> Entry | None:
    """Process 6: commit the entry first, under a number; None when this same request is already registered.

    Raises RequestIdReused when the id is known with another content, Unprocessable for an unknown provider.
    """
    now = world.now()
    new = new_entry(asked, world.hours, received_at=received_at, now=now)
    limit = int(TABLE_1[6].limit.total_seconds())
    year = now.astimezone(ALMATY).year
    entry = await world.journal.register(new, year=year, limit_seconds=limit, due_at=now + LEASE)
    if entry is None:
        known = await world.journal.standing(asked.request_id)
        if known is None or known.body_sha256 != new.body_sha256:
            raise RequestIdReused
        return None
    log.info("request.registered", request_id=str(entry.request_id), number=entry.number)
    return entry


async def take_up(world: World, entry: Entry) -> None:
    """Bring an entry as far as it goes now: to its answer, or to the time of the next attempt."""
    if entry.state == "registered" and not await check_grounds(world, entry):
        await world.journal.put_off(entry.request_id, next_attempt(entry, world.now()))
        return
    await issue(world, entry)


async def check_grounds(world: World, entry: Entry) -> bool:
    """Condition 3: decide by the facts; False while a system is silent and there is time to ask again."""
    gathered = await gather_facts(world.systems, entry)
    now = world.now()
    if gathered.silent and not answers_anyway(entry, now):
        return False
    decision = decide(gathered.facts)
    decided = Decided(now, gathered.evidence)
    if isinstance(decision, Refused):
        drawn = draw_refusal(entry, gathered, decision, now)
        await world.answers.refuse(entry.request_id, drawn, decided)
    else:
        wanted = _wanted(world, entry, gathered, now)
        await world.answers.grant(
            entry.request_id, wanted, lambda visit: draw_certificate(entry, gathered, visit, now), decided
        )
    return True


def draw_refusal(entry: Entry, gathered: Gathered, decision: Refused, now: datetime) -> Drawn:
    """Process 7: the reasoned refusal; about a person whom the applicant may not represent it says nothing."""
    heading = _heading(entry, gathered, now)
    entitled = gathered.facts.representative_entitled
    patient = _party(entry.subject_iin, gathered.subject) if entitled else None
    payload = documents.refusal(heading, patient, decision.grounds, gathered.facts.without_data)
    codes = tuple(ground.code for ground in decision.grounds)
    return Drawn(heading.token, documents.REFUSAL, "refused", codes, documents.canonical(payload))


def draw_certificate(entry: Entry, gathered: Gathered, visit: Visit, now: datetime) -> Drawn:
    """Process 8: the certificate of HV-8.2, with the day and the hours of the visit."""
    heading = _heading(entry, gathered, now)
    payload = documents.certificate(heading, _party(entry.subject_iin, gathered.subject), visit, entry.form["address"])
    return Drawn(heading.token, documents.CERTIFICATE, "granted", (), documents.canonical(payload))


async def issue(world: World, entry: Entry) -> None:
    """Seal what is on record and write the answer; whoever comes second finds it written."""
    unsealed = await world.answers.unsealed(entry.request_id)
    if unsealed is None:
        return
    jws = await world.seals.seal(unsealed.provider_bin, unsealed.payload)
    limit = int(TABLE_1[8].limit.total_seconds())
    if await world.answers.write_answer(entry.request_id, jws, world.now(), limit_seconds=limit):
        log.info("request.answered", request_id=str(entry.request_id), number=entry.number)


def _wanted(world: World, entry: Entry, gathered: Gathered, now: datetime) -> Wanted:
    attachment = gathered.attachment
    if attachment is None:
        raise ValueError("A call is granted only to who is attached.")
    when = opportunity(world.hours, counts_from=entry.counts_from, now=now)
    return Wanted(entry.provider_bin, attachment.doctor.id, attachment.district.kind, when)


def _heading(entry: Entry, gathered: Gathered, now: datetime) -> Heading:
    provider = known_provider(entry.provider_bin)
    token = secrets.token_urlsafe(24)
    return Heading(entry.number, token, now, provider, _party(entry.applicant_iin, gathered.applicant))


def _party(iin: str, person: Person | None) -> Party:
    return Party(iin) if person is None else Party(iin, person.names.kk.full(), person.names.ru.full())
