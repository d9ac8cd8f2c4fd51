"""Bodies that every service takes, as the OpenAPI documents show them."""

from base64 import b64encode
from typing import Any, Final

Example = dict[str, Any]
IIN: Final = "870412490011"
REQUEST_ID: Final = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"


def draft_of(form: Example) -> Example:
    """Return a draft with this form."""
    return {"request_id": REQUEST_ID, "applicant_iin": IIN, "subject_iin": IIN, "form": form}


def request_of(service: str, form: Example, form_version: int) -> Example:
    """Return a signed request with this form."""
    return draft_of(form) | {
        "service": service,
        "form_version": form_version,
        "channel": "portal",
        "signed_at": "2026-11-24T10:00:00+05:00",
        "content": b64encode(b"the exact bytes that were signed").decode(),
        "cms": b64encode(b"the signature in DER").decode(),
        "evidence": {"verdict": "confirmed"},
    }
