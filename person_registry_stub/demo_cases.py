"""What comes of each demo person: who asks for whom at which clinic, and what is answered (HV-12, HV-15.2)."""

from dataclasses import dataclass
from typing import Final, Literal

HOME_CLINIC: Final = 1
"""Row of Appendix 3: the clinic that the demonstration asks."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request of the demonstration: people by slug, ``clinic`` by row, ``ground`` by the code of the only one."""

    applicant: str
    subject: str
    outcome: Literal["granted", "refused"]
    ground: str | None = None
    clinic: int = HOME_CLINIC


CASES: Final = (
    Case("adult", "adult", "granted"),
    Case("parent", "child-8", "granted"),  # HV-1: a parent asks for a child, who has a birth certificate.
    Case("parent", "child-16", "granted"),  # The child has an identity card and is not of age.
    Case("guardian", "ward", "granted"),
    Case("elderly", "elderly", "granted"),
    Case("permit", "permit", "granted"),
    Case("long-name", "long-name", "granted"),
    Case("elsewhere", "elsewhere", "granted", clinic=23),
    Case("expired", "expired", "refused", "identity_document_not_in_force"),  # HV-12.1
    Case("bereaved", "late-ward", "refused", "person_deceased"),  # HV-12.1
    Case("stranger", "child-8", "refused", "representative_not_entitled"),  # HV-1, HV-12.1
    Case("unattached", "unattached", "refused", "not_attached_here"),  # HV-12.2
    Case("elsewhere", "elsewhere", "refused", "not_attached_here"),  # HV-12.2
)
"""The ground ``data_cannot_be_had`` (HV-17.5) is shown by putting the registry into a bad mood."""
