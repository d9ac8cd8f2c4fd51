"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Final

from shared.forms.attachment import EXAMPLE as FORM
from shared.forms.attachment import FORM_VERSION
from shared.kit.casework.examples import IIN, Example, draft_of, request_of

_DOCTOR: Final = {"id": "D-7", "name": "Ахметова Сәуле"}

LOOKUP: Final[Example] = {"iin": IIN, "purpose": "HV-12.2", "nonce": "q3mJ8sV2yTfK0wZrXcB5nA"}
HISTORY: Final[Example] = {"iin": IIN, "purpose": "AT-7"}
IMPORT: Final[Example] = {
    "rows": [
        {
            "iin": IIN,
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
DRAFT: Final = draft_of(FORM)
REQUEST: Final = request_of("attachment", FORM, FORM_VERSION)
