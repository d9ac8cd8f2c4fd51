"""Bodies that the desk sends, as the OpenAPI document shows them; the person is one of the demo people."""

from typing import Any, Final

from shared.forms.home_visit import EXAMPLE as HOME_VISIT

_LOOKUP: Final = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"
LOOKUP: Final[dict[str, Any]] = {"iin": "870412490011", "service": "home-visit", "channel": "phone"}
ANSWERS: Final[dict[str, Any]] = {"answers": {"document_number": "5678", "home": "12-45"}}
REQUEST: Final[dict[str, Any]] = {
    "service": "home-visit",
    "channel": "phone",
    "lookup_id": _LOOKUP,
    "form": HOME_VISIT,
}
