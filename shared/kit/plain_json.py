"""Which JSON is let in: UTF-8, no doubled key, no number outside 64 bits, no NUL, no lone surrogate, no abyss.

Stricter than RFC 8259 where parsers differ (RFC 7493, I-JSON).
"""

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from shared.kit.problems import BadRequest

MOST_DEPTH = 32
MOST_KEYS = 10_000
MOST_VALUES = 100_000
_MOST_DIGITS = 40
_INT64 = range(-(2**63), 2**63)
# A string that does not end runs to the end of the body, so that the search never begins twice at the same place.
_TOKENS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def check_json(body: bytes) -> None:
    """Pass over a body once.

    Raises:
        BadRequest: With the code of what is wrong.
    """
    # Counting bytes is all but free and keeps the parser from what is too much for it.
    if body.count(b",") > MOST_VALUES:
        raise BadRequest("too-many-values")
    if body.count(b"[") + body.count(b"{") > MOST_DEPTH:
        _check_depth(body)
    try:
        text = body.decode("utf-8")
        # A colon stands between each name and its value: only a body with very many of them has its members counted.
        (_reader() if body.count(b":") > MOST_KEYS else _READER).decode(text)
    except UnicodeDecodeError:
        raise BadRequest("not-utf-8") from None
    except (ValueError, RecursionError):
        raise BadRequest("not-json") from None
    if "\\u" in text:
        _check_escapes(text)


def _check_depth(body: bytes) -> None:
    depth = 0
    for token in _TOKENS.finditer(body):
        first = token[0][:1]
        if first in b"[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise BadRequest("too-deep")
        elif first in b"]}":
            depth -= 1


def _check_escapes(text: str) -> None:
    """Find an escaped NUL, or half of a surrogate pair without the other."""
    pair_must_end_at = -1
    for escape in _ESCAPES.finditer(text):
        code = int(escape[1], 16) if escape[1] else -1
        if code == 0:
            raise BadRequest("nul")
        awaited = pair_must_end_at >= 0
        if (code in _LOW) != awaited or (awaited and escape.start() != pair_must_end_at):
            raise BadRequest("lone-surrogate")
        pair_must_end_at = escape.end() if code in _HIGH else -1
    if pair_must_end_at >= 0:
        raise BadRequest("lone-surrogate")


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS or int(digits) not in _INT64:
        raise BadRequest("number-out-of-range")
    return 0


def _real(digits: str) -> float:
    if float(digits) in {float("inf"), float("-inf")}:
        raise BadRequest("number-out-of-range")
    return 0.0


def _no_constant(_: str) -> NoReturn:
    raise BadRequest("not-json")


def _check_members(pairs: list[tuple[str, Any]]) -> None:
    """Find a name that one object has twice."""
    if len(dict(pairs)) != len(pairs):
        raise BadRequest("doubled-key")


def _reader() -> json.JSONDecoder:
    """Return a reader that also counts the members of all objects."""
    count = 0

    def count_members(pairs: list[tuple[str, Any]]) -> None:
        nonlocal count
        count += len(pairs)
        if count > MOST_KEYS:
            raise BadRequest("too-many-keys")
        _check_members(pairs)

    return _reader_with(count_members)


def _reader_with(members: Callable[[list[tuple[str, Any]]], None]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=members, parse_int=_integer, parse_float=_real, parse_constant=_no_constant
    )


_READER = _reader_with(_check_members)
