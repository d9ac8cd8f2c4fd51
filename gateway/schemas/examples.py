"""Bodies that callers send, as the OpenAPI document shows them; the person is one of the demo people."""

from typing import Any, Final

from shared.forms.diploma_cases import ACT_EXAMPLE, PAPER_EXAMPLE, REJECTION_EXAMPLE
from shared.forms.diploma_college import COLLEGE_EXAMPLE
from shared.forms.diploma_debts import CLEARING_EXAMPLE, DEBT_EXAMPLE
from shared.forms.home_visit import EXAMPLE as HOME_VISIT

_IIN: Final = "870412490011"
_PASSWORD: Final = "тау-бұлақ-жапырақ-2026"  # noqa: S105 - of a demo person.
_CMS: Final = "MIIGzwYJKoZIhvcNAQcCoIIGwDCCBrwCAQExDTALBglghkgBZQMEAgE="

Example = dict[str, Any]
CHALLENGE: Final[Example] = {"iin": _IIN}
REGISTRATION: Final[Example] = {
    "challenge_id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90",
    "iin": _IIN,
    "password": _PASSWORD,
    "cms": _CMS,
}
LOGIN: Final[Example] = {"iin": _IIN, "password": _PASSWORD}
STAFF_LOGIN: Final[Example] = LOGIN | {"organisation_bin": "130040905013"}
ACT: Final[Example] = ACT_EXAMPLE
PAPER: Final[Example] = PAPER_EXAMPLE
DEBT: Final[Example] = DEBT_EXAMPLE
CLEARING: Final[Example] = CLEARING_EXAMPLE
COLLEGE: Final[Example] = COLLEGE_EXAMPLE
REJECTION: Final[Example] = REJECTION_EXAMPLE
EMPLOYEE: Final[Example] = {"iin": _IIN, "roles": ["executor"]}
REFRESH: Final[Example] = {"refresh_token": "Zl2m8cVqk0x1oJ5dS3bN7wTfYhRgUe9aLpQiKzXvCuM"}
ATTACHMENTS_OF: Final[Example] = {"iin": "180314690017"}
NEW_REQUEST: Final[Example] = {"service": "home-visit", "form": HOME_VISIT}
SIGNATURE: Final[Example] = {"cms": _CMS}
SLOTS_FOR: Final[Example] = {
    "provider_bin": HOME_VISIT["provider_bin"],
    "iin": "180314690017",
    "begins": "2026-11-25T00:00:00+05:00",
    "ends": "2026-12-02T00:00:00+05:00",
}
OFFICIAL_SIGNATURE: Final[Example] = SIGNATURE | {"version": 4}
CONFIRMATION: Final[Example] = SIGNATURE | {"version": 1}
MOVE: Final[Example] = {"starts_at": "2026-11-25T09:40:00+05:00"}
VISIT_OUTCOME: Final[Example] = {"outcome": "nobody_home", "reason": "Есік қағылды, телефон жауап бермеді"}
VISIT_MOVE: Final[Example] = {"round": "2026-11-24-D-9", "reason": "Дәрігер ауырып қалды"}
JWK: Final[Example] = {
    "kid": "mis-2026-11",
    "kty": "EC",
    "crv": "P-256",
    "alg": "ES256",
    "use": "sig",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
}
CLIENT: Final[Example] = {"name": "МИС емханасы", "scopes": ["journal:read", "schedules:write"], "jwk": JWK}
NEW_KEYS: Final[Example] = {"jwk": JWK | {"kid": "mis-2027-05"}, "overlap_hours": 24}
TOKEN_FORM: Final = {
    "grant_type": "client_credentials",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "client_assertion": "eyJhbGciOiJFUzI1NiIsImtpZCI6Im1pcy0yMDI2LTExIn0.eyJpc3MiOiIuLi4ifQ.c2lnbmF0dXJl",
    "scope": "journal:read",
}
