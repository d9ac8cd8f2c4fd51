"""The check of a file, and the code on a paper, as API."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from gateway.schemas.requests import Words
from shared.documents.findings import Report
from shared.forms.strict import StrictModel


class PaperCode(StrictModel):
    """The code that stands on a document's paper."""

    code: Annotated[str, Field(min_length=1, max_length=40, examples=["K7QF-2M9D"])]


class CheckItem(BaseModel):
    """One thing that must hold: null where it was not looked at; then, or where it does not hold, why."""

    item: str = Field(examples=["whole"])
    holds: bool | None
    words: Words
    code: str | None = Field(examples=["added_after_seal"])
    why: Words | None


class FileReport(BaseModel):
    """What a file is and whether anything in it does not hold."""

    genuine: bool
    kind: str = Field(examples=["pdf"])
    checked_at: datetime
    stamped_at: datetime | None = Field(description="When the time stamping authority saw the seal.")
    test_authority: bool = Field(description="Sealed under a test authority: it proves nothing.")
    findings: list[CheckItem]
    number: str | None = Field(description="The number of the document in the file.")

    @classmethod
    def of(cls, report: Report) -> "FileReport":
        """Return a report as a body."""
        return cls(
            genuine=report.holds,
            kind=report.kind,
            checked_at=report.at,
            stamped_at=report.stamped_at,
            test_authority=report.is_test,
            findings=[
                CheckItem(
                    item=one.item,
                    holds=one.holds,
                    words=Words(**one.words.as_dict()),
                    code=one.code,
                    why=Words(**one.why.as_dict()) if one.why else None,
                )
                for one in report.findings
            ],
            number=None if report.sealed is None else str(report.sealed.document.get("number")),
        )
