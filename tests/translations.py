"""What an answer says to people: in three languages, or it is found by whatever test sees the answer."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

LANGUAGES: Final = {"kk", "ru", "en"}
CYRILLIC: Final = re.compile("[а-яәғқңөұүһіё]", re.IGNORECASE)
CYRILLIC_WORD: Final = re.compile(r"\b[а-яәғқңөұүһіё]{2,}")
"""English may name a person or an address in Cyrillic, as the registries have them; it has more words of its own."""
LATIN_WORD: Final = re.compile("[a-z]{2,}", re.IGNORECASE)
QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|\([^)]*\)")
KAZAKH_AND_RUSSIAN_ALIKE: Final = 3
"""So many words may a text in common have: «Пациент», «Паспорт №», a clinic's room; a sentence has more."""


ADDRESS = "registered_address"
"""A street has no English name: the registry has it as it has a person's."""


def untranslated(value: object, at: str = "") -> Iterator[str]:
    """Yield where a JSON value has a text that lacks a language, or was left in another one, or unfilled.

    A person's name is no text: the registry has it in Kazakh and Russian.
    """
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from untranslated(one, f"{at}/{place}")
    elif isinstance(value, dict):
        if value.keys() >= LANGUAGES and all(isinstance(value[one], str) for one in LANGUAGES):
            yield from (f"{at}: {fault}: {value}" for fault in faults_of(value))
        elif "en" in value and value.keys() <= LANGUAGES and all(isinstance(one, str) for one in value.values()):
            yield f"{at}: a language is missing: {value}"
        else:
            for name, inner in value.items():
                if name != ADDRESS:
                    yield from untranslated(inner, f"{at}/{name}")


def faults_of(said: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a text in three languages."""
    kk, ru, en = said["kk"], said["ru"], said["en"]
    if not kk == ru == en and not (kk.strip() and ru.strip() and en.strip()):
        yield "a language is empty"
    if re.search(r"[{}]", kk + ru + en):
        yield "a placeholder is not filled"
    cyrillic, latin = (len(kind.findall(QUOTED.sub("", en))) for kind in (CYRILLIC_WORD, LATIN_WORD))
    if cyrillic and cyrillic >= latin:
        yield "the English is not English"
    if any(LATIN_WORD.search(one) and not CYRILLIC.search(one) for one in (kk, ru)):
        yield "the Kazakh or the Russian is not"
    if kk == ru and len(re.findall(r"[^\W\d]+", kk)) > KAZAKH_AND_RUSSIAN_ALIKE:
        yield "the Kazakh is the Russian"
