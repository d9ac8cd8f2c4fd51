"""Gathering what clause 12 asks for, of the person registry and of the register of the attached (HV-12, AP-12)."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.kit.attachments import Attachment
from shared.kit.casework.attached import AttachmentRegister, AttachmentsTold, ask_attachments
from shared.kit.casework.entries import Entry, Evidence
from shared.kit.casework.people import People, PersonRegistry, Purposes, ask_people
from shared.kit.clock import Clock
from shared.law.clause_twelve import Facts

_NOT_ASKED: Final = AttachmentsTold(None, silent=False, evidence=())


@dataclass(frozen=True, slots=True)
class Systems:
    """The systems that facts come from."""

    registry: PersonRegistry
    attachments: AttachmentRegister
    clock: Clock


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses by which a service may ask; for attachment ``on`` a local day to come, or now."""

    people: Purposes
    attachment: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts, and what they were read from; where a system is ``silent`` asking again may tell more."""

    facts: Facts
    silent: bool
    people: People
    attachment: Attachment | None
    evidence: tuple[Evidence, ...]


async def gather(systems: Systems, entry: Entry, clauses: Clauses) -> Gathered:
    """Return all that can be known now of a request, on the day from which it counts.

    About one's own attachment the register is asked at the same time; about another's only once it is known that the
    applicant is entitled.
    """
    asked = ask_people(systems.registry, systems.clock, entry, clauses.people)
    if entry.applicant_iin == entry.subject_iin:
        people, told = await asyncio.gather(asked, _attached(systems, entry, clauses))
    else:
        people = await asked
        told = await _attached(systems, entry, clauses) if people.facts.representative_entitled else _NOT_ASKED
    here = [one for one in told.attachments or () if one.provider_bin == entry.provider_bin]
    return Gathered(
        facts=Facts(people.facts, None if told.attachments is None else bool(here)),
        # A signed "no such person" is final: the other system may stay silent, asking again would change nothing.
        silent=(people.silent or told.silent) and not people.final,
        people=people,
        attachment=here[0] if here else None,
        evidence=people.evidence + told.evidence,
    )


async def _attached(systems: Systems, entry: Entry, clauses: Clauses) -> AttachmentsTold:
    return await ask_attachments(systems.attachments, systems.clock, entry.subject_iin, clauses.attachment, clauses.on)
