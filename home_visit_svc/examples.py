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
