"""Two questions for a caller, drawn from what the registry holds of them (HV-17.3, AP-17.3).

Nothing is asked that the IIN itself tells (birth date, sex) or that many know (names). What is expected is kept as a
digest bound to its lookup; an answer is compared without spaces, case and punctuation.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from shared.kit.persons import Person
from shared.law.text import Text

TO_ASK: Final = 2
_LAST: Final = 4
_DAY_FIRST: Final = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")


class Question(StrEnum):
    """What a caller may be asked."""

    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_ISSUED = "document_issued"
    HOME = "home"


QUESTION_WORDS: Final[Mapping[Question, Text]] = MappingProxyType(
    {
        Question.DOCUMENT_NUMBER: Text(
            "Жеке басты куәландыратын құжатыңыз нөмірінің соңғы төрт таңбасы қандай?",
            "Назовите последние четыре знака номера документа, удостоверяющего личность.",
            "What are the last four characters of the number of your identity document?",
        ),
        Question.DOCUMENT_ISSUED: Text(
            "Жеке басты куәландыратын құжатыңыз қай күні берілген (КК.АА.ЖЖЖЖ)?",
            "Когда выдан ваш документ, удостоверяющий личность (ДД.ММ.ГГГГ)?",
            "On which day was your identity document issued (DD.MM.YYYY)?",
        ),
        Question.HOME: Text(
            "Тіркелген мекенжайыңыздың үй және пәтер нөмірі қандай (мысалы, 12-45)?",
            "Назовите номер дома и квартиры по месту регистрации (например, 12-45).",
            "What are the numbers of house and apartment of your registered address (for example, 12-45)?",
        ),
    }
)


def drawn(person: Person, on: date) -> dict[Question, str]:
    """Return two questions with their answers, by chance; fewer where the registry holds less of the person."""
    known = _known(person, on)
    chosen = secrets.SystemRandom().sample(sorted(known), min(TO_ASK, len(known)))
    return {question: known[question] for question in chosen}


def digest(lookup_id: UUID, question: str, answer: str) -> bytes:
    """Return what is kept of an answer."""
    return hashlib.sha256(f"{lookup_id} {question} {_plain(answer)}".encode()).digest()


def all_match(lookup_id: UUID, expected: Sequence[tuple[str, bytes]], answers: Mapping[str, str]) -> bool:
    """Say whether every question is answered, and rightly; which one is not is never told."""
    compared = [
        secrets.compare_digest(kept, digest(lookup_id, question, answers.get(question, "")))
        for question, kept in expected
    ]
    return bool(compared) and all(compared)


def _known(person: Person, on: date) -> dict[Question, str]:
    known: dict[Question, str] = {}
    held = [one for one in person.documents if one.in_force_on(on)]
    if held:
        latest = max(held, key=lambda one: one.issued)
        known[Question.DOCUMENT_NUMBER] = _plain(latest.number)[-_LAST:]
        known[Question.DOCUMENT_ISSUED] = latest.issued.isoformat()
    home = person.registered_address
    if home is not None:
        known[Question.HOME] = f"{home.house}-{home.apartment or ''}"
    return known


def _plain(answer: str) -> str:
    """Return an answer as it is compared; a day as people here write it is the day of ISO 8601."""
    written = _DAY_FIRST.fullmatch(answer.strip())
    text = "-".join(reversed(written.groups())) if written else answer
    return "".join(sign for sign in text.casefold() if sign.isalnum())
