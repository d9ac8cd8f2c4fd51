"""What is said of a draft before it is signed (AT-9, AT-16): outside intake it can be signed, and counts from later."""

from datetime import datetime

from attachment_svc.wording import COUNTS_FROM_OPENING
from shared.kit.casework.draft_schemas import DraftAnswer, NoticeBody, TextBody
from shared.law.hours import ALMATY, ProviderHours


def say_of_draft(hours: ProviderHours, now: datetime) -> DraftAnswer:
    """Return no intake, for nothing waits for it; a notice from when the request counts where that is not now."""
    counts_from, answer_by = hours.served_on(now)
    if counts_from == now:
        return DraftAnswer(intake=None, notices=[])
    opens, closes = counts_from.astimezone(ALMATY), answer_by.astimezone(ALMATY)
    text = COUNTS_FROM_OPENING.filled(
        day=opens.strftime("%d.%m.%Y"), opens=opens.strftime("%H:%M"), closes=closes.strftime("%H:%M")
    )
    return DraftAnswer(intake=None, notices=[NoticeBody(code="counts_from_next_opening", text=TextBody.of(text))])
