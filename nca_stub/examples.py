"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Any, Final

_IIN: Final = "870412490011"

Example = dict[str, Any]
INDIVIDUAL: Final[Example] = {"iin": _IIN, "name": "СЕЙІТҚЫЗЫ АЙГЕРІМ", "use": "sign"}
OFFICIAL: Final[Example] = {
    "iin": _IIN,
    "name": "СЕЙІТҚЫЗЫ АЙГЕРІМ",
    "bin": "130040900012",
    "organisation": "№ 1 қалалық емхана",
    "role": "head",
}
REVOCATION: Final[Example] = {"serial": "1f2e3d", "reason": "certificateHold"}
RELEASE: Final[Example] = {"serial": "1f2e3d"}
MOOD: Final[Example] = {"crl": "fine", "ocsp": "down"}
