"""Asking the register of the attached population (HV-12.2, AP-12.2): a sealed answer about exactly the person asked."""

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, Field, ValidationError

from shared.eds.jws import SealNotValid, open_sealed
from shared.eds.trust import Trust
from shared.kit.clock import Clock
from shared.kit.http import CallFailed, FailureKind, ServiceClient
from shared.kit.persons import Day, Line, Number, Stated
from shared.kit.registry import Nonce
from shared.law.doctors import DoctorKind

TYPE: Final = "attachment-answer+json"
MEDIA_TYPE: Final = "application/jose"
ATTACHMENT_TEST_BIN: Final = "130040900914"
"""The BIN in whose name the register seals on one machine: its month is 00, which no real one carries."""
PATH: Final = "/internal/v1/attachments/lookup"
TOTAL_SECONDS: Final = 2.5
MOST_BYTES: Final = 64 * 1024
MOST_AGE: Final = timedelta(seconds=60)
SKEW: Final = timedelta(seconds=5)

Reason = FailureKind | Literal["status", "not_a_seal", "seal_not_valid", "malformed", "another_question", "not_fresh"]


class District(Stated):
    """A provider's district (учаске) and the kind of doctor who serves it."""

    number: int
    kind: DoctorKind


class DistrictDoctor(Stated):
    """The doctor of a district, under the provider's own id."""

    id: Line
    name: Line


class Attachment(Stated):
    """One attachment that holds; ``since`` is its first local day."""

    provider_bin: Number
    district: District
    doctor: DistrictDoctor
    since: Day


class AttachmentStatement(Stated):
    """What the register signs: all that a person is attached to, for one asking: now, or ``on`` a day to come."""

    iin: Number
    nonce: Nonce
    issued_at: AwareDatetime
    attachments: Annotated[tuple[Attachment, ...], Field(max_length=100)]
    on: Day | None = None


@dataclass(frozen=True, slots=True)
class AttachmentAnswer:
    """The attachments of a person, and the signed answer itself as evidence."""

    attachments: tuple[Attachment, ...]
    jws: str


class AttachmentsUnavailable(Exception):
    """The register gave no answer that can be relied on; ``reason`` is a code for the log, without personal data."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class AttachmentClient:
    """Asks the register; nothing is kept between two questions."""

    def __init__(self, service: ServiceClient, trust: Trust, clock: Clock, bin: str = ATTACHMENT_TEST_BIN) -> None:  # noqa: A002 - BIN.
        """Take the way to the register, whom to trust, and the BIN in whose name the register signs."""
        self._service = service
        self._trust = trust
        self._clock = clock
        self._bin = bin

    async def current(self, iin: str, purpose: str, on: date | None = None) -> AttachmentAnswer:
        """Return what the person is attached to, possibly nothing.

        Args:
            iin: The person.
            purpose: The clause that asks.
            on: The local day that it is about, today or later; now where none is given.

        Raises:
            AttachmentsUnavailable: No answer within 2.5 s, or one not signed, not fresh or to another question.
        """
        nonce = secrets.token_urlsafe(16)
        asked = {"iin": iin, "purpose": purpose, "nonce": nonce} | ({"on": on.isoformat()} if on else {})
        try:
            answer = await self._service.post(PATH, json.dumps(asked).encode(), total=TOTAL_SECONDS, most=MOST_BYTES)
        except CallFailed as failed:
            raise AttachmentsUnavailable(failed.kind) from failed
        if answer.status != 200:  # noqa: PLR2004 - HTTP's own number.
            raise AttachmentsUnavailable("status")
        jws, statement = self._opened(answer.body)
        if (statement.iin, statement.nonce, statement.on) != (iin, nonce, on):
            raise AttachmentsUnavailable("another_question")
        if not -SKEW <= self._clock.now() - statement.issued_at <= MOST_AGE:
            raise AttachmentsUnavailable("not_fresh")
        return AttachmentAnswer(statement.attachments, jws)

    def _opened(self, body: bytes) -> tuple[str, AttachmentStatement]:
        try:
            jws = body.decode("ascii")
            payload = open_sealed(jws, typ=TYPE, trust=self._trust, at=self._clock.now(), bin=self._bin)
            return jws, AttachmentStatement.model_validate_json(payload)
        except UnicodeDecodeError as unreadable:
            raise AttachmentsUnavailable("not_a_seal") from unreadable
        except SealNotValid as refused:
            raise AttachmentsUnavailable("seal_not_valid") from refused
        except ValidationError:
            # Its text would repeat what was answered.
            raise AttachmentsUnavailable("malformed") from None
