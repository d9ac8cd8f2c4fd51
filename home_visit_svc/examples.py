"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Final

from shared.forms.home_visit import EXAMPLE as FORM
from shared.forms.home_visit import FORM_VERSION
from shared.kit.casework.examples import Example, draft_of, request_of

DRAFT: Final = draft_of(FORM)
REQUEST: Final = request_of("home-visit", FORM, FORM_VERSION)
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
_ACT: Final[Example] = {
    "provider_bin": FORM["provider_bin"],
    "request_id": DRAFT["request_id"],
    "version": 1,
    "doctor_id": "D-7",
    "actor": {"kind": "employee", "id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b91", "name": "Ахметова Сәуле"},
}
OUTCOME: Final[Example] = _ACT | {"outcome": "nobody_home"}
MOVE: Final[Example] = _ACT | {"round": "2026-11-24-D-9"}
DAY: Final[Example] = {"provider_bin": FORM["provider_bin"], "date": "2026-11-24"}
OWN_VISIT: Final[Example] = {"request_id": DRAFT["request_id"], "applicant_iin": DRAFT["applicant_iin"]}
