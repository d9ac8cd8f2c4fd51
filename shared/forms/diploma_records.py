"""The college's record journal as it is asked for and told (DP-15)."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from shared.forms.diploma import Day
from shared.forms.strict import StrictModel

MOST_ENTRIES = 1000
RecordKind = Literal["application", "paper", "handed_over"]


class RecordsAsked(StrictModel):
    """Which entries: of these local days, of one kind, after this entry."""

    since: Day
    until: Day
    kind: RecordKind | None = None
    after: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_ENTRIES)] = 100

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError("a span of days ends after it begins")
        return self


class RecordEntry(BaseModel):
    """An entry: what was handed in or over on which day, by or to whom, at whose desk."""

    entry: int = Field(description="Its number in the journal; entries are never changed.")
    at: datetime
    kind: RecordKind
    request_number: str
    channel: str
    applicant_iin: str = Field(description="Masked but for the last four digits.")
    what: str = Field(description="The request's number, the kind of paper, or the number of the document.")
    whose: str = Field(description="Who handed it in, or received it: the graduate, or an attorney with the power.")
    employee: str | None = Field(description="Who took it or handed it over; null for the portal.")
    identity_document: str | None = Field(description="By which the receiver was known.")


class RecordPage(BaseModel):
    """Entries in their order; ``next`` is what to ask ``after``, null at the end."""

    entries: list[RecordEntry]
    next: int | None
