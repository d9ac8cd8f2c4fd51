"""Asking the person registry about the people of a request (HV-12, AP-12, AT-14).

Order matters for privacy: the applicant's own record first; about another person nothing is asked until the applicant's
record says that they are related, and nothing more once the other record shows that they may not be represented.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import structlog

from shared.kit.casework.entries import Entry, Evidence
from shared.kit.casework.signed_content import says_the_same
from shared.kit.clock import Clock
from shared.kit.persons import Person
from shared.kit.registry import RegistryAnswer, RegistryUnavailable
from shared.kit.representation import relation_of, represents
from shared.law.channels import Channel
from shared.law.hours import ALMATY
from shared.law.person_facts import IdentityDocument, PersonFacts, Source, proves_identity

log = structlog.get_logger()


class PersonRegistry(Protocol):
    """ЖТ МДҚ, as we ask it."""

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        """Return the person's record; raises RegistryUnavailable."""


@dataclass(frozen=True, slots=True)
class Purposes:
    """The clauses by which a service may ask: about the person served, and about who asks for them."""

    subject: str
    representative: str


@dataclass(frozen=True, slots=True)
class People:
    """What the registry told; of a ``silent`` registry asking again may tell more.

    ``final``: it signed that it holds no such person; asking again would change nothing.
    """

    facts: PersonFacts
    applicant: Person | None
    subject: Person | None
    silent: bool
    final: bool
    evidence: tuple[Evidence, ...]


async def ask_people(registry: PersonRegistry, clock: Clock, entry: Entry, purposes: Purposes) -> People:
    """Return all that can be known now of the people of a request, on the day from which it counts."""
    return await _Asking(registry, clock, entry, purposes).ask()


class _Asking:
    """One round of questions about one request."""

    def __init__(self, registry: PersonRegistry, clock: Clock, entry: Entry, purposes: Purposes) -> None:
        self._registry, self._clock, self._entry, self._purposes = registry, clock, entry, purposes
        self._on = entry.counts_from.astimezone(ALMATY).date()
        self._silent = self._final = False
        self._evidence: list[Evidence] = []

    async def ask(self) -> People:
        entry = self._entry
        if entry.applicant_iin == entry.subject_iin:
            person = await self._person(entry.applicant_iin, "applicant", self._purposes.subject)
            return self._told(person, person, entitled=True)
        applicant = await self._person(entry.applicant_iin, "applicant", self._purposes.representative)
        if applicant is None:
            return self._told(None, None, entitled=None)
        if not represents(applicant, entry.subject_iin, self._on):
            return self._told(applicant, None, entitled=False)
        subject = await self._person(entry.subject_iin, "subject", self._purposes.subject)
        if subject is None:
            # Whether a child is still under eighteen only its own record tells; a ward is one at any age.
            return self._told(applicant, None, entitled=True if entry.subject_iin in applicant.wards else None)
        if relation_of(applicant, subject, self._on) is None:
            return self._told(applicant, None, entitled=False)
        return self._told(applicant, subject, entitled=True)

    async def _person(self, iin: str, about: Literal["applicant", "subject"], clause: str) -> Person | None:
        try:
            answer = await self._registry.person(iin, clause)
        except RegistryUnavailable as unavailable:
            log.warning("registry.unavailable", reason=unavailable.reason, request_id=str(self._entry.request_id))
            self._silent = True
            return None
        self._evidence.append(Evidence(Source.PERSON_REGISTRY, about, clause, self._clock.now(), answer.jws))
        self._final = self._final or answer.person is None
        return answer.person

    def _told(self, applicant: Person | None, subject: Person | None, *, entitled: bool | None) -> People:
        facts = PersonFacts(
            # The law on informatisation is about electronic requests: it is no ground at the desk (HV-15.1, HV-15.2.2).
            signed_by_law=self._entry.channel != Channel.PORTAL or says_the_same(self._entry),
            representative_entitled=entitled,
            alive=None if subject is None else subject.deceased is None or subject.deceased > self._on,
            document_in_force=None if subject is None else _proves_identity(subject, self._on),
        )
        return People(facts, applicant, subject, self._silent, self._final, tuple(self._evidence))


def _proves_identity(subject: Person, on: date) -> bool:
    documents = [IdentityDocument(one.kind.value, one.issued, one.expires) for one in subject.documents]
    return proves_identity(documents, age=subject.age_on(on), on=on)
