"""Bodies that callers send, as the OpenAPI document shows them."""

from base64 import b64encode
from typing import Any, Final

from shared.forms.attachment import EXAMPLE as FORM
from shared.forms.attachment import FORM_VERSION

_IIN: Final = "870412490011"
_DOCTOR: Final = {"id": "D-7", "name": "Ахметова Сәуле"}

Example = dict[str, Any]
LOOKUP: Final[Example] = {"iin": _IIN, "purpose": "HV-12.2", "nonce": "q3mJ8sV2yTfK0wZrXcB5nA"}
HISTORY: Final[Example] = {"iin": _IIN, "purpose": "AT-7"}
IMPORT: Final[Example] = {
    "rows": [
        {
            "iin": _IIN,
            "provider_bin": "130040900012",
            "district": {"number": 7, "kind": "therapist"},
            "doctor": _DOCTOR,
            "since": "2024-02-01",
            "ended": None,
        }
    ]
}
DISTRICTS: Final[Example] = {
    "districts": [
        {
            "provider_bin": "130040900012",
            "number": 7,
            "kind": "therapist",
            "doctor": _DOCTOR,
            "streets": ["Гоголь көшесі", "Жібек жолы даңғылы"],
            "norm": 2200,
        }
    ]
}
DRAFT: Final[Example] = {
    "request_id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90",
    "applicant_iin": _IIN,
    "subject_iin": _IIN,
    "form": FORM,
}
REQUEST: Final[Example] = DRAFT | {
    "service": "attachment",
    "form_version": FORM_VERSION,
    "channel": "portal",
    "signed_at": "2026-11-24T10:00:00+05:00",
    "content": b64encode(b"the exact bytes that were signed").decode(),
    "cms": b64encode(b"the signature in DER").decode(),
    "evidence": {"verdict": "confirmed"},
}
