"""Signed requests as the gateway forwards them, to any of the services."""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID


def asked_of(
    service: str, request_id: UUID, people: tuple[str, str], form: dict[str, Any], channel: str = "portal"
) -> dict[str, Any]:
    """Return what is asked; ``people`` are the applicant and the subject. The portal is not named in what is signed."""
    applicant, subject = people
    said = {"request_id": str(request_id), "service": service, "applicant_iin": applicant}
    named = {} if channel == "portal" else {"channel": channel}
    return said | {"subject_iin": subject, "form": form} | named


def content_of(asked: dict[str, Any]) -> bytes:
    """Return signed bytes that say what is asked, as the gateway writes them."""
    said = {"purpose": "state-service-request", "form_version": 1, "nonce": "n"}
    return json.dumps(asked | said, ensure_ascii=False).encode()


def forwarded(
    asked: dict[str, Any], signed_at: datetime, content: bytes | None = None, cms: bytes = b"cms"
) -> dict[str, Any]:
    """Return the body, by the portal unless asked otherwise; what is signed says the same, or is ``content``."""
    return {"channel": "portal", **asked} | {
        "form_version": 1,
        "signed_at": signed_at.isoformat(),
        "content": b64encode(content_of(asked) if content is None else content).decode(),
        "cms": b64encode(cms).decode(),
        "evidence": {"verifier": "test"},
    }
