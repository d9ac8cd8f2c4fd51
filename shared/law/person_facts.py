"""What every service must know of the people of a request (HV-12.1, AP-12.1, AT-14.1), as facts for its rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

AGE_OF_OWN_DOCUMENT: Final = 16
"""Full years from which a birth certificate is no longer enough (HV-12.1, AP-12.1, AT-14.1)."""
BIRTH_CERTIFICATE: Final = "birth_certificate"
OWN_DOCUMENTS: Final = frozenset({"identity_card", "passport", "residence_permit"})


class Source(StrEnum):
    """The systems that facts come from (HV-12, AP-12, AT-14)."""

    PERSON_REGISTRY = "person_registry"
    ATTACHMENT_REGISTER = "attachment_register"


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document as the registry has it; ``expires`` is its last day in force, None for one without an end."""

    kind: str
    issued: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of the people of a request; None says that it is not known.

    ``signed_by_law``: the signed bytes say what is asked. All that is about the subject is None exactly when the person
    registry gave nothing (it was silent, or signed that it holds no such person) or the applicant may not represent
    them: about such a person nothing is asked. ValueError for anything between, so that what is not known never grants.
    """

    signed_by_law: bool
    representative_entitled: bool | None
    alive: bool | None = None
    document_in_force: bool | None = None

    def __post_init__(self) -> None:
        known = {self.alive is not None, self.document_in_force is not None}
        if len(known) != 1 or (self.representative_entitled is not True and True in known):
            raise ValueError("The facts about a person are known together, and only where they may be asked.")

    @property
    def stranger(self) -> bool:
        """Whether the applicant may not represent the subject, so that nothing is gathered about them."""
        return self.representative_entitled is False

    @property
    def without_data(self) -> tuple[Source, ...]:
        """The person registry, where it gave nothing of somebody whom it was to be asked about."""
        return (Source.PERSON_REGISTRY,) if self.alive is None and not self.stranger else ()


def proves_identity(documents: Iterable[IdentityDocument], *, age: int, on: date) -> bool:
    """Say whether one of a person's documents proves who they are on a local day (HV-12.1, AP-12.1, AT-14.1).

    Under sixteen (``age`` in full years on that day) a birth certificate is enough; from the sixteenth birthday on it
    is not. The last day of a document's life is a day in force.
    """
    accepted = OWN_DOCUMENTS if age >= AGE_OF_OWN_DOCUMENT else OWN_DOCUMENTS | {BIRTH_CERTIFICATE}
    return any(
        document.kind in accepted and document.issued <= on and (document.expires is None or on <= document.expires)
        for document in documents
    )
