"""The gate before everything else: one iterative pass that lets only small, definite-length DER through (X.690).

What passes is a tree of ``Node``; the rest of this package reads that tree and nothing else, so no parser of a library
ever sees hostile bytes.
"""

from dataclasses import dataclass
from typing import Final

from shared.eds.der_values import RULES

MOST_BYTES: Final = 65_536
MOST_NESTED: Final = 32
MOST_ELEMENTS: Final = 6_000

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET = 0x30, 0x31

_CONSTRUCTED = 0x20
_HIGH_TAG = 0x1F
_OF_THE_OTHER_FORM = frozenset(
    tag
    for tag in range(0x40)
    if bool(tag & _CONSTRUCTED) is not (tag in {SEQUENCE, SET}) and tag & _HIGH_TAG != _HIGH_TAG
)
"""Universal tags that are constructed where DER has them primitive, or the other way round."""
_LONG_FORM = 0x80
_SHORTEST_ELEMENT = 2
_MOST_LENGTH_OCTETS = 4


class NotDer(ValueError):
    """The bytes are not DER within the limits; ``too_large`` tells a broken limit from broken encoding."""

    def __init__(self, what: str, *, too_large: bool = False) -> None:
        super().__init__(what)
        self.too_large = too_large


@dataclass(slots=True)
class Node:
    """One element: its identifier octet, where it starts, where its content starts and ends, and its children."""

    source: bytes
    tag: int
    start: int
    content_start: int
    end: int
    children: list["Node"]

    @property
    def raw(self) -> bytes:
        """Return the whole element, identifier and length included."""
        return self.source[self.start : self.end]

    @property
    def content(self) -> bytes:
        """Return the content octets."""
        return self.source[self.content_start : self.end]


def read(data: bytes) -> Node:
    """Return the one element that the bytes are; raises NotDer for anything else."""
    if len(data) > MOST_BYTES:
        raise NotDer("more than 64 KiB", too_large=True)
    root = _header(data, 0, len(data))
    if root.end != len(data):
        raise NotDer("bytes after the end")
    _fill(root)
    return root


def shallow(data: bytes, start: int = 0, end: int | None = None) -> list[Node]:
    """Return the elements side by side between two positions, not looking inside; for lists too long for ``read``."""
    end = len(data) if end is None else end
    found: list[Node] = []
    while start < end:
        found.append(_header(data, start, end))
        start = found[-1].end
    return found


def expect(node: Node, tag: int) -> Node:
    """Return the element if it has the tag; raises NotDer otherwise."""
    if node.tag != tag:
        raise NotDer("another type than expected")
    return node


def _fill(root: Node) -> None:
    """Walk the tree without recursion, checking every element."""
    source, waiting, elements = root.source, [(root, 1)], 1
    while waiting:
        node, depth = waiting.pop()
        if depth > MOST_NESTED:
            raise NotDer("nested too deep", too_large=True)
        if not node.tag & _CONSTRUCTED:
            rule = RULES.get(node.tag)
            if rule is not None and not rule(source[node.content_start : node.end]):
                raise NotDer("a value not in its one encoding")
            continue
        position, end, below = node.content_start, node.end, depth + 1
        while position < end:
            child = _header(source, position, end)
            elements += 1
            if elements > MOST_ELEMENTS:
                raise NotDer("too many elements", too_large=True)
            node.children.append(child)
            waiting.append((child, below))
            position = child.end


def _header(data: bytes, start: int, limit: int) -> Node:
    """Read identifier and length at a position; the element must end within the limit."""
    if limit - start < _SHORTEST_ELEMENT:
        raise NotDer("cut short")
    tag, length = data[start], data[start + 1]
    position = start + 2
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise NotDer("a tag number that nothing here uses")
    if tag in _OF_THE_OTHER_FORM:
        raise NotDer("constructed where primitive is due, or the other way round")
    if length >= _LONG_FORM:
        octets = length - _LONG_FORM
        if not 1 <= octets <= _MOST_LENGTH_OCTETS or limit - position < octets:
            raise NotDer("indefinite, oversized or cut length")
        length = int.from_bytes(data[position : position + octets], "big")
        if length < _LONG_FORM or length < 1 << 8 * (octets - 1):
            raise NotDer("length not in its shortest form")
        position += octets
    if length > limit - position:
        raise NotDer("longer than what holds it")
    return Node(data, tag, start, position, position + length, [])
