"""Condition 3 and what follows (AP-16): process 7, a reasoned refusal, or process 8, a certificate of an appointment.

Process 6 and the sealing are the same in every service: ``shared/kit/casework/process.py``. Nothing limits the hour at
which an appointment may be booked (AP-9): a request counts from its signature.
"""

from datetime import datetime
from uuid import UUID

from appointment_svc import documents
from appointment_svc.facts import gather_facts
from appointment_svc.journal import Asked
from appointment_svc.regulation import ANSWER_WITHIN, PASSPORT
from appointment_svc.rules import decide
from appointment_svc.schemas import RequestBody
from appointment_svc.taking import Wanted, take
from appointment_svc.timetable import Slot
from appointment_svc.wording import DECREE
from appointment_svc.world import World
from shared.kit.casework.answers import Decided
from shared.kit.casework.drawing import drawn_refusal, heading_of, named, patient_of
from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.gathering import Gathered
from shared.kit.casework.registration import Term
from shared.kit.casework.timing import AnotherFirst, answers_anyway
from shared.kit.database import Connection
from shared.kit.representation import representatives_of
from shared.law.answers import Refusal, canonical, certificate_kind
from shared.law.channels import Channel
from shared.law.grounds import Refused
from shared.law.hours import ALMATY


def term_of(world: World, asked: RequestBody) -> Term:
    """Return the term of a request: AP-14's thirty minutes from the signature, at any hour."""
    within = ANSWER_WITHIN[Channel(asked.channel)]
    return Term(asked.signed_at, asked.signed_at + within, world.hours.calendar.version)


async def settle(world: World, entry: Entry) -> bool:
    """Condition 3: decide by the facts; False while a system is silent and there is time to ask again.

    Requests for one patient and doctor are granted in the order of their signatures: the last one is what is wanted.
    Raises AnotherFirst while an earlier one is not decided.
    """
    before = await world.bookings.extend(entry.request_id, entry.answer_by, world.now())
    signed_before = await world.appointments.signed_before(entry, moves_of(entry))
    gathered = await gather_facts(world.systems, entry, signed_before=signed_before)
    now = world.now()
    if gathered.silent and not answers_anyway(entry, now):
        return False
    decision = decide(gathered.facts)
    decided = Decided(now, gathered.evidence)
    if isinstance(decision, Refused):
        await world.answers.refuse(entry.request_id, draw_refusal(entry, gathered, decision, now), decided)
        await world.bookings.release(entry.request_id, now)
        return True
    if before & _who_may_ask(entry, gathered, now) and not answers_anyway(entry, now):
        raise AnotherFirst
    wanted = _wanted(entry, gathered)

    async def promise(connection: Connection) -> Drawn:
        slot = await take(connection, wanted, now)
        return draw_certificate(entry, gathered, slot, now)

    await world.answers.grant(entry.request_id, promise, decided)
    return True


def draw_refusal(entry: Entry, gathered: Gathered, decision: Refused, now: datetime) -> Drawn:
    """Process 7: the reasoned refusal; about a person whom the applicant may not represent it says nothing."""
    refusal = Refusal(
        decision.grounds, documents.REFUSAL_CLAUSE, patient_of(entry, gathered.people), gathered.facts.without_data
    )
    return drawn_refusal(heading_of(entry, gathered.people, now, passport=PASSPORT, decree=DECREE), refusal)


def draw_certificate(entry: Entry, gathered: Gathered, slot: Slot | None, now: datetime) -> Drawn:
    """Process 8: the certificate of AP-8.2, with doctor, room, day and time."""
    heading = heading_of(entry, gathered.people, now, passport=PASSPORT, decree=DECREE)
    patient = named(entry.subject_iin, gathered.people.subject)
    payload = documents.certificate(heading, patient, slot, starts_at_of(entry))
    return Drawn(heading.token, certificate_kind(PASSPORT), "granted", (), canonical(payload))


def starts_at_of(entry: Entry) -> datetime:
    """Return the time that the form names."""
    return datetime.fromisoformat(entry.form["starts_at"])


def moves_of(entry: Entry) -> UUID | None:
    """Return the request whose appointment this one moves."""
    moves = entry.form.get("moves")
    return None if moves is None else UUID(moves)


def _who_may_ask(entry: Entry, gathered: Gathered, now: datetime) -> frozenset[str]:
    """Return whose earlier request may be granted: a stranger's is refused, and keeps nobody waiting until it is."""
    patient = gathered.people.subject
    if patient is None:
        raise ValueError("An appointment is granted only to who is known.")
    return representatives_of(patient, now.astimezone(ALMATY).date()) | {entry.applicant_iin}


def _wanted(entry: Entry, gathered: Gathered) -> Wanted:
    attachment = gathered.attachment
    if attachment is None:
        raise ValueError("An appointment is granted only to who is attached.")
    return Wanted(
        Asked(entry.request_id, entry.applicant_iin, entry.subject_iin),
        entry.provider_bin,
        entry.form["doctor_id"],
        attachment.district.kind,
        starts_at_of(entry),
        moves_of(entry),
    )
