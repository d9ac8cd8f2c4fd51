"""What is said to a person: one sentence in Kazakh, Russian and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["kk", "ru", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the three languages, Kazakh first (Law on Languages of 11 July 1997, Art. 4 and 5)."""

    kk: str
    ru: str
    en: str

    def said_in(self, language: Language) -> str:
        """Return the text in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def filled(self, **values: object) -> "Text":
        """Return the text with its ``{placeholders}`` filled; a Text as a value fills each language with its own."""
        return Text(*(self.said_in(language).format(**_said_in(language, values)) for language in LANGUAGES))

    def as_dict(self) -> dict[str, str]:
        """Return the text as a JSON object with the keys ``kk``, ``ru``, ``en``."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


def _said_in(language: Language, values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.said_in(language) if isinstance(value, Text) else value for name, value in values.items()}
