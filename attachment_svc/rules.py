"""Condition 3 of the decree: which ground of refusal holds, as a function of facts (AT-14, AT-17; AT-4).

The portal refuses on AT-17.2 (AT-17.2.1 clause 14, AT-17.2.2 Article 40); the grounds AT-17.1.2 to AT-17.1.4 hold on it
too, by the Attachment Rules to which AT-4 binds the service (docs/decisions/0011).
"""

from dataclasses import dataclass

from attachment_svc.regulation import (
    ATTACHED_TO_SEVERAL,
    CHOSEN_MORE_THAN_ONCE_A_YEAR,
    DATA_CANNOT_BE_HAD,
    IDENTITY_DOCUMENT_NOT_IN_FORCE,
    NOT_BY_THE_INFORMATISATION_LAW,
    PERSON_DECEASED,
    POPULATION_ABOVE_THE_NORM,
    REPRESENTATIVE_NOT_ENTITLED,
)
from shared.law.grounds import Decision, decided_by
from shared.law.person_facts import PersonFacts, Source


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What our own register says of the person and the provider (AT-17.1.2 to AT-17.1.4)."""

    chosen_lately: bool
    norm_reached: bool
    attached_to_several: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision rests on.

    The register is read exactly when the person registry has told who the person is (ValueError otherwise): age and
    address decide which districts are fit, and of a stranger nothing is read.
    """

    person: PersonFacts
    register: RegisterFacts | None = None

    def __post_init__(self) -> None:
        if (self.register is None) != (self.person.alive is None):
            raise ValueError("The register is read when it is known who the person is, and only then.")

    @property
    def without_data(self) -> tuple[Source, ...]:
        """The systems that gave nothing."""
        return self.person.without_data


def decide(facts: Facts) -> Decision:
    """Name every ground that holds: AT-14, the Attachment Rules (AT-4), the law on informatisation, or no data."""
    person, register = facts.person, facts.register
    return decided_by(
        {
            REPRESENTATIVE_NOT_ENTITLED: person.stranger,
            PERSON_DECEASED: person.alive is False,
            IDENTITY_DOCUMENT_NOT_IN_FORCE: person.document_in_force is False,
            CHOSEN_MORE_THAN_ONCE_A_YEAR: register is not None and register.chosen_lately,
            POPULATION_ABOVE_THE_NORM: register is not None and register.norm_reached,
            ATTACHED_TO_SEVERAL: register is not None and register.attached_to_several,
            NOT_BY_THE_INFORMATISATION_LAW: not person.signed_by_law,
            DATA_CANNOT_BE_HAD: bool(facts.without_data),
        }
    )
