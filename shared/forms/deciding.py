"""What officials see and send when they decide: read by the services, passed on by the gateway (decision 0023)."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from shared.forms.plain_text import PlainText
from shared.forms.review import Reason
from shared.forms.strict import StrictModel

SERVICES: Final = ("home-visit", "appointment", "attachment")
"""Of these a provider chooses who decides; training documents have their own way (DP-16)."""
ServiceCode = Literal["home-visit", "appointment", "attachment"]
Remark = Annotated[str, PlainText(1000)]
Words = Annotated[str, PlainText(2000)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]


class ChoiceIn(StrictModel):
    """Who decides the requests of a service that come by the portal."""

    service: ServiceCode
    by: Literal["rules", "official"]


class ReturnIn(StrictModel):
    """A proposal as it was seen, and why it is returned."""

    version: Version
    remark: Remark


class ReviewIn(StrictModel):
    """Why the refusal is wrong, in one's own words."""

    reason: Reason


class ReviewAnswerIn(StrictModel):
    """Whether the refusal stands, and why; in Kazakh and Russian, in English if one likes."""

    stands: bool
    kk: Words
    ru: Words
    en: Words | None = None


class ChoiceView(BaseModel):
    """Who decides a service's requests at the provider; since when and by whose choice, null where nobody chose."""

    service: str
    by: Literal["rules", "official"]
    since: AwareDatetime | None
    chosen_by: str | None


class ChoiceList(BaseModel):
    """The choice of each service."""

    services: list[ChoiceView]


class RestsOn(BaseModel):
    """Another system's signed answer that the proposal rests on."""

    source: str
    about: str
    clause: str
    asked_at: datetime
    sha256: str


class WaitingView(BaseModel):
    """What waits for an official; nothing about a person. Times of a proposal are null until a review has a draft."""

    request_id: UUID
    service: str
    number: str
    registered_at: AwareDatetime
    answer_by: AwareDatetime
    until: AwareDatetime = Field(description="From then on the rules decide; a review's term is over.")
    remaining_seconds: float
    rings: bool = Field(description="Little of the time is left.")
    version: int | None = Field(description="Of the proposal; null for a review without a draft of its answer.")
    made_at: AwareDatetime | None
    outcome: Literal["granted", "refused"] | None
    grounds: list[str]
    remark: str | None = Field(description="With which the proposal before this one was returned.")


class WaitingList(BaseModel):
    """What waits, the nearest deadline first."""

    waiting: list[WaitingView]


class WaitingWhole(WaitingView):
    """The same with all that it is about; who reads it is recorded."""

    applicant_iin: str = Field(repr=False)
    subject_iin: str = Field(repr=False)
    form: dict[str, Any] = Field(repr=False, description="What is asked; of a review: which refusal, and why.")
    document: dict[str, Any] = Field(
        repr=False, description="As it would be given, with grounds and words; empty for a review without a draft."
    )
    refusal: dict[str, Any] = Field(repr=False, description="Of a review: the refusal as it was given; else empty.")
    rests_on: list[RestsOn]


class WaitingToSign(WaitingWhole):
    """The same, with the exact bytes to sign in base64; for the gateway."""

    content: str | None


class Acted(BaseModel):
    """What came of it: the request is answered, or another proposal waits (it was returned, or facts have changed)."""

    request_id: UUID
    number: str
    state: Literal["registered", "answered"]
    outcome: Literal["granted", "refused"] | None
    answer_by: AwareDatetime


class ConfirmationTold(BaseModel):
    """The official's signature under an answer, with what it covers; in base64. Empty where the rules decided."""

    content: str | None
    cms: str | None
    evidence: dict[str, Any]
    iin: str | None = Field(repr=False)
    bin: str | None


class Drafted(BaseModel):
    """The draft's version."""

    version: int


CHOICE_EXAMPLE: Final[dict[str, Any]] = {"service": "home-visit", "by": "official"}
RETURN_EXAMPLE: Final[dict[str, Any]] = {"version": 1, "remark": "Учаскесін тексеріңіз"}
REVIEW_EXAMPLE: Final[dict[str, Any]] = {"reason": "Мен осы емханаға 2020 жылдан бері тіркелгенмін."}
REVIEW_ANSWER_EXAMPLE: Final[dict[str, Any]] = {
    "stands": True,
    "kk": "Тіркелім бойынша сіз басқа емханаға тіркелгенсіз.",
    "ru": "По регистру вы прикреплены к другой поликлинике.",
}
