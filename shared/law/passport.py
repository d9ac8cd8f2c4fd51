"""The passport of a service: what a person should know before asking, each thing with the clause it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.law.channels import Channel
from shared.law.grounds import Ground
from shared.law.systems import EITHER
from shared.law.text import Text


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A term counted in working days, not in hours."""

    count: int


@dataclass(frozen=True, slots=True)
class Passport:
    """One service: ``regulation`` is the prefix of its clauses, ``needed`` pairs a clause id with what it asks for."""

    code: str
    regulation: str
    name: Text
    legal_basis: Text
    channels: tuple[Channel, ...]
    hours: Text
    intake: Text | None
    answer_within: Mapping[Channel, timedelta | WorkingDays]
    needed: tuple[tuple[str, Text], ...]
    grounds: tuple[Ground, ...]
    results: tuple[Text, ...]
    free_of_charge: Text
    information: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the passport as a JSON object; a term is ``{"seconds": n}`` or ``{"working_days": n}``."""
        return {
            "code": self.code,
            "regulation": self.regulation,
            "name": self.name.as_dict(),
            "legal_basis": self.legal_basis.as_dict(),
            "channels": [channel.value for channel in self.channels],
            "hours": self.hours.as_dict(),
            "intake": self.intake.as_dict() if self.intake else None,
            "answer_within": {channel.value: _term(term) for channel, term in self.answer_within.items()},
            "needed": [{"clause": clause, "text": text.as_dict()} for clause, text in self.needed],
            "grounds": [
                # Which system gives nothing is known only in a refusal; here both are named.
                ground.filled(system=EITHER).as_dict()
                for ground in self.grounds
            ],
            "results": [text.as_dict() for text in self.results],
            "free_of_charge": self.free_of_charge.as_dict(),
            "information": list(self.information),
        }


def _term(term: timedelta | WorkingDays) -> dict[str, int]:
    if isinstance(term, WorkingDays):
        return {"working_days": term.count}
    return {"seconds": int(term.total_seconds())}
