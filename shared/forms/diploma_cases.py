"""What the college's employees send and are told about a case (DP-15, DP-16): published by one, read by the other.

Stages, acts and papers are told by their names: ``diploma_svc/stages.py`` and ``rules.py`` say what they are.
"""

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
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


class PaperView(BaseModel):
    """A paper as it was handed in."""

    paper_id: UUID
    kind: PaperName
    dated: date | None
    amount: int | None
    about: str | None
    handed_in_at: datetime
    media_type: str | None = Field(description="Of its scan; null while there is none.")


class DebtView(BaseModel):
    """What is owed, and to whom (DP-13)."""

    kind: str
    owed_to: str
    about: str
    amount: int | None = Field(description="Tenge; null where it is no money.")


class HappeningView(BaseModel):
    """One line of the ledger."""

    at: datetime
    act: str
    stage: str
    actor: str | None = Field(description="Null where the system did it.")
    said: str | None


class ProgressView(BaseModel):
    """Where a request stands, as its applicant sees it (DP-13, DP-16)."""

    stage: str
    suspended: bool
    debts: list[DebtView]
    missing: list[PaperName] = Field(description="Papers that are still asked for.")
    papers: list[PaperView]
    due_on: date | None = Field(description="Null while it is suspended: the clock stands still.")
    calendar_version: str
    document_number: str | None
    happenings: list[HappeningView]


class CaseView(ProgressView):
    """A case as the employees see it who work on it."""

    request_id: UUID
    number: str
    version: int
    channel: str
    kind: str
    duplicate: bool
    circumstances: str | None
    name_kk: str
    name_ru: str
    iin: str = Field(description="Masked but for the last four digits.")
    programme_kk: str
    programme_ru: str
    hours: int
    decision_number: str
    decided_on: date
    grounds: list[str] = Field(description="Codes of the grounds of refusal that hold with the papers of now.")
    price: int | None
    may: list[str] = Field(description="What you may do with it now.")


class CaseLine(BaseModel):
    """A case in a list."""

    request_id: UUID
    number: str
    name_kk: str
    kind: str
    duplicate: bool
    stage: str
    suspended: bool
    due_on: date | None
    warned: int = Field(description="0; 1 when half of the term is used up, 2 when four fifths are.")
    overdue: bool


class Undelivered(BaseModel):
    """Somebody who was attested, has no document and has not asked for it yet (DP-5)."""

    graduate_id: str
    name_kk: str
    kind: str
    decision_number: str
    decided_on: date
    due_on: date
    overdue: bool


class CaseList(BaseModel):
    """Open cases, what is due first at the top, and who has not asked yet."""

    cases: list[CaseLine]
    not_asked_yet: list[Undelivered]


class HeldDocument(BaseModel):
    """A document of one's own; the sealed credential is null where it was issued before this system."""

    kind: str
    number: str
    series: str
    blank_number: str
    issued_on: date
    status: Literal["valid", "replaced", "withdrawn"]
    replaced_by: str | None
    credential: str | None = Field(description="The Verifiable Credential, sealed (`vc+jwt`).")


class HeldDocuments(BaseModel):
    """One's own documents on training, the latest first."""

    documents: list[HeldDocument]


ACT_EXAMPLE: Final[dict[str, Any]] = {"act": "pass_on", "version": 1}
PAPER_EXAMPLE: Final[dict[str, Any]] = {"kind": "payment", "dated": "2026-11-20", "amount": 8500}
