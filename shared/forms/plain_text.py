"""Text as a person writes it: refused rather than repaired, so that what was signed is what is kept, to the byte.

Two things that people paste without seeing them are brought into one form instead, before anything is signed: letters
in parts (NFD, as some systems write й) become whole ones (NFC); lines, where there may be several, are parted by LF.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_NEVER_IN_TEXT: Final[Mapping[str, LiteralString]] = {  # Unicode general categories
    "Cc": "control_character",  # NUL among them
    "Cf": "format_character",  # Zero-width and bidirectional marks: they make two texts look alike.
    "Cs": "lone_surrogate",
    "Co": "private_use_character",
    "Cn": "unassigned_character",
    "Zl": "control_character",
    "Zp": "control_character",
}
_ASCII_DIGITS: Final = frozenset("0123456789")
_NO_CONTROL_NO_BLANK_EDGES: Final = "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]([^\\u0000-\\u001f\\u007f-\\u009f]*\\S)?$"
_LINES_NO_BLANK_EDGES: Final = (
    "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]([^\\u0000-\\u0009\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*\\S)?$"
)


def whole_letters(text: str) -> str:
    """Return the text in Unicode normal form C: the same to a reader, one sequence of characters to a machine."""
    return unicodedata.normalize("NFC", text)


def fault_in(text: str, *, lines: bool = False) -> LiteralString | None:
    """Return the code of the first thing that makes a text unfit to be signed and kept, or None.

    A text is in Unicode normal form C, has no control, format, private-use or unassigned characters, no lone
    surrogates, no digits but ASCII ones (Arabic-Indic digits look like other numbers), and no blank at either end.
    With ``lines`` it may have line feeds.
    """
    for character in text:
        if lines and character == "\n":
            continue
        category = unicodedata.category(character)
        if category in _NEVER_IN_TEXT:
            return _NEVER_IN_TEXT[category]
        if category == "Nd" and character not in _ASCII_DIGITS:
            return "digit_not_ascii"
    if not unicodedata.is_normalized("NFC", text):
        return "not_normal_form_c"
    return "blank_at_an_end" if text != text.strip() else None


@dataclass(frozen=True, slots=True)
class PlainText:
    """Marks a ``str`` as plain text of at most ``most`` characters: ``Annotated[str, PlainText(120)]``.

    It is one line unless ``lines`` says that there may be several.
    """

    most: int
    least: int = 1
    lines: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic asks with whatever the annotation was.
        """Check the length first, then the characters; lengths are in code points, as JSON Schema counts them."""
        text = core_schema.str_schema(strict=True, min_length=self.least, max_length=self.most)
        return core_schema.no_info_after_validator_function(self._fit, text)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Publish what JSON Schema can say of it; NFC and digits it cannot."""
        return {**handler(schema), "pattern": _LINES_NO_BLANK_EDGES if self.lines else _NO_CONTROL_NO_BLANK_EDGES}

    def _fit(self, text: str) -> str:
        text = whole_letters(text)
        if self.lines:
            text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if len(text) < self.least:
            raise PydanticCustomError("string_too_short", "There is no text")
        if fault := fault_in(text, lines=self.lines):
            # The message never repeats the text: it may hold what does not belong into a log.
            raise PydanticCustomError(fault, "The text is not plain")
        return text
