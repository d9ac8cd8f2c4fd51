"""Who may act for whom (HV-1, AP-1, AT-1): the consumer themselves, a parent for a child, a guardian for a ward."""

from datetime import date
from enum import StrEnum
from typing import Final

from shared.kit.persons import Person

OF_AGE: Final = 18
"""Years of age from which a person acts for themselves (Civil Code, Art. 17)."""


class Relation(StrEnum):
    """What one person is to another who acts for them."""

    SELF = "self"
    CHILD = "child"
    WARD = "ward"


def represents(applicant: Person, subject_iin: str, on: date) -> bool:
    """Say whether the applicant's own record lets them ask for this person at all: themselves, a child, a ward.

    So much is known before anything is asked about the other person. That a child is still under eighteen only the
    child's record tells: ``relation_of``. Nobody acts from the day of their death on; ``on`` is a local day.
    """
    if applicant.deceased is not None and applicant.deceased <= on:
        return False
    return subject_iin in {applicant.iin, *applicant.children, *applicant.wards}


def relation_of(applicant: Person, subject: Person, on: date) -> Relation | None:
    """Return what the subject is to the applicant who may act for them on a local day; None: they may not.

    A parent acts for a child until the day of its eighteenth birthday, a guardian for a ward of any age.
    """
    if not represents(applicant, subject.iin, on):
        return None
    if subject.iin == applicant.iin:
        return Relation.SELF
    if subject.iin in applicant.wards:
        return Relation.WARD
    return Relation.CHILD if subject.age_on(on) < OF_AGE else None


def representatives_of(subject: Person, on: date) -> frozenset[str]:
    """Return who may ask for this person on a local day, by the person's own record: themselves among them."""
    parents = subject.parents if subject.age_on(on) < OF_AGE else ()
    return frozenset({subject.iin, *subject.guardians, *parents})
