"""The only file that asks other systems: the person registry and the register of the attached population (AP-12)."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from appointment_svc.rules import Facts
from shared.kit.attachments import Attachment
from shared.kit.casework.attached import AttachmentRegister, AttachmentsTold, ask_attachments
from shared.kit.casework.entries import Entry, Evidence
from shared.kit.casework.people import People, PersonRegistry, Purposes, ask_people
from shared.kit.clock import Clock
from shared.law.hours import ALMATY

PURPOSES: Final = Purposes(subject="AP-12.1", representative="AP-1")
ABOUT_ATTACHMENT: Final = "AP-12.2"
NOT_ASKED: Final = AttachmentsTold(None, silent=False, evidence=())


@dataclass(frozen=True, slots=True)
class Systems:
    """The systems that facts come from."""

    registry: PersonRegistry
    attachments: AttachmentRegister
    clock: Clock


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts, and what they were read from; where a system is ``silent`` asking again may tell more."""

    facts: Facts
    silent: bool
    people: People
    attachment: Attachment | None
    evidence: tuple[Evidence, ...]


async def gather_facts(systems: Systems, entry: Entry, *, signed_before: bool = False) -> Gathered:
    """Return all that can be known now of a request, on the day from which it counts.

    ``signed_before``: it moves an appointment that the clinic cancelled, under the signature of the first request.

    About one's own attachment the register is asked at the same time; about another's only once it is known that the
    applicant is entitled.
    """
    asked = ask_people(systems.registry, systems.clock, entry, PURPOSES)
    if entry.applicant_iin == entry.subject_iin:
        people, told = await asyncio.gather(asked, _attached(systems, entry))
    else:
        people = await asked
        told = await _attached(systems, entry) if people.facts.representative_entitled else NOT_ASKED
    if signed_before:
        people = replace(people, facts=replace(people.facts, signed_by_law=True))
    here = [one for one in told.attachments or () if one.provider_bin == entry.provider_bin]
    return Gathered(
        facts=Facts(people.facts, None if told.attachments is None else bool(here)),
        # A signed "no such person" is final: the other system may stay silent, asking again would change nothing.
        silent=(people.silent or told.silent) and not people.final,
        people=people,
        attachment=here[0] if here else None,
        evidence=people.evidence + told.evidence,
    )


async def _attached(systems: Systems, entry: Entry) -> AttachmentsTold:
    """Ask about the day of the appointment: who attaches in the evening is attached from the next opening on (AT-9)."""
    day = _day_of(systems, datetime.fromisoformat(entry.form["starts_at"]))
    return await ask_attachments(systems.attachments, systems.clock, entry.subject_iin, ABOUT_ATTACHMENT, day)


def _day_of(systems: Systems, at: datetime) -> date:
    return max(at, systems.clock.now()).astimezone(ALMATY).date()


async def own_doctors(systems: Systems, iin: str | None, provider_bin: str, begins: datetime) -> tuple[str, ...]:
    """Return the doctors of the person's district at the provider by that time; none while the register is silent."""
    if iin is None:
        return ()
    day = _day_of(systems, begins)
    told = await ask_attachments(systems.attachments, systems.clock, iin, ABOUT_ATTACHMENT, day)
    return tuple(one.doctor.id for one in told.attachments or () if one.provider_bin == provider_bin)
