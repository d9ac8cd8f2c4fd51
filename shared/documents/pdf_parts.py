"""What of a PDF the check looks at: its one seal, the bytes that it covers, and the file that is attached.

No general reader of PDF: ours have one form, every byte of them under the seal. What has another form is refused.
"""

import re
import zlib
from dataclasses import dataclass
from typing import Final, Self

MOST_BYTES: Final = 4_000_000
MOST_ATTACHED: Final = 2_000_000
_RANGE = re.compile(rb"/ByteRange\s*\[\s*([0-9]{1,9})\s+([0-9]{1,9})\s+([0-9]{1,9})\s+([0-9]{1,9})\s*\]")
_HEX = re.compile(rb"[0-9A-Fa-f]*")
_CONTENTS = re.compile(rb"/Contents\s*$")
_EMBEDDED = re.compile(rb"/Type\s{0,4}/EmbeddedFile(?![A-Za-z])")
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+([0-9]{1,9})")
_HEAD = 1_000
"""Bytes before a stream in which it is described."""
_SHORT_LENGTH = 0x80
_MOST_LENGTH_OCTETS = 4


class NotOurPdf(ValueError):
    """The file is no PDF of ours; ``code`` says what it lacks."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PdfParts:
    """A sealed PDF: the seal (CMS), the bytes under it, the attached file, how many bytes follow what is sealed."""

    seal: bytes
    content: bytes
    attached: str
    added: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read a file; raises NotOurPdf (no_pdf, too_large, no_seal, several_seals, seal_malformed, no_original)."""
        if len(data) > MOST_BYTES:
            raise NotOurPdf("too_large")
        if not data.startswith(b"%PDF-"):
            raise NotOurPdf("no_pdf")
        ranges = _RANGE.findall(data)
        if len(ranges) != 1:
            raise NotOurPdf("several_seals" if ranges else "no_seal")
        start, until, again, length = (int(number) for number in ranges[0])
        end = again + length
        # The bytes before the gap, the gap with the seal itself between its brackets, and the bytes behind it.
        if (
            start != 0
            or not until < again <= end <= len(data)
            or not _CONTENTS.search(data[max(0, until - 40) : until])
        ):
            raise NotOurPdf("seal_malformed")
        seal = _seal_in(data[until:again])
        return cls(seal, data[:until] + data[again:end], _attached(data[:until]), len(data) - end)


def _seal_in(gap: bytes) -> bytes:
    """Return the CMS in ``<hexadecimal digits>``, which zeros fill up."""
    digits = gap[1:-1]
    if gap[:1] != b"<" or gap[-1:] != b">" or len(digits) % 2 or not _HEX.fullmatch(digits):
        raise NotOurPdf("seal_malformed")
    whole = bytes.fromhex(digits.decode("ascii"))
    length = _length_of(whole)
    if length > len(whole) or any(whole[length:]):
        raise NotOurPdf("seal_malformed")
    return whole[:length]


def _length_of(data: bytes) -> int:
    """Return how many octets a DER element takes with its header."""
    if len(data) < 2:  # noqa: PLR2004 - tag and length.
        raise NotOurPdf("seal_malformed")
    first = data[1]
    if first < _SHORT_LENGTH:
        return 2 + first
    octets = first - _SHORT_LENGTH
    if not 1 <= octets <= _MOST_LENGTH_OCTETS:
        raise NotOurPdf("seal_malformed")
    return 2 + octets + int.from_bytes(data[2 : 2 + octets], "big")


def _attached(data: bytes) -> str:
    """Return the one attached file, text of ASCII."""
    found = [match.start() for match in _EMBEDDED.finditer(data)]
    if len(found) != 1:
        raise NotOurPdf("no_original")
    place = found[0]
    begin = _STREAM.search(data, place, place + _HEAD)
    opened = data.rfind(b"obj", max(0, place - _HEAD), place)
    if begin is None or opened < 0:
        raise NotOurPdf("no_original")
    head = data[opened : begin.start()]
    length = _LENGTH.search(head)
    if length is None or b"/FlateDecode" not in head:
        raise NotOurPdf("no_original")
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data[begin.end() : begin.end() + int(length[1])], MOST_ATTACHED)
        if not unpacker.eof:
            raise NotOurPdf("no_original")
        return plain.decode("ascii")
    except (zlib.error, UnicodeDecodeError) as fault:
        raise NotOurPdf("no_original") from fault
