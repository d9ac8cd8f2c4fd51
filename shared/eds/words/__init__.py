"""The catalogue of verdict codes: what is said to a person, in Kazakh, Russian and English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.eds.words import of_message, of_person
from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType({**of_message.WORDS, **of_person.WORDS})
