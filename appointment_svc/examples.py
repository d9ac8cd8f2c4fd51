"""Bodies that callers send, as the OpenAPI document shows them."""

from base64 import b64encode
from typing import Any, Final

from appointment_svc.regulation import PASSPORT
from shared.forms.appointment import EXAMPLE as FORM
from shared.forms.appointment import FORM_VERSION

_IIN: Final = "870412490011"
_ID: Final = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"
_NUMBER: Final = f"{PASSPORT.regulation}-2026-0000001"

Example = dict[str, Any]
DRAFT: Final[Example] = {"request_id": _ID, "applicant_iin": _IIN, "subject_iin": _IIN, "form": FORM}
REQUEST: Final[Example] = DRAFT | {
    "service": "appointment",
    "form_version": FORM_VERSION,
    "channel": "portal",
    "signed_at": "2026-11-24T10:00:00+05:00",
    "content": b64encode(b"the exact bytes that were signed").decode(),
    "cms": b64encode(b"the signature in DER").decode(),
    "evidence": {"verdict": "confirmed"},
}
SCHEDULES: Final[Example] = {
    "schedules": [
        {
            "id": "01-therapist-1-20261125",
            "provider_bin": FORM["provider_bin"],
            "doctor": {"id": "01-therapist-1", "name": "Ахметова Сәуле", "kind": "therapist"},
            "date": "2026-11-25",
            "hours": {"from": "09:00", "to": "13:00"},
            "minutes": 20,
            "breaks": [{"from": "11:00", "to": "11:20"}],
            "room": "305",
            "leave": False,
        }
    ]
}
SEARCH: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "kinds": ["therapist", "general_practitioner"],
    "begins": "2026-11-25T00:00:00+05:00",
    "ends": "2026-12-02T00:00:00+05:00",
}
QUERY: Final[Example] = {"request_id": _ID, "applicant_iin": _IIN}
CANCELLATION: Final[Example] = QUERY | {name: REQUEST[name] for name in ("content", "cms", "evidence")}
BY_CLINIC: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "schedules": ["01-therapist-1-20261125"],
    "numbers": [_NUMBER],
}
VISIT: Final[Example] = {"provider_bin": FORM["provider_bin"], "number": _NUMBER, "came": True}
CHANGES: Final[Example] = {"heard": [{"request_id": _ID, "state": "cancelled_by_clinic"}]}
