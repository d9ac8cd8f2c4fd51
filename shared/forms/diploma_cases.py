"""What the college's employees send and are told about a case (DP-15, DP-16): published by one, read by the other.

Stages, acts and papers are told by their names: ``diploma_svc/stages.py`` and ``rules.py`` say what they are.
"""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.forms.diploma import Day
from shared.forms.strict import PlainText, StrictModel

PaperName = Literal[
    "identity_document", "clearance", "loss_certificate", "newspaper_notice", "payment", "power_of_attorney"
]
PlainAct = Literal["pass_on", "assign", "allow", "prepare", "hand_over", "send_back", "refuse", "withdraw"]
WITH_REASON: Final = frozenset({"send_back", "withdraw"})


class BlankIn(StrictModel):
    """The blank that the document is written on; one blank one document."""

    series: Annotated[str, Field(pattern=r"^[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{1,6}$")]
    number: Annotated[str, Field(pattern=r"^[0-9]{4,12}$")]


class AttorneyIn(StrictModel):
    """Who receives the document for the graduate, by which power of attorney (DP-5)."""

    name: Annotated[str, PlainText(200)] = Field(repr=False)
    number: Annotated[str, PlainText(40)]
    notary: Annotated[str, PlainText(200)]
    dated: Day
    valid_until: Day


class HandedIn(StrictModel):
    """To whom a document is handed over, by which identity document; without an attorney to the graduate."""

    identity_document: Annotated[str, PlainText(100)] = Field(repr=False)
    attorney: AttorneyIn | None = None


class ActIn(StrictModel):
    """What an employee does with a case as they saw it, which its ``version`` says."""

    act: PlainAct
    version: Annotated[int, Field(ge=1)]
    reason: Annotated[str, PlainText(500)] | None = Field(None, description="Of send_back and withdraw.")
    blank: BlankIn | None = Field(None, description="Of prepare.")
    handed: HandedIn | None = Field(None, description="Of hand_over.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        asked = {
            "reason": self.act in WITH_REASON,
            "blank": self.act == "prepare",
            "handed": self.act == "hand_over",
        }
        if any((getattr(self, name) is not None) is not needed for name, needed in asked.items()):
            raise PydanticCustomError("act", "Each act comes with what it needs, and with nothing else")
        return self


class PaperIn(StrictModel):
    """A paper that is handed in (DP-11, DP-14, DP-8); its scan follows under its id."""

    kind: PaperName
    dated: Day | None = Field(None, description="The paper's own date; of a loss, a notice and a payment.")
    amount: Annotated[int, Field(ge=1, le=100_000_000)] | None = Field(None, description="Tenge; of a payment.")
    about: Annotated[str, PlainText(300)] | None = Field(None, description="The newspaper, the notary, the number.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        dated = self.kind in {"loss_certificate", "newspaper_notice", "payment", "power_of_attorney"}
        told = self.kind in {"newspaper_notice", "power_of_attorney"}
        if (dated and self.dated is None) or (self.amount is not None) is not (self.kind == "payment"):
            raise PydanticCustomError("paper", "A payment shows sum and date; a loss, a notice and a power their date")
        if told and self.about is None:
            raise PydanticCustomError("paper", "A notice names the newspaper, a power of attorney the notary")
        return self


class RejectionIn(StrictModel):
    """Why a paper is put aside: the applicant is told."""

    reason: Annotated[str, PlainText(500)]


REJECTION_EXAMPLE: Final[dict[str, Any]] = {"reason": "Газет нөмірі оқылмайды"}
ACT_EXAMPLE: Final[dict[str, Any]] = {"act": "pass_on", "version": 1}
PAPER_EXAMPLE: Final[dict[str, Any]] = {"kind": "payment", "dated": "2026-11-20", "amount": 8500}
