"""Bodies that callers send, as the OpenAPI document shows them; the person is one of the demo people."""

from typing import Any, Final

from shared.kit.registry import REGISTRY_TEST_BIN

_IIN: Final = "870412490011"
_ASKED: Final = {"purpose": "HV-12.1", "nonce": "q3mJ8sV2yTfK0wZrXcB5nA"}

Example = dict[str, Any]
PERSON: Final[Example] = {"iin": _IIN, **_ASKED}
ORGANISATION: Final[Example] = {"bin": REGISTRY_TEST_BIN, **_ASKED}
MOOD: Final[Example] = {"mood": "slow", "seconds": 10.0, "only_iin": _IIN}
CHANGE: Final[Example] = {"iin": _IIN, "deceased": "2026-11-23"}
