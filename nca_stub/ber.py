"""A tolerant reader of BER, for key stores alone: Java writes PKCS #12 with indefinite lengths and strings in pieces.

No message and no certificate of the running system is read here; those pass the strict gate ``shared.eds.der``.
"""

from dataclasses import dataclass, field
from typing import Final

MOST_BYTES: Final = 262_144
MOST_NESTED: Final = 32
_CONSTRUCTED, _INDEFINITE = 0x20, 0x80
_END = b"\0\0"


@dataclass(frozen=True, slots=True)
class Element:
    """One element; ``octets`` of a string in pieces are the pieces put together."""

    tag: int
    raw: bytes
    octets: bytes
    children: tuple["Element", ...] = field(default=())


def read(data: bytes) -> Element:
    """Read the one element at the start, whatever follows; raises ValueError for what is none."""
    if len(data) > MOST_BYTES:
        raise ValueError("This file is too large for a key store.")
    try:
        return _element(data, 0, 0)[0]
    except IndexError as cut:
        raise ValueError("This file ends in the middle.") from cut


def _element(data: bytes, start: int, depth: int) -> tuple[Element, int]:
    """Return the element at a position, and the position after it."""
    if depth > MOST_NESTED:
        raise ValueError("This file is nested too deep.")
    tag, length = data[start], data[start + 1]
    position = start + 2
    end: int | None = position + length
    if length == _INDEFINITE:
        end = None
    elif length > _INDEFINITE:
        octets = length - _INDEFINITE
        end = position + octets + int.from_bytes(data[position : position + octets], "big")
        position += octets
    if end is not None and end > len(data):
        raise IndexError
    if not tag & _CONSTRUCTED:
        if end is None:
            raise ValueError("A primitive element has a length.")
        return Element(tag, data[start:end], data[position:end]), end
    children = []
    while data[position : position + 2] != _END if end is None else position < end:
        child, position = _element(data, position, depth + 1)
        children.append(child)
    after = position + len(_END) if end is None else end
    together = b"".join(child.octets for child in children)
    return Element(tag, data[start:after], together, tuple(children)), after
