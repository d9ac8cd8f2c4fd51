"""The only file that asks other systems: the person registry and the register of the attached population (HV-12).

Order matters for privacy: the applicant's own record first; about another person nothing is asked until the applicant's
record says that they are related; their attachment only once the applicant is known to be entitled.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from home_visit_svc.entries import Entry, Evidence
from home_visit_svc.rules import Facts, IdentityDocument, Source, proves_identity
from home_visit_svc.signed_content import says_the_same
from shared.kit.attachments import Attachment, AttachmentAnswer, AttachmentsUnavailable
from shared.kit.clock import Clock
from shared.kit.persons import Person
from shared.kit.registry import RegistryAnswer, RegistryUnavailable
from shared.kit.representation import relation_of, represents
from shared.law.hours import ALMATY

ABOUT_PERSON, ABOUT_REPRESENTATIVE, ABOUT_ATTACHMENT = "HV-12.1", "HV-1", "HV-12.2"


class PersonRegistry(Protocol):
    """ЖТ МДҚ, as we ask it."""

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        """Return the person's record; raises RegistryUnavailable."""


class AttachmentRegister(Protocol):
    """The register of the attached population, as we ask it."""

    async def current(self, iin: str, purpose: str) -> AttachmentAnswer:
        """Return the person's attachments; raises AttachmentsUnavailable."""


@dataclass(frozen=True, slots=True)
class Systems:
    """The systems that facts come from."""

    registry: PersonRegistry
    attachments: AttachmentRegister
    clock: Clock


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts, and what they were read from; of a ``silent`` system asking again may tell more."""

    facts: Facts
    silent: bool
    applicant: Person | None
    subject: Person | None
    attachment: Attachment | None
    evidence: tuple[Evidence, ...]


async def gather_facts(systems: Systems, entry: Entry) -> Gathered:
    """Return all that can be known now of a request, on the day from which it counts."""
    return await _Asking(systems, entry, entry.counts_from.astimezone(ALMATY).date()).gather()


@dataclass(slots=True)
class _Asking:
    """One round of questions about one request."""

    systems: Systems
    entry: Entry
    on: date
    silent: list[Source] = field(default_factory=list)
    without_record: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    async def gather(self) -> Gathered:
        for_oneself = self.entry.applicant_iin == self.entry.subject_iin
        if for_oneself:
            applicant, attachments = await asyncio.gather(self._person("applicant", ABOUT_PERSON), self._attachments())
            return self._gathered(applicant, applicant, attachments, entitled=True)
        applicant = await self._person("applicant", ABOUT_REPRESENTATIVE)
        if applicant is None:
            return self._gathered(None, None, None, entitled=None)
        if not represents(applicant, self.entry.subject_iin, self.on):
            return self._stranger(applicant)
        subject = await self._person("subject", ABOUT_PERSON)
        if subject is not None and relation_of(applicant, subject, self.on) is None:
            return self._stranger(applicant)
        attachments = await self._attachments()
        return self._gathered(applicant, subject, attachments, entitled=True)

    async def _person(self, about: Literal["applicant", "subject"], clause: str) -> Person | None:
        iin = self.entry.applicant_iin if about == "applicant" else self.entry.subject_iin
        try:
            answer = await self.systems.registry.person(iin, clause)
        except RegistryUnavailable:
            self.silent.append(Source.PERSON_REGISTRY)
            return None
        self._keep(Source.PERSON_REGISTRY, about, clause, answer.jws)
        self.without_record = self.without_record or answer.person is None
        return answer.person

    async def _attachments(self) -> tuple[Attachment, ...] | None:
        try:
            answer = await self.systems.attachments.current(self.entry.subject_iin, ABOUT_ATTACHMENT)
        except AttachmentsUnavailable:
            self.silent.append(Source.ATTACHMENT_REGISTER)
            return None
        self._keep(Source.ATTACHMENT_REGISTER, "subject", ABOUT_ATTACHMENT, answer.jws)
        return answer.attachments

    def _keep(self, source: Source, about: Literal["applicant", "subject"], clause: str, answer: str) -> None:
        self.evidence.append(Evidence(source.value, about, clause, self.systems.clock.now(), answer))

    def _stranger(self, applicant: Person) -> Gathered:
        facts = Facts(signed_by_law=says_the_same(self.entry), representative_entitled=False)
        return Gathered(facts, silent=False, applicant=applicant, subject=None, attachment=None, evidence=self._kept())

    def _gathered(
        self,
        applicant: Person | None,
        subject: Person | None,
        attachments: tuple[Attachment, ...] | None,
        *,
        entitled: bool | None,
    ) -> Gathered:
        here = [one for one in attachments or () if one.provider_bin == self.entry.provider_bin]
        without_data = ((Source.PERSON_REGISTRY,) if subject is None else ()) + (
            (Source.ATTACHMENT_REGISTER,) if attachments is None and entitled else ()
        )
        facts = Facts(
            signed_by_law=says_the_same(self.entry),
            representative_entitled=entitled,
            alive=None if subject is None else subject.deceased is None,
            document_in_force=None if subject is None else _proves_identity(subject, self.on),
            attached_here=None if attachments is None else bool(here),
            without_data=without_data,
        )
        # A signed "no such person" is final: the other system may stay silent, asking again would change nothing.
        silent = bool(self.silent) and not self.without_record
        return Gathered(facts, silent, applicant, subject, here[0] if here else None, self._kept())

    def _kept(self) -> tuple[Evidence, ...]:
        return tuple(self.evidence)


def _proves_identity(subject: Person, on: date) -> bool:
    documents = [IdentityDocument(one.kind.value, one.issued, one.expires) for one in subject.documents]
    return proves_identity(documents, age=subject.age_on(on), on=on)
