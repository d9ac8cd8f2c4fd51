"""What the college's system loads, in bulk and under ids of its own (DP-16.3, DP-13, DP-8); times are local days."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, Field, model_validator

from shared.forms.strict import PlainText, StrictModel, TwelveDigits

ROWS_AT_MOST: Final = 2000
OwnId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_./-]{1,60}$")]
Line = Annotated[str, PlainText(300)]
Series = Annotated[str, Field(pattern=r"^[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{1,6}$")]
BlankNumber = Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]
DebtKind = Literal["financial", "library", "other"]
Kind = Literal["diploma", "retraining", "advanced_training"]
Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2100, 1, 1))]
Tenge = Annotated[int, Field(ge=1, le=100_000_000)]
Hours = Annotated[int, Field(ge=1, le=20_000)]


class Row(StrictModel):
    """One row with the college's own id, or with a key of its own."""


class ProgrammeRow(Row):
    """A programme of training."""

    programme_id: OwnId
    kind: Kind
    title_kk: Line
    title_ru: Line
    qualification_kk: Line | None = None
    qualification_ru: Line | None = None

    @model_validator(mode="after")
    def _in_both_languages(self) -> Self:
        if (self.qualification_kk is None) != (self.qualification_ru is None):
            raise ValueError("a qualification is told in both languages")
        return self


class PersonRow(Row):
    """Somebody trained at the college."""

    person_id: OwnId
    iin: TwelveDigits = Field(repr=False)


class DecisionRow(Row):
    """A decision of the commission or of the head, and the order that follows it (DP-5, DP-16.3)."""

    decision_id: OwnId
    number: Annotated[str, PlainText(40)]
    decided_on: Day
    decided_by: Literal["commission", "head"]
    order_number: Annotated[str, PlainText(40)]
    order_on: Day

    @model_validator(mode="after")
    def _follows(self) -> Self:
        if self.order_on < self.decided_on:
            raise ValueError("the order follows the decision")
        return self


class GraduateRow(Row):
    """Somebody named in a decision, with programme, hours, result, and the name as of the decision (DP-7)."""

    graduate_id: OwnId
    decision_id: OwnId
    person_id: OwnId
    programme_id: OwnId
    hours: Hours
    passed: bool
    name_kk: Annotated[str, PlainText(200)] = Field(repr=False)
    name_ru: Annotated[str, PlainText(200)] = Field(repr=False)


class DebtRow(Row):
    """What somebody owes the college, until it is cleared (DP-13)."""

    debt_id: OwnId
    person_id: OwnId
    kind: DebtKind
    owed_to: Annotated[str, PlainText(120)]
    about: Line
    amount: Tenge | None = None
    since: Day
    cleared_on: Day | None = None

    @model_validator(mode="after")
    def _cleared_later(self) -> Self:
        if self.cleared_on is not None and self.cleared_on < self.since:
            raise ValueError("a debt is cleared after it began")
        return self


class BlankFormRow(Row):
    """A form of blanks, and since when it is in force (DP-14)."""

    form_id: OwnId
    kind: Kind
    in_force_from: Day


class BlankRow(Row):
    """A blank: its series and number; ``spoiled`` writes it off, with the reason."""

    series: Series
    number: BlankNumber
    form_id: OwnId
    spoiled: Annotated[str, PlainText(200)] | None = None


class PriceRow(Row):
    """The price of a duplicate, and since when the price list is in force (DP-8)."""

    kind: Kind
    in_force_from: Day
    amount: Tenge


class IssuedRow(Row):
    """A document that was issued before this system."""

    document_id: OwnId
    graduate_id: OwnId
    number: Annotated[str, PlainText(40)]
    series: Series
    blank_number: BlankNumber
    issued_on: Day


def _rows() -> Any:  # noqa: ANN401 - pydantic's own Field is typed so.
    return Field(default_factory=list, max_length=ROWS_AT_MOST)


class CollegeBody(StrictModel):
    """Rows of any kinds; written in this order, all or none."""

    programmes: list[ProgrammeRow] = _rows()
    people: list[PersonRow] = _rows()
    decisions: list[DecisionRow] = _rows()
    graduates: list[GraduateRow] = _rows()
    debts: list[DebtRow] = _rows()
    blank_forms: list[BlankFormRow] = _rows()
    blanks: list[BlankRow] = _rows()
    prices: list[PriceRow] = _rows()
    documents: list[IssuedRow] = _rows()


class RowReport(BaseModel):
    """What became of one row.

    ``kept``: it says something else than what stands, and what a document rests on is not changed any more. ``code``
    says of a refused row what it does not fit.
    """

    kind: str = Field(description="`people`, `graduates` …: the list that it came in.")
    place: int = Field(description="Its place in that list, from 0.")
    id: str = Field(description="The college's own id, or its key.")
    result: Literal["new", "changed", "same", "kept", "refused"]
    code: str | None = None


class CollegeLoaded(BaseModel):
    """What became of each row, in their order; ``changed`` counts those that were new or said something new."""

    changed: int
    rows: list[RowReport]


COLLEGE_EXAMPLE: Final[dict[str, Any]] = {
    "people": [{"person_id": "S-1", "iin": "870412490011"}],
    "debts": [
        {
            "debt_id": "L-7",
            "person_id": "S-1",
            "kind": "library",
            "owed_to": "Кітапхана",
            "about": "Анатомия атласы",
            "since": "2026-09-01",
        }
    ],
}
