"""What comes of each demo person: who asks for what at which clinic, and what is answered (HV-15.2, AT-17)."""

from dataclasses import dataclass
from typing import Final, Literal

HOME_CLINIC: Final = 1
"""Row of Appendix 3: the clinic that the demonstration asks."""
FULL_CLINIC: Final = 24
"""The students' clinic: in the demonstration it takes nobody beyond those whom it has."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request of the demonstration: people by slug, ``clinic`` by row, ``ground`` by the code of the only one."""

    applicant: str
    subject: str
    outcome: Literal["granted", "refused"]
    ground: str | None = None
    clinic: int = HOME_CLINIC
    service: str = "home-visit"


CASES: Final = (
    Case("adult", "adult", "granted"),
    Case("parent", "child-8", "granted"),  # HV-1: a parent asks for a child, who has a birth certificate.
    Case("parent", "child-16", "granted"),  # The child has an identity card and is not of age.
    Case("guardian", "ward", "granted"),
    Case("elderly", "elderly", "granted"),
    Case("permit", "permit", "granted"),
    Case("long-name", "long-name", "granted"),
    Case("elsewhere", "elsewhere", "granted", clinic=23),  # HV, AP: their doctor is a general practitioner.
    Case("expired", "expired", "refused", "identity_document_not_in_force"),  # HV-12.1
    Case("bereaved", "late-ward", "refused", "person_deceased"),  # HV-12.1
    Case("stranger", "child-8", "refused", "representative_not_entitled"),  # HV-1, HV-12.1
    Case("unattached", "unattached", "refused", "not_attached_here"),  # HV-12.2
    Case("elsewhere", "elsewhere", "refused", "not_attached_here"),  # HV-12.2
)
"""The ground ``data_cannot_be_had`` (HV-17.5) is shown by putting the registry into a bad mood."""


def _attachment(applicant: str, subject: str, ground: str | None = None, clinic: int = HOME_CLINIC) -> Case:
    return Case(applicant, subject, "refused" if ground else "granted", ground, clinic, "attachment")


ATTACHMENT_CASES: Final = (
    _attachment("newcomer", "newcomer"),
    _attachment("newcomer", "newborn"),  # AT-1, AT-14.1: a child under sixteen, on a birth certificate.
    _attachment("mover", "mover"),
    _attachment("newcomer", "newcomer", "chosen_more_than_once_a_year", 5),  # AT-17.1.2
    _attachment("elsewhere", "elsewhere", "population_above_the_norm", FULL_CLINIC),  # AT-17.1.3
    _attachment("several", "several", "attached_to_several_providers"),  # AT-17.1.4
    _attachment("expired", "expired", "identity_document_not_in_force"),  # AT-14.1
    _attachment("bereaved", "late-ward", "person_deceased"),  # AT-14.1
    _attachment("stranger", "child-8", "representative_not_entitled"),  # AT-1
)
"""In this order; walked a second time each ends as it did, for attaching where one is attached is confirmed."""
ONCE_ATTACHED: Final = tuple(
    Case("newcomer", subject, "granted", service=service)
    for service in ("home-visit", "appointment")
    for subject in ("newcomer", "newborn")
)
"""What was refused before, for want of attachment, is granted after it: to the mother and to her child."""
