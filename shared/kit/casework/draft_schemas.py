"""Bodies in and out of the route of drafts."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from shared.forms.strict import StrictModel, TwelveDigits
from shared.law.text import Text


class UnsignedRequest(StrictModel):
    """A draft, before it is signed; a service adds ``form``."""

    request_id: UUID
    applicant_iin: TwelveDigits
    subject_iin: TwelveDigits
    channel: Literal["in_person", "phone", "portal"] = "portal"
    form: StrictModel


class IntakeBody(StrictModel):
    """Whether requests are taken now (HV-9); times of Almaty."""

    open: bool
    until: datetime | None
    opens_at: datetime | None


class TextBody(StrictModel):
    """A sentence in the three languages."""

    kk: str
    ru: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        """Return the text as a body."""
        return cls(**text.as_dict())


class NoticeBody(StrictModel):
    """Something that the applicant should know before signing."""

    code: str
    text: TextBody


class DraftAnswer(StrictModel):
    """What is to be said of a draft; nothing is refused here."""

    intake: IntakeBody | None
    notices: list[NoticeBody]
