"""Bodies that callers send, as the OpenAPI document shows them."""

from typing import Any, Final

from shared.forms.diploma import EXAMPLE as FORM
from shared.forms.diploma_cases import ACT_EXAMPLE, PAPER_EXAMPLE, REJECTION_EXAMPLE
from shared.forms.diploma_college import COLLEGE_EXAMPLE
from shared.forms.diploma_debts import CLEARING_EXAMPLE, DEBT_EXAMPLE

Example = dict[str, Any]
_ID: Final = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"
_IIN: Final = "870412490011"
_WHO: Final = {"applicant_iin": _IIN, "subject_iin": _IIN}
DRAFT: Final[Example] = {"request_id": _ID, **_WHO, "form": FORM}
REQUEST: Final[Example] = {
    **DRAFT,
    "service": "diploma",
    "form_version": 1,
    "channel": "portal",
    "signed_at": "2026-11-24T10:00:00+05:00",
    "content": "e30=",
    "cms": "MIIGzwYJKoZIhvcNAQcCoIIGwDCCBrwCAQExDTALBglghkgBZQMEAgE=",
    "evidence": {"verifier": "almaty-primary-care eds 2"},
}
LIST: Final[Example] = {
    "actor": {"iin": _IIN, "name_kk": "Серікова Айгүл", "name_ru": "Серикова Айгуль", "roles": ["executor"]}
}
CASE: Final[Example] = {**LIST, "request_id": _ID}
ACT: Final[Example] = {**CASE, "act": ACT_EXAMPLE}
DOCUMENT: Final[Example] = {**CASE, "version": 4}
SIGNATURE: Final[Example] = {
    **DOCUMENT,
    "cms": REQUEST["cms"],
    "evidence": REQUEST["evidence"],
    "signature_sha256": "0" * 64,
    "content_sha256": "1" * 64,
    "signer": "СЕРІКОВА АЙГҮЛ",
}
PROGRESS: Final[Example] = {"request_id": _ID, "applicant_iin": _IIN}
HOLDER: Final[Example] = {"iin": _IIN}
PAPER: Final[Example] = {**PROGRESS, "paper": PAPER_EXAMPLE}
SCAN: Final[Example] = {**PROGRESS, "paper_id": _ID, "media_type": "application/pdf", "scan": "JVBERi0xLjcKJSVFT0Y="}
SCAN_READ: Final[Example] = {**CASE, "paper_id": _ID}
REJECTION: Final[Example] = {**SCAN_READ, "rejection": REJECTION_EXAMPLE}
RECORDS: Final[Example] = {**LIST, "asked": {"since": "2026-11-01", "until": "2026-11-30"}}
DEBT: Final[Example] = {**LIST, "debt": DEBT_EXAMPLE}
CLEARING: Final[Example] = {**LIST, "clearing": CLEARING_EXAMPLE}
STATUS_LIST: Final[Example] = {"number": 0}
COLLEGE: Final[Example] = COLLEGE_EXAMPLE
