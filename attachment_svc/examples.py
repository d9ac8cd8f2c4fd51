"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Any, Final

_IIN: Final = "870412490011"

Example = dict[str, Any]
LOOKUP: Final[Example] = {"iin": _IIN, "purpose": "HV-12.2", "nonce": "q3mJ8sV2yTfK0wZrXcB5nA"}
IMPORT: Final[Example] = {
    "rows": [
        {
            "iin": _IIN,
            "provider_bin": "130040900012",
            "district": {"number": 7, "kind": "therapist"},
            "doctor": {"id": "D-7", "name": "Ахметова Сәуле"},
            "since": "2024-02-01",
            "ended": None,
        }
    ]
}
