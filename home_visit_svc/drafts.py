"""What is said of a draft before it is signed (HV-9): nothing is refused, but nobody shall wait in vain."""

from datetime import datetime

from home_visit_svc.wording import INTAKE_CLOSED
from shared.kit.casework.draft_schemas import DraftAnswer, IntakeBody, NoticeBody, TextBody
from shared.law.hours import ALMATY, ProviderHours


def say_of_draft(hours: ProviderHours, now: datetime) -> DraftAnswer:
    """Return whether calls are taken now and, where they are not, from when, with the ambulance's number 103."""
    intake = hours.intake_at(now)
    notices = []
    if intake.opens_at is not None:
        opens = intake.opens_at.astimezone(ALMATY)
        text = INTAKE_CLOSED.filled(day=opens.strftime("%d.%m.%Y"), opens=opens.strftime("%H:%M"))
        notices.append(NoticeBody(code="intake_closed", text=TextBody.of(text)))
    body = IntakeBody(open=intake.open, until=intake.until, opens_at=intake.opens_at)
    return DraftAnswer(intake=body, notices=notices)
