"""A decision is a value: granted, or refused with every ground that holds, each with its clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.law.text import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of refusal from a regulation's closed list.

    ``code`` is stable for machines, ``clause`` is the clause id, ``words`` are the decree's, with translations.
    """

    code: str
    clause: str
    words: Text

    def filled(self, **values: object) -> "Ground":
        """Return the ground with the ``{placeholders}`` of its words filled, as Text.filled does."""
        return Ground(self.code, self.clause, self.words.filled(**values))

    def as_dict(self) -> dict[str, Any]:
        """Return the ground as a JSON object: ``code``, ``clause`` and ``text`` in the three languages."""
        return {"code": self.code, "clause": self.clause, "text": self.words.as_dict()}


@dataclass(frozen=True, slots=True)
class Granted:
    """No ground of refusal holds."""


@dataclass(frozen=True, slots=True)
class Refused:
    """At least one ground holds; a refusal without a ground cannot be built (ValueError)."""

    grounds: tuple[Ground, ...]

    def __post_init__(self) -> None:
        if not self.grounds:
            raise ValueError("A refusal names its grounds.")


Decision = Granted | Refused


def decided_by(checks: Mapping[Ground, bool]) -> Decision:
    """Decide by the grounds: a value that is true says that the ground holds; all that hold are named, in order."""
    holding = tuple(ground for ground, holds in checks.items() if holds)
    return Refused(holding) if holding else Granted()
