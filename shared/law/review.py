"""A person's review of a refusal: its term, and what its answer says (Law of 15 April 2013 No. 88-V, article 25).

The decree names no term for a complaint; the Law on State Services does: five working days from its registration for a
complaint to the provider. Here it is called a review, since a person looks again at what the rules decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from shared.law.answers import Heading, Payload, under
from shared.law.hours import ALMATY, DayKind, NeverOpens, ProviderHours
from shared.law.passport import Passport
from shared.law.text import Text

WITHIN_WORKING_DAYS: Final = 5
LAW: Final = Text(
    "«Мемлекеттік көрсетілетін қызметтер туралы» 2013 жылғы 15 сәуірдегі № 88-V Заңның 25-бабы",
    "статья 25 Закона от 15 апреля 2013 года № 88-V «О государственных услугах»",
    "article 25 of the Law of 15 April 2013 No. 88-V on State Services",
)
WARNS_AT: Final = (0.5, 0.8)
"""Parts of the term after which an answer that is not given is warned of."""
LONGEST: Final = timedelta(days=60)
"""No calendar has so long a time without five working days."""
TITLE: Final = Text("Қайта қарау нәтижесі", "Результат пересмотра", "Result of the review")
UPHELD: Final = Text(
    "№ {number} бас тарту күшінде қалады. {words}",
    "Отказ № {number} остаётся в силе. {words}",
    "Refusal No. {number} stands. {words}",
)
WITHDRAWN: Final = Text(
    "№ {number} бас тарту кері қайтарылды, сұрау салу қайтадан қаралады, қайта қол қоюдың қажеті жоқ. {words}",
    "Отказ № {number} отозван, запрос решается заново, подписывать его ещё раз не нужно. {words}",
    "Refusal No. {number} is withdrawn; the request is decided anew, no new signature is needed. {words}",
)
NEXT: Final = Text(
    "Бұл жауаппен келіспесеңіз, мемлекеттік қызметтер көрсету сапасын бағалау және бақылау жөніндегі органға немесе "
    "сотқа жүгіне аласыз. Анықтама: бірыңғай байланыс орталығы 1414.",
    "Если вы не согласны с ответом, можно обратиться в орган по оценке и контролю за качеством оказания "
    "государственных услуг или в суд. Справки: единый контакт-центр 1414.",
    "If you disagree with this answer, you can turn to the authority that controls the quality of state services, or "
    "to the court. Information: contact centre 1414.",
)
ABOUT: Final = Text("Қайта қаралған құжат", "Пересмотренный документ", "Document that was reviewed")
NUMBERED: Final = Text("Бас тарту № {number}", "Отказ № {number}", "Refusal No. {number}")
BASIS: Final = Text("Мерзімнің негізі", "Основание срока", "Basis of the term")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What an official says of a refusal: whether it stands, why, and the refusal as it was sealed."""

    refusal: Mapping[str, Any]
    stands: bool
    words: Text


def due_of_review(hours: ProviderHours, registered_at: datetime) -> datetime:
    """Return when the provider closes on the fifth working day after the day of registration, by the calendar.

    A Saturday is no working day, though providers receive on it (HV-3). Raises NeverOpens for a calendar without any.
    """
    day: date = registered_at.astimezone(ALMATY).date()
    last, left = day + LONGEST, WITHIN_WORKING_DAYS
    while left and day < last:
        day += timedelta(days=1)
        left -= hours.calendar.kind_of(day) is DayKind.WORKING
    open_ = hours.open_on(day)
    if left or open_ is None:
        raise NeverOpens(f"Calendar {hours.calendar.version} names too few working days.")
    return open_[1]


def review_kind(passport: Passport, *, stands: bool) -> str:
    """Return the kind of a review's answer; one by which the refusal stands is a refusal itself."""
    return f"{passport.code}-review{'-refusal' if stands else ''}"


def review_answer(heading: Heading, reviewed: Reviewed) -> Payload:
    """Return the answer that the official signs and the provider seals; with the grounds where the refusal stands."""
    refusal, stands = reviewed.refusal, reviewed.stands
    people = {name: refusal[name] for name in ("applicant", "patient") if name in refusal}
    said = (UPHELD if stands else WITHDRAWN).filled(number=str(refusal["number"]), words=reviewed.words)
    number = NUMBERED.filled(number=str(refusal["number"]))
    grounds = {"grounds": refusal["grounds"]} if stands else {}
    return (
        under(heading, review_kind(heading.passport, stands=stands))
        | people
        | {
            "title": TITLE.as_dict(),
            "reviewed": {"number": refusal["number"], "token": refusal["check"]["token"], "stands": stands},
            "clauses": refusal["clauses"],
            "text": said.as_dict(),
            "facts": [
                {"name": ABOUT.as_dict(), "value": number.as_dict(), "public": True},
                {"name": BASIS.as_dict(), "value": LAW.as_dict(), "public": True},
            ],
            "review": {"text": NEXT.as_dict(), "telephones": [*heading.provider.telephones, "1414"]},
        }
        | grounds
    )
