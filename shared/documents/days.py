"""Days as people write them in each language."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.dates import format_date

from shared.law.text import LANGUAGES, Language

LOCALES: Final[Mapping[Language, str]] = {"kk": "kk", "ru": "ru", "en": "en_GB"}


def day_in(day: date, language: Language) -> str:
    """Return a day as people write it in a language."""
    return format_date(day, "long", locale=LOCALES[language])


def numbered_and_dated(number: str, day: str) -> dict[str, str]:
    """Return ``№ 7, 20 November 2026`` in each language; ``day`` in ISO 8601."""
    return {one: f"№ {number}, {day_in(date.fromisoformat(day), one)}" for one in LANGUAGES}
