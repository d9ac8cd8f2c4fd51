"""Condition 3 of HV and AP, whose clauses 12 and 15 are word for word the same: facts, and which ground holds.

Each service keeps its own closed list with its own clause ids; AT asks something else (AT-14, AT-17).
"""

from dataclasses import dataclass
from typing import NamedTuple

from shared.law.grounds import Decision, Ground, decided_by
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


class ClosedList(NamedTuple):
    """The grounds of clause 15 as a service cites them, in the order in which they are named."""

    representative_not_entitled: Ground
    person_deceased: Ground
    identity_document_not_in_force: Ground
    not_attached_here: Ground
    not_by_the_informatisation_law: Ground
    data_cannot_be_had: Ground


def decide_by(grounds: ClosedList, facts: Facts) -> Decision:
    """Name every ground that holds: clause 12, the law on informatisation, or data that cannot be had."""
    person = facts.person
    return decided_by(
        {
            grounds.representative_not_entitled: person.stranger,
            grounds.person_deceased: person.alive is False,
            grounds.identity_document_not_in_force: person.document_in_force is False,
            grounds.not_attached_here: facts.attached_here is False,
            grounds.not_by_the_informatisation_law: not person.signed_by_law,
            grounds.data_cannot_be_had: bool(facts.without_data),
        }
    )
