"""What is told of cases and documents of training (DP-5, DP-13, DP-16): written by the service, passed on."""

from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.forms.diploma_cases import PaperName

WARNED: Final = "0; 1 when half of the term is used up, 2 when four fifths are."


class PaperView(BaseModel):
    """A paper as it was handed in."""

    paper_id: UUID
    kind: PaperName
    dated: date | None
    amount: int | None
    about: str | None
    handed_in_at: datetime
    media_type: str | None = Field(description="Of its scan; null while there is none.")
    why_rejected: str | None = Field(description="Why it was put aside; null where it was not.")


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
    warned: int = Field(description=WARNED)
    acknowledged: int = Field(description="Up to which warning those responsible have acknowledged.")
    overdue: bool


class Undelivered(BaseModel):
    """Somebody who was attested, has no document and has not asked for it yet (DP-5)."""

    graduate_id: str
    name_kk: str
    kind: str
    decision_number: str
    decided_on: date
    due_on: date
    warned: int = Field(description=WARNED)
    overdue: bool


class CaseList(BaseModel):
    """Open cases, what is due first at the top, and who has not asked yet."""

    cases: list[CaseLine]
    not_asked_yet: list[Undelivered]
    warnings: int = Field(description="Cases with a warning that nobody has acknowledged yet.")


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
