"""How a request looks to the citizen who made it (HV-18.8, AP-18.8, AT-20.8)."""

import base64
import hashlib
import json
from datetime import datetime

from gateway.journal import Request
from gateway.ledger import StepTaken
from gateway.schemas.requests import DocumentLink, IntakeState, Notice, RequestView, Status, StepView, ToSign, Words
from gateway.status_words import REVIEW_TEXTS, STATUS_OF_STANDING, STATUS_TEXTS
from shared.forms.deciding import SERVICES
from shared.law.hours import ALMATY
from shared.law.iin import mask
from shared.law.tables import table_of
from shared.law.text import Text


def status_of(request: Request, at: datetime) -> Status:
    """Return the status that a citizen reads."""
    if request.outcome is not None:
        return STATUS_OF_STANDING.get(request.standing or "", request.outcome)
    if request.state == "draft" and at >= request.sign_by:
        return "draft-expired"
    return "registered" if request.state == "answered" else request.state


def is_overdue(request: Request, at: datetime) -> bool:
    """Say whether the term of a signed request is over and it has no answer (docs/decisions/0001)."""
    return request.outcome is None and request.answer_by is not None and at > request.answer_by


def is_held_up(request: Request) -> bool:
    """Say whether the service refuses to take the request, until its operators have mended it."""
    return request.outcome is None and request.refused_status is not None


def local(at: datetime | None) -> datetime | None:
    """Return the moment with Almaty's offset."""
    return at.astimezone(ALMATY) if at else None


def words(text: Text) -> Words:
    """Return a text as a body."""
    return Words(**text.as_dict())


def view_of(request: Request, at: datetime, *, in_list: bool = False) -> RequestView:
    """Return what the applicant sees at this moment; a list does without what is to be signed, which names people."""
    status = status_of(request, at)
    here = f"/v1/requests/{request.id}"
    is_draft = status == "draft"
    known_intake = request.intake_until is not None or request.opens_at is not None
    intake = IntakeState(open=_takes(request, at), until=local(request.intake_until), opens_at=local(request.opens_at))
    links = {"self": here, "content": f"{here}/content", "steps": f"{here}/steps", "events": f"{here}/events"}
    document = None
    if request.document_token is not None:
        links["document"] = f"{here}/document"
        check = f"/v1/documents/{request.document_token}"
        document = DocumentLink(token=request.document_token, document=links["document"], check=check)
    if request.outcome == "refused" and request.review_of is None and request.service in SERVICES:
        links["review"] = f"{here}/review"
    if request.service == "appointment" and request.outcome == "granted" and request.review_of is None:
        links["appointment"] = f"{here}/appointment"
    if request.service == "home-visit" and request.outcome == "granted":
        links["visit"] = f"{here}/visit"
    if request.moved_to is not None:
        links["moved_to"] = f"/v1/requests/{request.moved_to}"
    if is_draft:
        links["signature"] = f"{here}/signature"
    if request.cms is not None:
        links["evidence"] = f"{here}/evidence"
    return RequestView.model_construct(
        id=request.id,
        iin=mask(request.applicant_iin),
        subject_iin=mask(request.subject_iin),
        number=request.number,
        service=request.service,
        status=status,
        status_text=words(_status_text(request, status)),
        review_of=request.review_of,
        answer_by=local(request.answer_by),
        overdue=is_overdue(request, at),
        held_up=is_held_up(request),
        created_at=request.created_at.astimezone(ALMATY),
        sign_by=request.sign_by.astimezone(ALMATY),
        signed_at=local(request.signed_at),
        registered_at=local(request.registered_at),
        answered_at=local(request.answered_at),
        changed_at=local(request.standing_at),
        intake=intake if is_draft and known_intake else None,
        notices=[Notice(**notice) for notice in json.loads(request.notices)] if is_draft else [],
        to_sign=_to_sign(request.content) if is_draft and not in_list else None,
        document=document,
        links=links,
    )


def _status_text(request: Request, status: Status) -> Text:
    if request.review_of is not None and status in REVIEW_TEXTS:
        return REVIEW_TEXTS[status]
    return STATUS_TEXTS["held-up" if is_held_up(request) else status]


def _takes(request: Request, at: datetime) -> bool:
    """Say whether the provider takes requests now, by what is known of its intake."""
    if request.opens_at is not None and at < request.opens_at:
        return False
    return request.intake_until is None or at < request.intake_until


def step_view(step: StepTaken, channel: str) -> StepView:
    """Return one step of the ledger, in the words of the channel's table."""
    row = table_of(channel)[step.step]
    return StepView.model_construct(
        step=step.step,
        unit=words(row.unit),
        action=words(row.action),
        started_at=step.started_at.astimezone(ALMATY),
        ended_at=step.ended_at.astimezone(ALMATY),
        seconds=round((step.ended_at - step.started_at).total_seconds(), 3),
        limit_seconds=step.limit.total_seconds(),
        met=step.met,
    )


def _to_sign(content: bytes) -> ToSign:
    return ToSign(content=base64.b64encode(content).decode(), sha256=hashlib.sha256(content).hexdigest())
