"""Bodies that callers send, as the OpenAPI document shows them."""

from base64 import b64encode
from typing import Any, Final

from shared.forms.home_visit import EXAMPLE as FORM
from shared.forms.home_visit import FORM_VERSION

_IIN: Final = "870412490011"

Example = dict[str, Any]
DRAFT: Final[Example] = {
    "request_id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90",
    "applicant_iin": _IIN,
    "subject_iin": _IIN,
    "form": FORM,
}
REQUEST: Final[Example] = DRAFT | {
    "service": "home-visit",
    "form_version": FORM_VERSION,
    "channel": "portal",
    "signed_at": "2026-11-24T10:00:00+05:00",
    "content": b64encode(b"the exact bytes that were signed").decode(),
    "cms": b64encode(b"the signature in DER").decode(),
    "evidence": {"verdict": "confirmed"},
}
ROUNDS: Final[Example] = {
    "rounds": [
        {
            "id": "2026-11-24-D-7",
            "provider_bin": FORM["provider_bin"],
            "doctor": {"id": "D-7", "name": "Ахметова Сәуле", "kind": "therapist"},
            "date": "2026-11-24",
            "from": "09:00",
            "to": "13:00",
            "calls": 8,
            "duty": False,
        }
    ]
}
