"""When a request may come, and from when it counts, before its case is opened (DP-5, DP-9, DP-14)."""

from datetime import timedelta
from typing import Final

from diploma_svc.deadlines import Counts, Term, deadline_of, takes_at_desk
from diploma_svc.schemas import RequestBody
from shared.kit.casework import registration
from shared.kit.problems import Conflict, Unprocessable
from shared.law.hours import ALMATY, Calendar, NeverOpens
from shared.law.text import Text

DRAWN_UP_WITHIN: Final = timedelta(minutes=15)
"""So long the desk's draft lives: what was begun in its hours is signed a few minutes later."""


class DeskClosed(Conflict):
    """DP-9: the desk takes applications from 9:00 to 17:00 but for lunch, on working days."""

    slug = "desk-closed"
    title = Text(
        "Өтініштер жұмыс күндері сағат 9.00-ден 17.00-ге дейін, түскі үзілістен басқа уақытта қабылданады",
        "Заявления принимаются в рабочие дни с 9.00 до 17.00, кроме обеденного перерыва",
        "Applications are taken on working days from 9:00 to 17:00 but for lunch",
    )


def term_of(calendar: Calendar, asked: RequestBody) -> registration.Term:
    """Return the term of a request as far as it is known at its registration; the case counts it from the decision.

    Raises DeskClosed for the desk outside its hours, Unprocessable for somebody who asks for another (DP-5).
    """
    moments = (asked.signed_at, asked.signed_at - DRAWN_UP_WITHIN)
    if asked.channel == "in_person" and not any(takes_at_desk(at, calendar) for at in moments):
        raise DeskClosed
    if asked.applicant_iin != asked.subject_iin:
        raise Unprocessable(errors=[{"pointer": "/subject_iin", "code": "not-for-another"}])
    counts = Counts.MONTH if asked.form.duplicate else Counts.WORKING_DAYS
    deadline = deadline_of(Term(counts, asked.signed_at.astimezone(ALMATY).date()), calendar)
    if deadline is None:
        raise NeverOpens(calendar.version)
    return registration.Term(asked.signed_at, deadline.due_at, calendar.version)
