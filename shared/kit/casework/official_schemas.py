"""Bodies of the internal routes of officials: who acts, and what the gateway has verified."""

import base64
import json
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from shared.forms.deciding import REVIEW_ANSWER_EXAMPLE, Remark, ReviewAnswerIn, ServiceCode, Version
from shared.forms.plain_text import PlainText
from shared.forms.review import ReviewForm
from shared.forms.strict import StrictModel, TwelveDigits
from shared.kit.casework.proposals import Confirmed, Official, Waiting
from shared.kit.casework.schemas import Base64Bytes, SignedRequest
from shared.law.text import Text

NOT_IN_ENGLISH: Final = "The official gave the reasons in Kazakh and in Russian."


class OfficialBody(StrictModel):
    """The official, as the gateway knows them."""

    provider_bin: TwelveDigits
    iin: TwelveDigits = Field(repr=False)
    name: Annotated[str, PlainText(300)] = Field(repr=False)

    def value(self) -> Official:
        """Return who acts."""
        return Official(self.provider_bin, self.iin, self.name)


class ChoiceQuery(StrictModel):
    """Which provider's choice."""

    provider_bin: TwelveDigits


class ChoiceBody(StrictModel):
    """Who chooses, and what."""

    official: OfficialBody
    by_person: bool


class WaitingBody(ChoiceQuery):
    """What waits at a provider: proposals, or reviews."""

    reviews: bool


class OneWaitingBody(WaitingBody):
    """One of them."""

    request_id: UUID


class ConfirmedQuery(StrictModel):
    """Whose answer."""

    request_id: UUID


class ReturnedBody(StrictModel):
    """A proposal as it was seen, returned with a remark."""

    official: OfficialBody
    request_id: UUID
    version: Version
    remark: Remark


class ConfirmationBody(StrictModel):
    """The official's signature over a proposal's bytes, as the gateway verified it."""

    official: OfficialBody
    request_id: UUID
    version: Version
    cms: Annotated[Base64Bytes, Field(min_length=1, max_length=65_536)]
    evidence: dict[str, object]
    signature_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    def value(self) -> Confirmed:
        """Return the signature."""
        return Confirmed(self.cms, self.evidence, self.signature_sha256)


class ReviewBody(SignedRequest):
    """A citizen's signed call for a review, forwarded like a request."""

    service: ServiceCode
    form: ReviewForm


class ReviewDraftBody(StrictModel):
    """What an official says of a refusal."""

    official: OfficialBody
    request_id: UUID
    said: ReviewAnswerIn

    def value(self) -> tuple[bool, Text]:
        """Return whether the refusal stands, and why; in English it says where the reasons are, unless told."""
        said = self.said
        return said.stands, Text(said.kk, said.ru, said.en or NOT_IN_ENGLISH)


def whole_of(one: Waiting) -> dict[str, Any]:
    """Return all that an official sees of an entry beside how it stands."""
    return {
        "applicant_iin": one.applicant_iin,
        "subject_iin": one.subject_iin,
        "form": one.form,
        "document": json.loads(one.payload or b"{}"),
        "refusal": json.loads(one.refusal or b"{}"),
        "rests_on": one.rests_on,
        "content": None if one.content is None else base64.b64encode(one.content).decode(),
    }


_YEAR: Final = 2026
_BIN: Final = "130040900012"
_ID: Final = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"
_OFFICIAL: Final = {"provider_bin": _BIN, "iin": "870412490011", "name": "Ахметов Ерлан"}
PROVIDER: Final[dict[str, Any]] = {"provider_bin": _BIN}
CHOICE: Final[dict[str, Any]] = {"official": _OFFICIAL, "by_person": True}
LIST: Final[dict[str, Any]] = {"provider_bin": _BIN, "reviews": False}
CONFIRMED: Final[dict[str, Any]] = {"request_id": _ID}
ONE: Final[dict[str, Any]] = LIST | {"request_id": _ID}
RETURN: Final[dict[str, Any]] = {
    "official": _OFFICIAL, "request_id": _ID, "version": 1, "remark": "Учаскесін тексеріңіз"
}  # fmt: skip
CONFIRMATION: Final[dict[str, Any]] = {
    "official": _OFFICIAL,
    "request_id": _ID,
    "version": 1,
    "cms": "Y21z",
    "evidence": {},
    "signature_sha256": "0" * 64,
}
REVIEW: Final[dict[str, Any]] = {
    "request_id": _ID,
    "service": "home-visit",
    "form_version": 1,
    "channel": "portal",
    "applicant_iin": "870412490011",
    "subject_iin": "870412490011",
    "form": {
        "provider_bin": _BIN,
        "review_of": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b91",
        "number": f"HV-{_YEAR}-0000001",
        "document_token": "q3mJ8sV2yTfK0wZrXcB5nA",
        "reason": "Мен осы емханаға тіркелгенмін.",
    },
    "signed_at": "2026-11-24T10:00:00+05:00",
    "content": "e30=",
    "cms": "Y21z",
    "evidence": {},
}
REVIEW_DRAFT: Final[dict[str, Any]] = {"official": _OFFICIAL, "request_id": _ID, "said": REVIEW_ANSWER_EXAMPLE}
