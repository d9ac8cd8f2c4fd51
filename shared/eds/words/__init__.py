"""The catalogue of verdict codes: what is said to a person, in Kazakh, Russian and English."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from shared.eds.words import of_message, of_person
from shared.law.hours import ALMATY
from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType({**of_message.WORDS, **of_person.WORDS})


def said_of(at: datetime) -> str:
    """Return a moment (aware) as it is told to a person: to the minute, in the time of Almaty, which the words name."""
    return f"{at.astimezone(ALMATY):%Y-%m-%d %H:%M}"
