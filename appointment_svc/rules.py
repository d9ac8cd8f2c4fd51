"""Condition 3 of the decree: which ground of refusal holds, as a function of facts (AP-12, AP-15.2, AP-16.10)."""

from dataclasses import dataclass

from appointment_svc.regulation import (
    DATA_CANNOT_BE_HAD,
    IDENTITY_DOCUMENT_NOT_IN_FORCE,
    NOT_ATTACHED_HERE,
    NOT_BY_THE_INFORMATISATION_LAW,
    PERSON_DECEASED,
    REPRESENTATIVE_NOT_ENTITLED,
)
from shared.law.grounds import Decision, decided_by
from shared.law.person_facts import PersonFacts, Source


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision rests on; ``attached_here`` is None where the register of the attached gave nothing.

    About a person whom the applicant may not represent nothing is known (ValueError otherwise).
    """

    person: PersonFacts
    attached_here: bool | None = None

    def __post_init__(self) -> None:
        if self.person.stranger and self.attached_here is not None:
            raise ValueError("Nothing is gathered about a person whom the applicant may not represent.")

    @property
    def without_data(self) -> tuple[Source, ...]:
        """The systems that gave nothing."""
        unasked = self.attached_here is not None or self.person.representative_entitled is not True
        return self.person.without_data + (() if unasked else (Source.ATTACHMENT_REGISTER,))


def decide(facts: Facts) -> Decision:
    """Name every ground that holds: AP-12 (AP-15.2.1), the law on informatisation (AP-15.2.2), data not to be had.

    That the time is taken is no ground: the list is closed (docs/decisions/0012).
    """
    person = facts.person
    return decided_by(
        {
            REPRESENTATIVE_NOT_ENTITLED: person.stranger,
            PERSON_DECEASED: person.alive is False,
            IDENTITY_DOCUMENT_NOT_IN_FORCE: person.document_in_force is False,
            NOT_ATTACHED_HERE: facts.attached_here is False,
            NOT_BY_THE_INFORMATISATION_LAW: not person.signed_by_law,
            DATA_CANNOT_BE_HAD: bool(facts.without_data),
        }
    )
