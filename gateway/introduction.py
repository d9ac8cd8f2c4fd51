"""What the OpenAPI document says before its first operation: how a portal goes about it."""

from typing import Final

TITLE: Final = "Primary health care of Almaty: the gateway"
DESCRIPTION: Final = """\
The only door from outside to four state services of primary health care (decree of 1 July 2013, № 3/561).

**From the form to the answer**

1. `POST /v1/registration/challenges`, sign the bytes, `POST /v1/registration`: once a person.
2. `POST /v1/sessions` gives an access token for `Authorization: Bearer` and a refresh token that serves once.
3. `GET /v1/services/{code}/form`, then `POST /v1/requests` with the filled form: a draft with the exact bytes to sign.
4. `POST /v1/requests/{request_id}/signature` with a detached CAdES over these bytes: 200 with the answer, or 202.
5. After 202: `GET /v1/requests/{request_id}` with `Prefer: wait=20`, or `/events`, until it is answered.
6. `GET /v1/requests/{request_id}/document`: the certificate, or the refusal with every ground, sealed (JWS).
7. An appointment changes later: `/events` goes on, and `Prefer: wait` with `If-None-Match` waits for the next change.

Anyone checks a document at `/v1/documents/{token}` and its seal by `/.well-known/jwks.json`.

**Rules**

- Errors are RFC 9457 problems; decide by `type` (and `code`), show `title`. A refusal is no error but a document.
- Times are RFC 3339 with an offset, ids are UUIDs, texts for people come in Kazakh, Russian and English.
- A body may hold nothing but what its schema names. Answers may gain members: ignore what you do not know.
- An IIN stands in bodies only, never in an address.
"""
TAGS: Final = (
    {"name": "accounts", "description": "Registration by EDS, sessions, one's own data"},
    {"name": "catalogue", "description": "Services, forms and providers; without login"},
    {"name": "requests", "description": "Draft, signature, status, ledger"},
    {"name": "appointments", "description": "Free times of doctors, and what becomes of an appointment"},
    {"name": "home visits", "description": "Calls of a day in work, and what becomes of one's own"},
    {"name": "documents", "description": "Answers, and their check by anyone"},
    {"name": "training documents", "description": "Documents on training: the college's cases, and one's own"},
    {"name": "journal", "description": "Every request to an organisation, for its people and its own system"},
    {"name": "staff", "description": "Employees of the providers and of the medical college"},
    {"name": "deciding by officials", "description": "What the rules propose, confirmed by EDS; reviews of refusals"},
    {
        "name": "desk",
        "description": "Requests in person and by telephone: lookup, form, EDS, what to say",
    },
    {"name": "clinic systems", "description": "A provider's own information system: tokens, bulk entry, webhooks"},
    {"name": "problems", "description": "What the `type` of a problem leads to"},
    {"name": "operation", "description": "For those who run it"},
)
