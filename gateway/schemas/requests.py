"""Bodies of requests, in and out."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gateway.destinations import DESTINATIONS
from shared.forms.strict import Iin, StrictModel

Status = Literal[
    "draft", "draft-expired", "signed", "registered", "granted", "refused",
    "without-time", "cancelled", "cancelled-by-provider", "moved", "kept", "missed",
    "visit-reassigned", "visited", "nobody-home", "visit-not-needed",
    "refusal-withdrawn",
]  # fmt: skip
"""Those of the second line say what has become of an appointment that was granted, of the third of a home visit,
of the fourth of a refusal that a person took back."""


def _is_base64(text: str) -> str:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise ValueError("not base64") from broken
    return text


class NewRequest(StrictModel):
    """What a draft is made of; the applicant is whoever logged in, never a field (HV-18.4)."""

    service: Annotated[str, Field(max_length=40, json_schema_extra={"enum": sorted(DESTINATIONS)})]
    subject_iin: Iin | None = Field(None, description="Whom the service is for, if not the applicant: a child, a ward.")
    form: dict[str, Any] = Field(description="The service's form: GET /v1/services/{code}/form tells its schema.")


class SignatureIn(StrictModel):
    """A signature as NCALayer returns it."""

    cms: Annotated[str, Field(min_length=4, max_length=90_000), AfterValidator(_is_base64)] = Field(
        description="Detached CAdES over exactly the bytes to sign: DER in base64."
    )

    def as_bytes(self) -> bytes:
        """Return the DER."""
        return base64.b64decode(self.cms)


class Words(BaseModel):
    """One text in the three languages."""

    kk: str
    ru: str
    en: str


class Notice(BaseModel):
    """Something the service says before the request is signed: it is no refusal."""

    code: str
    text: Words


class IntakeState(BaseModel):
    """Whether the provider takes requests now, and when it does next (HV-9); times with Almaty's offset."""

    open: bool
    until: datetime | None
    opens_at: datetime | None


class ToSign(BaseModel):
    """What the applicant has to sign."""

    content: str = Field(description="The exact bytes, in base64; also raw at `links.content`.")
    sha256: str


class DocumentLink(BaseModel):
    """Where the answer lies."""

    token: str
    document: str
    check: str


class RequestView(BaseModel):
    """What a citizen sees of a request (HV-18.8, AP-18.8, AT-20.8)."""

    id: UUID
    iin: str = Field(description="The applicant's IIN, masked.")
    subject_iin: str = Field(description="The IIN of the person the service is for, masked.")
    number: str | None
    service: str
    status: Status
    status_text: Words
    review_of: UUID | None = Field(description="The refused request that a person is to look at again; else null.")
    answer_by: datetime | None = Field(description="The term of the service: the answer is there by then.")
    overdue: bool = Field(description="The term is over and there is no answer: say so to 1414.")
    held_up: bool = Field(description="Its service does not take it, by a fault of ours; it is kept and tried again.")
    created_at: datetime
    sign_by: datetime
    signed_at: datetime | None
    registered_at: datetime | None
    answered_at: datetime | None
    changed_at: datetime | None = Field(description="When what was granted was cancelled, moved, kept or missed.")
    intake: IntakeState | None
    notices: list[Notice]
    to_sign: ToSign | None
    document: DocumentLink | None
    links: dict[str, str]


class RequestList(BaseModel):
    """Own requests, newest first; `Link: rel="next"` leads on."""

    requests: list[RequestView]


class StepView(BaseModel):
    """One step of Table 1: who, what, how long it took, against its limit."""

    step: int
    unit: Words
    action: Words
    started_at: datetime
    ended_at: datetime
    seconds: float
    limit_seconds: float
    met: bool


class StepList(BaseModel):
    """The ledger of a request, in the order in which the steps began."""

    steps: list[StepView]
