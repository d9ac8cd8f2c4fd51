"""Condition 3 and what follows (AT-18): process 7, a reasoned refusal, or process 8, a certificate and the attachment.

AT-18.9   process 6, the same in every service, as is the sealing: ``shared/kit/casework/process.py``
AT-18.10  condition 3: ``settle``
AT-18.11  process 7: ``draw_refusal``
AT-18.12  process 8: ``draw_certificate``

The person registry is asked first; what our own register says is read inside the transaction of the decision, where
nobody can change it.
"""

from datetime import datetime

from attachment_svc import documents
from attachment_svc.facts import asked_by, gather_facts
from attachment_svc.holdings import Placement
from attachment_svc.journal import Beginning, begin, hold
from attachment_svc.placing import place, register_facts
from attachment_svc.regulation import PASSPORT
from attachment_svc.rules import Facts, decide
from attachment_svc.schemas import RequestBody
from attachment_svc.wording import DECREE
from attachment_svc.world import World
from shared.kit.casework.answers import Decided
from shared.kit.casework.drawing import drawn_refusal, heading_of, named, patient_of
from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.people import People
from shared.kit.casework.registration import Term
from shared.kit.casework.timing import answers_anyway
from shared.kit.database import Connection
from shared.kit.persons import Person
from shared.law.answers import Refusal, canonical, certificate_kind
from shared.law.channels import Channel
from shared.law.grounds import Refused
from shared.law.hours import ALMATY


def term_of(world: World, asked: RequestBody) -> Term:
    """Return the term of a request: the day of the request, or the next working day (AT-9, AT-16)."""
    hours = world.hours
    served = hours.served_on if Channel(asked.channel) is Channel.PORTAL else hours.served_at_desk
    return Term(*served(asked.signed_at), hours.calendar.version)


async def settle(world: World, entry: Entry) -> bool:
    """Condition 3: decide by the facts; False while the registry is silent and there is time to ask again."""
    people = await gather_facts(world.systems, entry)
    now = world.now()
    if people.silent and not people.final and not answers_anyway(entry, now):
        return False

    async def answer(connection: Connection) -> Drawn:
        if people.subject is None:
            return draw_refusal(entry, people, Facts(people.facts), now)
        return await answer_for(connection, entry, (people, people.subject), now)

    await world.answers.grant(entry.request_id, answer, Decided(now, people.evidence))
    return True


async def answer_for(connection: Connection, entry: Entry, known: tuple[People, Person], now: datetime) -> Drawn:
    """Decide about a person whom the registry knows; when granted, the old attachment ends and the new one begins."""
    people, subject = known
    # It begins on the day from which the request counts, or today where our own systems were down until now.
    first_day = max(entry.counts_from, now).astimezone(ALMATY).date()
    asked = asked_by(entry, subject, first_day)
    held = await hold(connection, entry.subject_iin, entry.provider_bin, asked.on)
    placement = place(held, asked)
    facts = Facts(people.facts, register_facts(held, asked, placement))
    if placement is None or isinstance(decide(facts), Refused):
        return draw_refusal(entry, people, facts, now)
    if placement.why is not None:
        beginning = Beginning(entry.request_id, entry.subject_iin, entry.provider_bin, placement, asked.address)
        await begin(connection, beginning, now)
    return draw_certificate(entry, people, placement, now)


def draw_refusal(entry: Entry, people: People, facts: Facts, now: datetime) -> Drawn:
    """Process 7: the reasoned refusal; about a person whom the applicant may not represent it says nothing."""
    decision = decide(facts)
    if not isinstance(decision, Refused):
        raise TypeError("A refusal is drawn up only where a ground holds.")
    refusal = Refusal(decision.grounds, documents.REFUSAL_CLAUSE, patient_of(entry, people), facts.without_data)
    return drawn_refusal(heading_of(entry, people, now, passport=PASSPORT, decree=DECREE), refusal)


def draw_certificate(entry: Entry, people: People, placement: Placement, now: datetime) -> Drawn:
    """Process 8: the certificate (slip) of AT-8.2 with provider, district, doctor and the day."""
    heading = heading_of(entry, people, now, passport=PASSPORT, decree=DECREE)
    payload = documents.certificate(heading, named(entry.subject_iin, people.subject), placement)
    return Drawn(heading.token, certificate_kind(PASSPORT), "granted", (), canonical(payload))
