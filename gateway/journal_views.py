"""How a request looks in the journal of the organisation that answers it."""

import base64
import json
from datetime import datetime
from typing import Any

from gateway.catalogue import passports
from gateway.clinic_journal import Line
from gateway.journal import Request
from gateway.ledger import StepTaken
from gateway.schemas.clinic_journal import JournalDocument, JournalEntry, JournalLine, JournalName
from gateway.schemas.requests import Words
from gateway.views import local, step_view
from shared.law.hours import ALMATY
from shared.law.iin import mask


def line_view(line: Line, at: datetime) -> JournalLine:
    """Return a line as a body, as it stands at this moment."""
    open_ = line.state != "answered"
    remaining = line.answer_by - at
    return JournalLine(
        id=line.id,
        number=line.number,
        service=line.service,
        service_name=Words(**passports()[line.service]["name"]),
        channel=line.channel,
        applicant_iin=mask(line.applicant_iin),
        subject_iin=mask(line.subject_iin),
        subject_name=JournalName(kk=line.name_kk, ru=line.name_ru),
        registered_at=line.registered_at.astimezone(ALMATY),
        answer_by=line.answer_by.astimezone(ALMATY),
        remaining_seconds=int(remaining.total_seconds()) if open_ else None,
        overdue=open_ and line.answer_by < at,
        state=line.state,
        outcome=line.outcome,
        answered_at=local(line.answered_at),
        in_term=None if line.answered_at is None else line.answered_at <= line.answer_by,
        standing=line.standing,
        standing_at=local(line.standing_at),
        updated_at=line.listed_at.astimezone(ALMATY),
        links={"self": f"/v1/staff/journal/{line.id}"},
    )


def entry_view(line: Line, request: Request, steps: list[StepTaken], at: datetime) -> JournalEntry:
    """Return one request whole."""
    document = None
    if request.document_token is not None and request.document is not None:
        document = JournalDocument(token=request.document_token, content=_sealed_in(request.document))
    return JournalEntry(
        request=line_view(line, at),
        form=json.loads(request.form),
        form_version=request.form_version,
        signed_at=local(request.signed_at),
        steps=[step_view(step, request.channel) for step in steps],
        document=document,
    )


def _sealed_in(jws: str) -> dict[str, Any]:
    """Return what a seal covers; our own service's seal was checked when the answer came."""
    parts = jws.split(".")
    try:
        told = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
