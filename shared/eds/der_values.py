"""DER's rules for primitive values: one encoding for each value (X.690, clauses 8, 10 and 11)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

UTC_TIME, GENERALIZED_TIME = 0x17, 0x18

_MARK = 0x80
"""The highest bit: an integer's sign, or "more follows" in an object identifier."""
_UTC = re.compile(rb"[0-9]{12}Z")
_GENERALIZED = re.compile(rb"[0-9]{14}(\.[0-9]{0,5}[1-9])?Z")
"""Seconds may have a fraction, without zeros at its end (X.690, 11.7.3); see ``moment`` for where they must not."""
_PADDED_ARC = re.compile(rb"(?:\A|[\x00-\x7f])\x80")
_FIRST_YEAR_OF_1900S = 50
_LONGEST_OID = 64
"""Octets; an endless arc would cost quadratic time."""
_MOST_UNUSED_BITS = 7


def _boolean(value: bytes) -> bool:
    return value in {b"\x00", b"\xff"}


def _integer(value: bytes) -> bool:
    if len(value) <= 1:
        return bool(value)
    return not ((value[0] == 0 and value[1] < _MARK) or (value[0] == 0xFF and value[1] >= _MARK))  # noqa: PLR2004 - all ones.


def _bit_string(value: bytes) -> bool:
    if not value or value[0] > _MOST_UNUSED_BITS or (len(value) == 1 and value[0]):
        return False
    return len(value) == 1 or not value[-1] & ((1 << value[0]) - 1)


def _object_identifier(value: bytes) -> bool:
    return 0 < len(value) <= _LONGEST_OID and value[-1] < _MARK and _PADDED_ARC.search(value) is None


RULES: Final[Mapping[int, Callable[[bytes], bool]]] = {
    0x00: lambda _: False,
    0x01: _boolean,
    0x02: _integer,
    0x03: _bit_string,
    0x05: lambda value: not value,
    0x06: _object_identifier,
    0x0A: _integer,
    UTC_TIME: lambda value: _UTC.fullmatch(value) is not None,
    GENERALIZED_TIME: lambda value: _GENERALIZED.fullmatch(value) is not None,
}
"""What says by the tag whether content octets are DER for the type; of strings and tagged types nothing is asked."""


@lru_cache(maxsize=512)
def dotted(value: bytes) -> str:
    """Return an object identifier's content octets as dotted digits."""
    arcs: list[int] = []
    arc = 0
    for octet in value:
        arc = arc << 7 | octet & ~_MARK
        if octet < _MARK:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(number) for number in (first, arcs[0] - 40 * first, *arcs[1:]))


def moment(tag: int, value: bytes, *, fraction: bool = False) -> datetime:
    """Return a UTCTime or GeneralizedTime as an aware UTC time; raises ValueError for an impossible date.

    Only a time stamp's seconds may have a ``fraction`` (RFC 3161, 2.4.2; RFC 5280, 4.1.2.5.2; RFC 5652, 11.3).
    """
    text = value.decode("ascii")
    if tag == UTC_TIME:
        text = ("19" if int(text[:2]) >= _FIRST_YEAR_OF_1900S else "20") + text
    elif tag != GENERALIZED_TIME:
        raise ValueError("not a time")
    month, day, hour, minute, second = (int(text[start : start + 2]) for start in range(4, 14, 2))
    micro = int(text[15:-1].ljust(6, "0")) if text[14] == "." else 0
    if micro and not fraction:
        raise ValueError("a fraction of a second")
    return datetime(int(text[:4]), month, day, hour, minute, second, micro, tzinfo=UTC)
