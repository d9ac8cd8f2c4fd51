"""Signed requests as the gateway forwards them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from home_visit_svc.schemas import RequestBody
from shared.kit.identifiers import uuid7
from tests.forwarded import asked_of, forwarded
from tests.home_visit.people import ADULT, FORM, TUESDAY_TEN


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
    asked = asked_of("home-visit", request_id, (applicant, subject), form, channel)
    return json.dumps(forwarded(asked, signed_at, content, cms), ensure_ascii=False).encode()


def request_body(**asked: Any) -> RequestBody:
    return RequestBody.model_validate_json(request_json(**asked))
