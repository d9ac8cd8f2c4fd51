"""IIN and BIN: twelve ASCII digits, the last of which checks the others."""

import re
from typing import Final

IIN_PATTERN: Final = r"^[0-9]{12}$"

_TWELVE = re.compile(r"[0-9]{12}", re.ASCII)
_ELEVEN = re.compile(r"[0-9]{11}", re.ASCII)
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_NO_DIGIT = 10


def check_digit(first_eleven: str) -> int | None:
    """Return the twelfth digit for the first eleven, or None where no such number is issued.

    Raises ValueError when the argument is not eleven ASCII digits.
    """
    if not _ELEVEN.fullmatch(first_eleven):
        raise ValueError("Eleven ASCII digits are expected.")
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        remainder = sum(weight * int(digit) for weight, digit in zip(weights, first_eleven, strict=True)) % 11
        if remainder != _NO_DIGIT:
            return remainder
    return None


def is_iin(text: str, *, checksum: bool = True) -> bool:
    """Say whether the text is written as an IIN and, unless ``checksum`` is off, whether its check digit holds.

    Neither birth date nor sex is read from the digits: since decree № 853 of 26 August 2013 they are not tied to them.
    The checksum is switched off only for the certification authority's own test numbers, which fail it.
    """
    if not _TWELVE.fullmatch(text):
        return False
    return not checksum or check_digit(text[:11]) == int(text[11])


def is_bin(text: str, *, checksum: bool = True) -> bool:
    """Say whether the text is a BIN, the number of a legal person; its check digit is made as an IIN's is."""
    return is_iin(text, checksum=checksum)


def mask(iin: str) -> str:
    """Return the number with only its last four digits shown (HV-18.8); anything but twelve digits is hidden whole."""
    return "*" * 8 + iin[8:] if _TWELVE.fullmatch(iin) else "*" * 12
