"""Debts to the college as its employees enter, clear and see them (DP-13)."""

from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field

from shared.forms.diploma_college import Day, DebtKind, Line, OwnId, Tenge
from shared.forms.strict import Iin, PlainText, StrictModel


class DebtIn(StrictModel):
    """What somebody who was trained here owes: books (entered by the librarian), sums (the accountant), others."""

    iin: Iin = Field(repr=False)
    kind: DebtKind
    owed_to: Annotated[str, PlainText(120)]
    about: Line
    amount: Tenge | None = None
    since: Day


class ClearingIn(StrictModel):
    """That a debt is cleared, and on which day."""

    debt_id: OwnId
    cleared_on: Day


class DebtEntry(BaseModel):
    """A debt as those see it who keep its kind."""

    debt_id: str
    kind: DebtKind
    name_kk: str | None = Field(description="As of the latest decision; null before there is one.")
    iin: str = Field(description="Masked but for the last four digits.")
    owed_to: str
    about: str
    amount: int | None = Field(description="Tenge; null where it is no money.")
    since: date
    cleared_on: date | None


class DebtList(BaseModel):
    """Open debts, the oldest first."""

    debts: list[DebtEntry]


DEBT_EXAMPLE: Final[dict[str, Any]] = {
    "iin": "870412490011",
    "kind": "library",
    "owed_to": "Кітапхана",
    "about": "Анатомия атласы",
    "since": "2026-09-01",
}
CLEARING_EXAMPLE: Final[dict[str, Any]] = {"debt_id": "L-7", "cleared_on": "2026-11-24"}
