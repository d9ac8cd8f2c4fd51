"""Condition 3 of the decree: which ground of refusal holds, as a function of facts (HV-12, HV-15.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from home_visit_svc.regulation import (
    AGE_OF_OWN_DOCUMENT,
    DATA_CANNOT_BE_HAD,
    IDENTITY_DOCUMENT_NOT_IN_FORCE,
    NOT_ATTACHED_HERE,
    NOT_BY_THE_INFORMATISATION_LAW,
    PERSON_DECEASED,
    REPRESENTATIVE_NOT_ENTITLED,
)
from shared.law.grounds import Decision, decided_by

BIRTH_CERTIFICATE: Final = "birth_certificate"
OWN_DOCUMENTS: Final = frozenset({"identity_card", "passport", "residence_permit"})


class Source(StrEnum):
    """The systems that facts come from (HV-12)."""

    PERSON_REGISTRY = "person_registry"
    ATTACHMENT_REGISTER = "attachment_register"


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document as the registry has it; ``expires`` is its last day in force, None for one without an end."""

    kind: str
    issued: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision rests on; None says that it is not known.

    ``without_data`` names the systems that gave nothing: they were silent, or signed that they hold no such person. It
    is empty exactly when all is known (ValueError otherwise), so that what is not known never grants. About a person
    whom the applicant may not represent nothing is known, for nothing is asked (ValueError otherwise).
    """

    signed_by_law: bool
    representative_entitled: bool | None
    alive: bool | None = None
    document_in_force: bool | None = None
    attached_here: bool | None = None
    without_data: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        of_subject = (self.alive, self.document_in_force, self.attached_here)
        if self.representative_entitled is False:
            if self.without_data or of_subject != (None, None, None):
                raise ValueError("Nothing is gathered about a person whom the applicant may not represent.")
        elif (None in (self.representative_entitled, *of_subject)) != bool(self.without_data):
            raise ValueError("What is not known comes with the system that did not tell it.")


def decide(facts: Facts) -> Decision:
    """Name every ground that holds: HV-12 and the law on informatisation (HV-15.2), or data that cannot be had."""
    return decided_by(
        {
            REPRESENTATIVE_NOT_ENTITLED: facts.representative_entitled is False,
            PERSON_DECEASED: facts.alive is False,
            IDENTITY_DOCUMENT_NOT_IN_FORCE: facts.document_in_force is False,
            NOT_ATTACHED_HERE: facts.attached_here is False,
            NOT_BY_THE_INFORMATISATION_LAW: not facts.signed_by_law,
            DATA_CANNOT_BE_HAD: bool(facts.without_data),
        }
    )


def proves_identity(documents: Iterable[IdentityDocument], *, age: int, on: date) -> bool:
    """Say whether one of a person's documents proves who they are on a local day (HV-12.1).

    Under sixteen (``age`` in full years on that day) a birth certificate is enough; from the sixteenth birthday on it
    is not. The last day of a document's life is a day in force.
    """
    accepted = OWN_DOCUMENTS if age >= AGE_OF_OWN_DOCUMENT else OWN_DOCUMENTS | {BIRTH_CERTIFICATE}
    return any(
        document.kind in accepted and document.issued <= on and (document.expires is None or on <= document.expires)
        for document in documents
    )
