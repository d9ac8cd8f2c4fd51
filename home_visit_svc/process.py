"""Condition 3 and what follows (HV-16): process 7, a reasoned refusal, or process 8, a certificate with a visit.

Process 6 and the sealing are the same in every service: ``shared/kit/casework/process.py``.
"""

from datetime import datetime

from home_visit_svc import documents
from home_visit_svc.facts import gather_facts
from home_visit_svc.journal import Wanted, keep_visit, reserve
from home_visit_svc.regulation import ANSWER_WITHIN, PASSPORT
from home_visit_svc.repeated import standing_visit
from home_visit_svc.rules import decide
from home_visit_svc.schemas import RequestBody
from home_visit_svc.visits import Visit, opportunity
from home_visit_svc.wording import DECREE
from home_visit_svc.world import World
from shared.kit.casework.answers import Decided
from shared.kit.casework.drawing import drawn_refusal, heading_of, named, patient_of
from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.gathering import Gathered
from shared.kit.casework.registration import Term
from shared.kit.casework.timing import answers_anyway
from shared.kit.database import Connection
from shared.law.answers import Refusal, canonical, certificate_kind
from shared.law.channels import Channel
from shared.law.grounds import Refused


def term_of(world: World, asked: RequestBody) -> Term:
    """Return the term of a call: HV-14's thirty minutes from the signature, or from the next opening (HV-9)."""
    counts_from = world.hours.counts_from(asked.signed_at)
    return Term(counts_from, counts_from + ANSWER_WITHIN[Channel(asked.channel)], world.hours.calendar.version)


async def settle(world: World, entry: Entry) -> bool:
    """Condition 3: decide by the facts; False while a system is silent and there is time to ask again."""
    gathered = await gather_facts(world.systems, entry)
    now = world.now()
    if gathered.silent and not answers_anyway(entry, now):
        return False
    decision = decide(gathered.facts)
    decided = Decided(now, gathered.evidence)
    if isinstance(decision, Refused):
        await world.answers.refuse(entry.request_id, draw_refusal(entry, gathered, decision, now), decided)
        return True
    wanted = _wanted(world, entry, gathered, now)

    async def promise(connection: Connection) -> Drawn:
        patient = entry.subject_iin, entry.provider_bin
        standing = await standing_visit(connection, patient, wanted.when.day, now)
        visit = standing.visit if standing else await reserve(connection, wanted)
        await keep_visit(connection, entry.request_id, visit, standing.request_id if standing else None)
        return draw_certificate(entry, gathered, visit, now, standing.number if standing else None)

    await world.answers.grant(entry.request_id, promise, decided)
    return True


def draw_refusal(entry: Entry, gathered: Gathered, decision: Refused, now: datetime) -> Drawn:
    """Process 7: the reasoned refusal; about a person whom the applicant may not represent it says nothing."""
    refusal = Refusal(
        decision.grounds, documents.REFUSAL_CLAUSE, patient_of(entry, gathered.people), gathered.facts.without_data
    )
    return drawn_refusal(heading_of(entry, gathered.people, now, passport=PASSPORT, decree=DECREE), refusal)


def draw_certificate(entry: Entry, gathered: Gathered, visit: Visit, now: datetime, before: str | None = None) -> Drawn:
    """Process 8: the certificate of HV-8.2, with the day and the hours of the visit."""
    heading = heading_of(entry, gathered.people, now, passport=PASSPORT, decree=DECREE)
    patient = named(entry.subject_iin, gathered.people.subject)
    payload = documents.certificate(heading, patient, visit, entry.form["address"], before)
    return Drawn(heading.token, certificate_kind(PASSPORT), "granted", (), canonical(payload))


def _wanted(world: World, entry: Entry, gathered: Gathered, now: datetime) -> Wanted:
    attachment = gathered.attachment
    if attachment is None:
        raise ValueError("A call is granted only to who is attached.")
    when = opportunity(world.hours, counts_from=entry.counts_from, now=now)
    return Wanted(entry.provider_bin, attachment.doctor.id, attachment.district.kind, when)
