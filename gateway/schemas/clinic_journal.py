"""Bodies of an organisation's journal: a line, a page of lines, one request opened whole."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.schemas.requests import StepView, Words
from shared.law.channels import Channel

JournalState = Literal["registered", "answered"]
JournalOutcome = Literal["granted", "refused"]


class JournalName(BaseModel):
    """The name as the answer has it; null where no answer names the person."""

    kk: str | None
    ru: str | None


class JournalLine(BaseModel):
    """One request in the journal."""

    id: UUID
    number: str
    service: str
    service_name: Words
    channel: Channel
    applicant_iin: str = Field(description="Masked but for the last four digits.")
    subject_iin: str = Field(description="Whom the service is for; masked but for the last four digits.")
    subject_name: JournalName
    registered_at: datetime
    answer_by: datetime
    remaining_seconds: int | None = Field(
        description="Until the term is over, negative once it is; null when it is answered."
    )
    overdue: bool = Field(description="The term is over and there is no answer.")
    state: JournalState
    outcome: JournalOutcome | None
    answered_at: datetime | None
    in_term: bool | None = Field(description="Whether it was answered within its term; null while it is not answered.")
    standing: str | None = Field(description="What has become since of what was granted (visited, moved …).")
    standing_at: datetime | None
    updated_at: datetime = Field(description="When its last change came into the journal: what `updated_since` means.")
    links: dict[str, str]


class JournalPage(BaseModel):
    """Lines in the order of registration, or of change; `Link: rel="next"` leads on."""

    requests: list[JournalLine]


class JournalDocument(BaseModel):
    """What was answered: exactly what the seal covers, and the token of its public check."""

    token: str
    content: dict[str, Any]


class JournalEntry(BaseModel):
    """One request opened whole: what was asked, each step against its limit, what was answered."""

    request: JournalLine
    form: dict[str, Any]
    form_version: int
    signed_at: datetime | None
    steps: list[StepView]
    document: JournalDocument | None
