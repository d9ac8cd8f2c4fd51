"""The evidence of a signature, as anyone verifies it again without us (docs/eds.md)."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class ExpectedSigner(BaseModel):
    """Whom the verdict was about; ``within_seconds`` is how old the signature might have been."""

    iin: str | None
    bin: str | None
    roles: list[str]
    within_seconds: float | None


class RevocationListKept(BaseModel):
    """A revocation list, whole; null where it is no longer kept here."""

    sha256: str
    deflated: str | None = Field(description="The list's DER, compressed by zlib, in base64.")


class OcspAnswerKept(BaseModel):
    """An authority's answer about the certificate, with the nonce that it was asked with."""

    answer: str = Field(description="The answer's DER, in base64.")
    nonce: str
    produced_at: datetime


class EvidenceRecord(BaseModel):
    """All that is needed to verify the signature again, offline: ``python -m shared.eds verify-evidence FILE``."""

    format: Literal["eds-evidence/1"]
    verifier: str
    at: datetime = Field(description="The time at which it was verified.")
    code: str
    expected: ExpectedSigner
    content: str = Field(description="The exact bytes that were signed, in base64.")
    cms: str = Field(description="The signature as it came, in base64.")
    authorities: list[str] = Field(description="The pinned authorities' certificates, DER in base64.")
    lists: list[RevocationListKept]
    ocsp: list[OcspAnswerKept]
