"""Asking the register of the attached population for a request (HV-12.2, AP-12.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import structlog

from shared.kit.attachments import Attachment, AttachmentAnswer, AttachmentsUnavailable
from shared.kit.casework.entries import Evidence
from shared.kit.clock import Clock
from shared.law.person_facts import Source

log = structlog.get_logger()


class AttachmentRegister(Protocol):
    """The register of the attached population, as we ask it."""

    async def current(self, iin: str, purpose: str, on: date | None = None) -> AttachmentAnswer:
        """Return the person's attachments, now or on a day to come; raises AttachmentsUnavailable."""


@dataclass(frozen=True, slots=True)
class AttachmentsTold:
    """What the register told, None where it told nothing; of a ``silent`` one asking again may tell more."""

    attachments: tuple[Attachment, ...] | None
    silent: bool
    evidence: tuple[Evidence, ...]


async def ask_attachments(
    register: AttachmentRegister, clock: Clock, iin: str, clause: str, on: date | None = None
) -> AttachmentsTold:
    """Return what the register tells of the person now, or of a local day to come."""
    try:
        answer = await register.current(iin, clause, on)
    except AttachmentsUnavailable as unavailable:
        log.warning("attachments.unavailable", reason=unavailable.reason)
        return AttachmentsTold(None, silent=True, evidence=())
    kept = Evidence(Source.ATTACHMENT_REGISTER, "subject", clause, clock.now(), answer.jws)
    return AttachmentsTold(answer.attachments, silent=False, evidence=(kept,))
