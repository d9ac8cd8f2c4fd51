"""Every code that a verdict may have, with its status and its words: as a page, and for the command line."""

from typing import Final

from shared.eds.verdict import status_of
from shared.eds.words import WORDS
from shared.law.text import Language

_HEAD: Final = """# What a verdict says

Made from `shared/eds/words` by `python -m stack.generate`. `{…}` is filled with what differs; of an IIN only the last
four digits are shown. Codes are stable, words are not. `undetermined` is nobody's fault: ask again later, and never
take it for a yes.

| code | status | қазақша | по-русски | in English |
|---|---|---|---|---|
"""
_WIDEST: Final = max(map(len, WORDS)) + 2


def page() -> str:
    """Return the page ``docs/eds-codes.md``."""
    rows = (f"| `{code}` | {status_of(code)} | {said.kk} | {said.ru} | {said.en} |\n" for code, said in WORDS.items())
    return _HEAD + "".join(rows)


def lines(language: Language) -> str:
    """Return every code with its status and its words in one language, a line each."""
    return "".join(
        f"{code.ljust(_WIDEST)}{status_of(code).ljust(14)}{said.said_in(language)}\n" for code, said in WORDS.items()
    )
