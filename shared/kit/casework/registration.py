"""What is counted and written down when a signed request arrives (process 6; Table 1, step 6)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from shared.kit.casework.entries import NewEntry
from shared.kit.casework.schemas import SignedRequest
from shared.kit.problems import Conflict, Unprocessable
from shared.law.college import COLLEGE
from shared.law.providers import Provider, provider_with
from shared.law.text import Text


class RequestIdReused(Conflict):
    """The request id is known, and it came with something else."""

    slug = "request-id-reused"
    title = Text(
        "Бұл өтініш нөмірі басқа мазмұнмен тіркелген",
        "Этот идентификатор запроса зарегистрирован с другим содержанием",
        "The request id is registered with another content",
    )


def known_provider(provider_bin: str) -> Provider:
    """Return who is asked: a provider of Appendix 3, or the medical college; raises Unprocessable for another BIN."""
    provider = COLLEGE if provider_bin == COLLEGE.bin else provider_with(provider_bin)
    if provider is None:
        raise Unprocessable(errors=[{"pointer": "/form/provider_bin", "code": "unknown-provider"}])
    return provider


@dataclass(frozen=True, slots=True)
class Term:
    """From when a request counts and until when it is answered, by which calendar."""

    counts_from: datetime
    answer_by: datetime
    calendar_version: str


def new_entry(asked: SignedRequest, provider_bin: str, term: Term, *, received_at: datetime, now: datetime) -> NewEntry:
    """Return the journal entry of a request."""
    return NewEntry(
        request_id=asked.request_id,
        body_sha256=_digest(asked),
        form_version=asked.form_version,
        channel=asked.channel,
        applicant_iin=asked.applicant_iin,
        subject_iin=asked.subject_iin,
        provider_bin=known_provider(provider_bin).bin,
        form=asked.form.model_dump_json(exclude_none=True),
        content=asked.content,
        cms=asked.cms,
        signature_evidence=json.dumps(asked.evidence, ensure_ascii=False),
        signed_at=asked.signed_at,
        received_at=received_at,
        registered_at=now,
        counts_from=term.counts_from,
        answer_by=term.answer_by,
        calendar_version=term.calendar_version,
        anew_of=asked.anew_of,
    )


def _digest(asked: SignedRequest) -> bytes:
    """Return what tells one request from another: all of it but the gateway's own account of the signature."""
    said = asked.model_dump(mode="json", exclude={"content", "cms", "evidence"}, exclude_none=True)
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for part in (asked.content, asked.cms):
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()
