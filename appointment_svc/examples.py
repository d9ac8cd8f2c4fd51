"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Final

from appointment_svc.regulation import PASSPORT
from shared.forms.appointment import EXAMPLE as FORM
from shared.forms.appointment import FORM_VERSION
from shared.kit.casework.examples import IIN, REQUEST_ID, Example, draft_of, request_of

_NUMBER: Final = f"{PASSPORT.regulation}-2026-0000001"

DRAFT: Final = draft_of(FORM)
REQUEST: Final = request_of("appointment", FORM, FORM_VERSION)
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
DOCTORS: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "doctors": [{"id": "01-therapist-1", "name": "Ахметова Сәуле", "kind": "therapist"}],
}
SEARCH: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "kinds": ["therapist", "general_practitioner"],
    "begins": "2026-11-25T00:00:00+05:00",
    "ends": "2026-12-02T00:00:00+05:00",
}
QUERY: Final[Example] = {"request_id": REQUEST_ID, "applicant_iin": IIN}
CANCELLATION: Final[Example] = QUERY | {name: REQUEST[name] for name in ("content", "cms", "evidence")}
BY_CLINIC: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "schedules": ["01-therapist-1-20261125"],
    "numbers": [_NUMBER],
}
VISIT: Final[Example] = {"provider_bin": FORM["provider_bin"], "number": _NUMBER, "came": True}
