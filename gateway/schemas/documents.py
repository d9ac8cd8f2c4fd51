"""What is signed and what is sealed, as readers meet them: services add members of their own to both."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gateway.schemas.requests import Words


class SignedContent(BaseModel):
    """What the applicant signs. The signature is over the bytes as they came, not over this object written anew."""

    purpose: Literal["state-service-request"]
    request_id: UUID
    service: str
    form_version: int
    applicant_iin: str
    subject_iin: str
    form: dict[str, Any]
    made_at: datetime
    nonce: str


class DocumentCheck(BaseModel):
    """Where anyone checks the document."""

    token: str
    path: str


class DocumentService(BaseModel):
    """The state service that the document answers for."""

    code: str
    name: Words


class DocumentIssuer(BaseModel):
    """The provider that answers, in the spelling of Appendix 3."""

    bin: str
    name: str
    address: str
    telephones: list[str]


class PartyName(BaseModel):
    """A name as the person registry has it; null where it was not asked."""

    kk: str | None
    ru: str | None


class Party(BaseModel):
    """A person named in the document."""

    iin: str
    name: PartyName


class RefusalGround(BaseModel):
    """A ground on which it is refused, with its clause and the decree's words."""

    model_config = ConfigDict(extra="allow")

    code: str
    clause: str
    words: Words


class Review(BaseModel):
    """How to have a person look at it again."""

    text: Words
    telephones: list[str]


class SealedDocument(BaseModel):
    """A certificate, or a refusal that names every ground; each service adds what its certificate tells."""

    model_config = ConfigDict(extra="allow")

    kind: str = Field(examples=["home-visit-certificate", "home-visit-refusal"])
    version: int
    number: str
    issued_at: datetime
    check: DocumentCheck
    service: DocumentService
    provider: DocumentIssuer
    applicant: Party
    patient: Party | None = Field(None, description="Absent unless the applicant is known to be entitled.")
    clauses: list[str]
    decree: Words
    grounds: list[RefusalGround] | None = Field(None, description="In a refusal only.")
    review: Review | None = Field(None, description="In a refusal only.")


class DocumentStatusIssuer(BaseModel):
    """The provider that gave the document."""

    bin: str
    name: str


class DocumentStatus(BaseModel):
    """What anyone may know of a document who holds its token: no personal data."""

    status: str = Field(examples=["valid"])
    checked_at: datetime
    status_as_of: datetime = Field(description="When the service last said so; older than checked_at if it is down.")
    kind: str
    number: str
    issued_at: datetime
    service: str
    outcome: Literal["granted", "refused"]
    issuer: DocumentStatusIssuer
    replaced_by: str | None = Field(None, description="The duplicate that stands in its place (DP-14).")


class Jwk(BaseModel):
    """One public key (RFC 7517)."""

    model_config = ConfigDict(extra="allow")

    kty: str
    kid: str
    organisation_bin: str | None = Field(None, description="Whose key it is.")
    valid_from: datetime | None = Field(None, description="From when on it may seal.")
    valid_until: datetime | None = Field(None, description="Until when; what was sealed by then still holds.")


class JwkSet(BaseModel):
    """The public keys of the providers' seals."""

    keys: list[Jwk]
