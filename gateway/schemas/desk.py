"""Bodies of the desk and the telephone: lookups, answers of a caller, requests, what to say."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.destinations import DESTINATIONS
from gateway.schemas.accounts import PersonName
from gateway.schemas.documents import SignedContent
from gateway.schemas.requests import RequestView, Words
from shared.forms.plain_text import PlainText
from shared.forms.strict import Iin, StrictModel

ServiceCode = Annotated[str, Field(max_length=40, json_schema_extra={"enum": sorted(DESTINATIONS)})]
Answer = Annotated[str, PlainText(100)]
DeskChannel = Literal["in_person", "phone"]


class LookupIn(StrictModel):
    """Whom the employee looks up, for which service, and how the person came."""

    iin: Iin = Field(repr=False)
    service: ServiceCode
    channel: DeskChannel
    applicant_lookup_id: UUID | None = Field(
        None, description="Of a child or a ward: the lookup of the applicant, who asks for them."
    )


class QuestionView(BaseModel):
    """A question for the caller."""

    code: str
    text: Words


class DocumentShown(BaseModel):
    """An identity document, as the employee compares it with the one in hand."""

    kind: str
    number: str
    issued: date
    expires: date | None
    in_force: bool


class AddressShown(BaseModel):
    """An address in the two languages that the registry has it in."""

    kk: str
    ru: str


class PersonShown(BaseModel):
    """What the employee compares: never given by telephone."""

    iin: str
    name: PersonName
    birth_date: date
    sex: Literal["female", "male"]
    deceased: date | None
    documents: list[DocumentShown]
    registered_address: AddressShown | None


class LookupView(BaseModel):
    """A lookup: it serves for fifteen minutes, once the person is identified."""

    id: UUID
    service: str
    channel: DeskChannel
    expires_at: datetime
    identified: bool
    entitled: bool | None = Field(
        description="Of a child or a ward: whether the applicant may ask for them; the decision says it again."
    )
    person: PersonShown | None
    prefilled: dict[str, Any] = Field(description="What of the form is known already.")
    questions: list[QuestionView]
    tries_left: int


class CallerAnswers(StrictModel):
    """What the caller answered, by the question's code."""

    document_number: Answer | None = None
    document_issued: Answer | None = None
    home: Answer | None = None


class AnswersIn(StrictModel):
    """The answers of a caller."""

    answers: CallerAnswers = Field(repr=False)


class NewDeskRequest(StrictModel):
    """What a draft of the desk is made of: applicant and subject are those of the lookups, never typed anew."""

    service: ServiceCode
    channel: DeskChannel
    lookup_id: UUID
    subject_lookup_id: UUID | None = Field(None, description="Whom the service is for, if not the applicant.")
    form: dict[str, Any] = Field(description="The service's form; the provider is one's own, and need not be named.")
    scans: Annotated[list[UUID], Field(max_length=10)] = Field([], description="Scans kept before.")


class ScanView(BaseModel):
    """A scan that is kept: its digest stands in the bytes to sign."""

    id: UUID
    sha256: str
    media_type: str
    bytes: int


class SayView(BaseModel):
    """What to say to the person, and what to do beside; ``final`` once the answer is there."""

    text: Words
    do: Words | None
    final: bool


class AskedBy(BaseModel):
    """The employee who asked for the person."""

    employee_id: UUID
    name: PersonName


class DeskRequestView(RequestView):
    """A request as the provider's employee sees it."""

    channel: Literal["in_person", "phone", "portal"]
    asked_by: AskedBy | None
    say: SayView | None
    printable: bool = Field(description="Whether its document may be printed: never by telephone.")
    scans: list[ScanView]


class SignedBy(BaseModel):
    """The employee who signs for the person."""

    employee_iin: str
    organisation_bin: str


class Identified(BaseModel):
    """How and when the person was identified, and the digest of what the registry answered."""

    by: Literal["identity_document", "questions"]
    at: datetime | None
    registry_answer_sha256: str


class SignedScan(BaseModel):
    """A scan, by the digest of its content."""

    sha256: str
    media_type: str


class DeskContent(SignedContent):
    """What the employee signs for the person; a citizen's request, which the journal shows too, has none of it."""

    channel: Literal["in_person", "phone"] | None = None
    signed_by: SignedBy | None = None
    identified: Identified | None = None
    scans: list[SignedScan] = Field([])
