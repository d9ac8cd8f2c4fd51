"""Bodies in and out of the routes that every service has; a service adds its own form to two of them."""

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

from shared.forms.strict import StrictModel, TwelveDigits
from shared.kit.casework.entries import IssuedDocument, Standing, StepTaken
from shared.law.providers import Provider

TOKEN_PATTERN = r"^[A-Za-z0-9_-]{22,64}$"  # noqa: S105 - the shape of a token, not one.
ANEW_OF = "decided_anew_of"
"""Under this name the gateway's account says which refused request is decided anew."""
UUID_PATTERN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN_EXAMPLE = {"token": "q3mJ8sV2yTfK0wZrXcB5nA"}
_EARLIEST, _LATEST = datetime(2013, 7, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _from_base64(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("base64 text is expected")  # noqa: TRY004 - pydantic turns ValueError into a fault.
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


def _plausible(at: datetime) -> datetime:
    if not _EARLIEST <= at < _LATEST:
        raise ValueError("out of range")
    return at


Base64Bytes = Annotated[
    bytes, BeforeValidator(_from_base64), WithJsonSchema({"type": "string", "contentEncoding": "base64"})
]
Moment = Annotated[AwareDatetime, AfterValidator(_plausible)]


class SignedRequest(StrictModel):
    """A signed request, forwarded by the gateway with the evidence of its signature; a service says which form."""

    request_id: UUID
    form_version: Annotated[int, Field(ge=1, le=1000)]
    channel: Literal["in_person", "phone", "portal"]
    applicant_iin: TwelveDigits
    subject_iin: TwelveDigits
    form: StrictModel
    signed_at: Moment
    content: Annotated[Base64Bytes, Field(min_length=1, max_length=65_536)]
    cms: Annotated[Base64Bytes, Field(min_length=1, max_length=65_536)]
    evidence: dict[str, object]

    @property
    def anew_of(self) -> UUID | None:
        """Return the refused request whose signed bytes these are, as the gateway tells: its refusal did not stand."""
        told = self.evidence.get(ANEW_OF)
        return UUID(told) if isinstance(told, str) and UUID_PATTERN.fullmatch(told) else None


class StepBody(StrictModel):
    """One row of the step ledger (Table 1)."""

    step: int
    started_at: datetime
    ended_at: datetime
    limit_seconds: int
    met: bool

    @classmethod
    def of(cls, step: StepTaken) -> Self:
        """Return the row as a body."""
        return cls(
            step=step.step,
            started_at=step.started_at,
            ended_at=step.ended_at,
            limit_seconds=step.limit_seconds,
            met=step.met,
        )


class DocumentBody(StrictModel):
    """The sealed document and the token of its public check."""

    token: str
    jws: str


class Registration(StrictModel):
    """Where a request stands."""

    request_id: UUID
    number: str
    registered_at: datetime
    answer_by: datetime
    state: Literal["registered", "answered"]
    outcome: Literal["granted", "refused"] | None
    answered_at: datetime | None
    document: DocumentBody | None
    steps: list[StepBody]

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """Return the standing as a body; a decision that is not sealed yet is not told."""
        document = None
        if standing.token is not None and standing.jws is not None:
            document = DocumentBody(token=standing.token, jws=standing.jws)
        return cls(
            request_id=standing.request_id,
            number=standing.number,
            registered_at=standing.registered_at,
            answer_by=standing.answer_by,
            state="registered" if standing.answered_at is None else "answered",
            outcome=standing.outcome,
            answered_at=standing.answered_at,
            document=document,
            steps=[StepBody.of(step) for step in standing.steps],
        )


class TokenBody(StrictModel):
    """The token that stands on a document."""

    token: Annotated[str, Field(pattern=TOKEN_PATTERN)]


class IssuerBody(StrictModel):
    """The provider that gave a document."""

    bin: str
    name: str


class DocumentStatus(StrictModel):
    """What anyone may know of a document: nothing about a person."""

    status: Literal["valid", "cancelled", "replaced", "withdrawn"]
    kind: str
    number: str
    issued_at: datetime
    issuer: IssuerBody
    service: str
    outcome: Literal["granted", "refused"]
    replaced_by: str | None = None

    @classmethod
    def of(cls, issued: IssuedDocument, provider: Provider, service: str) -> Self:
        """Return the status of an issued document."""
        return cls(
            status=issued.status,
            kind=issued.kind,
            number=issued.number,
            issued_at=issued.issued_at,
            issuer=IssuerBody(bin=provider.bin, name=provider.name),
            service=service,
            outcome=issued.outcome,
            replaced_by=issued.replaced_by,
        )
