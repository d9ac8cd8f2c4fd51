"""The values that go into the journal and come out of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.law.channels import Channel

State = Literal["registered", "decided", "answered"]
Outcome = Literal["granted", "refused"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry as the processes need it."""

    request_id: UUID
    number: str
    service: str
    applicant_iin: str
    subject_iin: str
    provider_bin: str
    form: Mapping[str, Any]
    content: bytes
    counts_from: datetime
    answer_by: datetime
    state: State
    attempts: int
    traceparent: str | None = None  # The trace in which it came: whoever takes it up later goes on in it.
    channel: str = Channel.PORTAL
    review_of: UUID | None = None  # The refused request that a person is to look at again.
    anew_of: UUID | None = None  # The request whose signed bytes it carries, decided anew after such a review.


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A signed request as it arrived, with the term counted for it (HV-14, AP-14, AT-16); times are aware."""

    request_id: UUID
    body_sha256: bytes
    form_version: int
    channel: str
    applicant_iin: str
    subject_iin: str
    provider_bin: str
    form: str
    content: bytes
    cms: bytes
    signature_evidence: str
    signed_at: datetime
    received_at: datetime
    registered_at: datetime
    counts_from: datetime
    answer_by: datetime
    calendar_version: str
    review_of: UUID | None = None
    anew_of: UUID | None = None

    def numbered(self, number: str, service: str) -> Entry:
        """Return the entry of this service under the number that it was given."""
        return Entry(
            request_id=self.request_id,
            number=number,
            service=service,
            applicant_iin=self.applicant_iin,
            subject_iin=self.subject_iin,
            provider_bin=self.provider_bin,
            form=json.loads(self.form),
            content=self.content,
            counts_from=self.counts_from,
            answer_by=self.answer_by,
            state="registered",
            attempts=1,
            channel=self.channel,
            review_of=self.review_of,
            anew_of=self.anew_of,
        )


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One row of the step ledger: a step of the channel's table, its limit, and whether it was met."""

    step: int
    started_at: datetime
    ended_at: datetime
    limit_seconds: int
    met: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands, as the gateway is told."""

    request_id: UUID
    body_sha256: bytes
    number: str
    registered_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    outcome: Outcome | None
    token: str | None
    jws: str | None
    steps: tuple[StepTaken, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Another system's signed answer, kept as it came: who said it, about whom, and why we asked (a clause)."""

    source: str
    about: Literal["applicant", "subject"]
    clause: str
    asked_at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as drawn up and not yet sealed: exactly the bytes that the seal will cover."""

    token: str
    kind: str
    outcome: Outcome
    grounds: tuple[str, ...]
    payload: bytes


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """What the public check tells of a document: nothing about a person."""

    kind: str
    number: str
    issued_at: datetime
    provider_bin: str
    outcome: Outcome
    status: Literal["valid", "cancelled", "replaced", "withdrawn"]
    replaced_by: str | None = None
