"""A day's home visits on paper: one sheet a doctor's round, to take along; no script, one strict policy, A4 (HV-8)."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any, Final

from shared.documents.web import Frame, html_of
from shared.forms.visits_in_work import FurtherCall, RoundOfVisit, VisitList, VisitView
from shared.law.hours import ALMATY
from shared.law.text import Language, Text

TITLE: Final = Text("Үйге шақырулар", "Вызовы на дом", "Home visits")
NO_ROUND: Final = Text("Айналымсыз: кезекші дәрігер", "Без обхода: дежурный врач", "No round: the doctor on duty")
NONE: Final = Text("Бұл күні шақыру жоқ.", "На этот день вызовов нет.", "There are no visits on this day.")
NOT_ALL: Final = Text(
    "Бәрі сыймады: дәрігер бойынша басып шығарыңыз.",
    "Поместились не все: печатайте по врачам.",
    "Not all are here: print it by doctor.",
)
DUTY: Final = Text("кезекші", "дежурный", "on duty")
COLUMNS: Final = (
    Text("№", "№", "No."),
    Text("Науқас", "Пациент", "Patient"),
    Text("Мекенжай", "Адрес", "Address"),
    Text("Телефон", "Телефон", "Telephone"),
    Text("Шағымы", "Жалобы", "Complaint"),
    Text("Белгі", "Отметка", "Note"),
)
OUTCOMES: Final = {
    "visited": Text("барды", "посещён", "visited"),
    "nobody_home": Text("үйде ешкім болмады", "никого нет дома", "nobody home"),
    "not_needed": Text("қажет болмады", "не понадобилось", "not needed"),
}
_ENTRANCE: Final = Text("кіреберіс", "подъезд", "entrance")
_FLOOR: Final = Text("қабат", "этаж", "floor")
_INTERCOM: Final = Text("домофон", "домофон", "intercom")
_APARTMENT: Final = Text("пәтер", "кв.", "apartment")


def day_page(told: VisitList, clinic: str, language: Language, here: str) -> bytes:
    """Return the page of a day; ``clinic`` is the provider's name, ``here`` the address of the page with its query."""
    title = f"{TITLE.said_in(language)}, {told.date.strftime('%d.%m.%Y')}"
    mark = "" if language == "kk" else ' lang="kk"'
    main = [f"<h1>{title}</h1><p{mark}>{escape(clinic)}</p>"]
    if not told.visits:
        main.append(f"<p>{NONE.said_in(language)}</p>")
    if not told.complete:
        main.append(f'<p class="bad">{NOT_ALL.said_in(language)}</p>')
    for walk, visits in groupby(told.visits, key=lambda one: one.round):
        main.append(_sheet(walk, list(visits), language))
    return html_of(Frame(language, title, here), main)


def _sheet(walk: RoundOfVisit | None, visits: Sequence[VisitView], language: Language) -> str:
    head = "".join(f'<th scope="col">{one.said_in(language)}</th>' for one in COLUMNS)
    rows = "".join(_rows(visits, language))
    return (
        f'<section class="sheet"><h2>{_heading(walk, language)}</h2><div class="scroll" tabindex="0">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _heading(walk: RoundOfVisit | None, language: Language) -> str:
    if walk is None:
        return NO_ROUND.said_in(language)
    begins, ends = (one.astimezone(ALMATY).strftime("%H:%M") for one in (walk.starts_at, walk.ends_at))
    duty = f" ({DUTY.said_in(language)})" if walk.duty else ""
    return f"{escape(walk.doctor.name)}{duty}, {begins}–{ends}"


def _rows(visits: Iterable[VisitView], language: Language) -> Iterable[str]:
    for visit in visits:
        name = (visit.patient.kk if language == "kk" else visit.patient.ru) or visit.patient.kk or visit.patient_iin
        noted = OUTCOMES[visit.outcome].said_in(language) if visit.outcome else ""
        yield _row(visit, name, noted, language)
        for call in visit.further_calls:
            yield _row(call, "″", "", language)


def _row(call: VisitView | FurtherCall, name: str, noted: str, language: Language) -> str:
    cells = (call.number, name, _address(call.address, language), call.phone, call.complaint, noted)
    return "<tr>" + "".join(f"<td>{escape(one)}</td>" for one in cells) + "</tr>"


def _address(address: dict[str, Any], language: Language) -> str:
    parts = [f"{address['street']}, {address['house']}"]
    for name, words in (("apartment", _APARTMENT), ("entrance", _ENTRANCE), ("floor", _FLOOR), ("intercom", _INTERCOM)):
        if address.get(name) is not None:
            parts.append(f"{words.said_in(language)} {address[name]}")
    return ", ".join(parts)
