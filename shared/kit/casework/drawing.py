"""Drawing up what every service draws up alike: a heading, a refusal, a person's name."""

import secrets
from datetime import datetime

from shared.kit.casework.entries import Drawn, Entry
from shared.kit.casework.people import People
from shared.kit.casework.registration import known_provider
from shared.kit.persons import Person
from shared.law.answers import Heading, Party, Refusal, canonical, refusal, refusal_kind
from shared.law.passport import Passport
from shared.law.text import Text


def heading_of(entry: Entry, people: People, now: datetime, *, passport: Passport, decree: Text) -> Heading:
    """Return the heading of a clinic's answer, with a new token."""
    provider, applicant = known_provider(entry.provider_bin), named(entry.applicant_iin, people.applicant)
    return Heading(entry.number, secrets.token_urlsafe(24), now, provider, applicant, passport, decree, entry.channel)


def patient_of(entry: Entry, people: People) -> Party | None:
    """Return who is served; None for a person whom the applicant may not represent, of whom nothing is said."""
    return named(entry.subject_iin, people.subject) if people.facts.representative_entitled else None


def drawn_refusal(heading: Heading, refused: Refusal) -> Drawn:
    """Process 7: return the reasoned refusal as it will be sealed."""
    codes = tuple(ground.code for ground in refused.grounds)
    kind = refusal_kind(heading.passport)
    return Drawn(heading.token, kind, "refused", codes, canonical(refusal(heading, refused)))


def named(iin: str, person: Person | None) -> Party:
    """Return a person as a document names them: with the names of the registry, where it told them."""
    return Party(iin) if person is None else Party(iin, person.names.kk.full(), person.names.ru.full())
