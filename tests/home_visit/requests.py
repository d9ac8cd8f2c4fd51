"""Signed requests as the gateway forwards them."""

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from home_visit_svc.schemas import RequestBody
from shared.kit.identifiers import uuid7
from tests.home_visit.people import ADULT, FORM, TUESDAY_TEN, signed_content


def request_json(  # noqa: PLR0913 - each may be asked otherwise, all have defaults.
    request_id: UUID | None = None,
    *,
    applicant: str = ADULT,
    subject: str = ADULT,
    form: dict[str, Any] = FORM,
    signed_at: datetime = TUESDAY_TEN,
    content: bytes | None = None,
    cms: bytes = b"cms",
    channel: str = "portal",
) -> bytes:
    """Return the body of one forwarded request; what is signed says the same unless ``content`` is given."""
    request_id = request_id or uuid7(signed_at)
    content = signed_content(request_id, applicant, subject, form, channel) if content is None else content
    return json.dumps(
        {
            "request_id": str(request_id),
            "service": "home-visit",
            "form_version": 1,
            "channel": channel,
            "applicant_iin": applicant,
            "subject_iin": subject,
            "form": form,
            "signed_at": signed_at.isoformat(),
            "content": base64.b64encode(content).decode(),
            "cms": base64.b64encode(cms).decode(),
            "evidence": {"verifier": "test"},
        },
        ensure_ascii=False,
    ).encode()


def request_body(**asked: Any) -> RequestBody:
    return RequestBody.model_validate_json(request_json(**asked))
