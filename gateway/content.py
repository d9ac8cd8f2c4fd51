"""The exact bytes that a person signs: what is asked, by whom, for whom, and a nonce that makes them once only."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from gateway.destinations import Destination


def bytes_to_sign(
    request_id: UUID,
    destination: Destination,
    who: Mapping[str, Any],
    form: BaseModel,
    at: datetime,
) -> bytes:
    """Return the UTF-8 JSON that the applicant signs (DESIGN.md, life of a request, 1).

    Args:
        request_id: The draft's id.
        destination: The state service.
        who: The applicant's IIN and the IIN of the person the service is for; at the desk also by which channel, by
            which employee, how the person was identified, which scans are attached.
        form: The filled form.
        at: When the draft was made.
    """
    said = {
        "purpose": "state-service-request",
        "request_id": str(request_id),
        "service": destination.code,
        "form_version": destination.form_version,
        **who,
        "form": form.model_dump(mode="json", exclude_none=True),
        "made_at": at.isoformat(),
        "nonce": secrets.token_urlsafe(24),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
