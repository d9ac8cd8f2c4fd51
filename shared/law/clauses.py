"""Every clause of the four regulations and what became of it: code, not code with the reason, or later with where.

A clause id is the regulation's letters, the clause, and the item: ``HV-12.1``; where a clause holds two lists, the list
comes before the item: ``AT-17.1.2``. Steps of HV-16 to HV-18 carry the number of the item, not of the process in it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final

_CODE = "code"
_WITH_REASON = ("not code: ", "later: ")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause or item; ``treatment`` is ``code``, ``not code: <reason>`` or ``later: <where>`` (ValueError else)."""

    id: str
    english: str
    treatment: str

    def __post_init__(self) -> None:
        has_reason = any(self.treatment.startswith(kind) and self.treatment != kind for kind in _WITH_REASON)
        if self.treatment != _CODE and not has_reason:
            raise ValueError(f"The treatment of {self.id} is not known.")

    @property
    def in_code(self) -> bool:
        """Say whether the clause is implemented, and so must be cited where it is."""
        return self.treatment == _CODE

    @property
    def regulation(self) -> str:
        """Return the letters of the regulation: HV, AP, AT or DP."""
        return self.id.partition("-")[0]


def _read() -> Mapping[str, Clause]:
    text = resources.files("shared.law").joinpath("clauses.csv").read_text(encoding="utf-8")
    clauses = [Clause(row["id"], row["english"], row["treatment"]) for row in csv.DictReader(text.splitlines())]
    return MappingProxyType({clause.id: clause for clause in clauses})


CLAUSES: Final[Mapping[str, Clause]] = _read()
