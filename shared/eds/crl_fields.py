"""The fields of a revocation list, read without a library: the test authority's lists are not what libraries expect.

Its inner and outer algorithm differ in a NULL, and a list of 100,000 entries is too long for ``der.read``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from shared.eds import der, extensions
from shared.eds.certificate import NO_PARAMETERS, AlgorithmId, octets_of
from shared.eds.der_values import GENERALIZED_TIME, UTC_TIME, moment
from shared.eds.extensions import Extension

REASON: Final = "2.5.29.21"
INVALIDITY_DATE: Final = "2.5.29.24"
HOLD: Final = 6
REMOVED: Final = 8
"""Two values of CRLReason (RFC 5280, 5.3.1)."""

_TIMES = frozenset({UTC_TIME, GENERALIZED_TIME})
_EXTENSIONS_TAG = 0xA0
_VERSION_2 = b"\x01"


@dataclass(frozen=True, slots=True)
class CrlFields:
    """What a list says, not yet believed: names as raw DER, times aware in UTC, entries still encoded."""

    tbs: bytes
    algorithm: AlgorithmId
    signature: bytes
    issuer: bytes
    this_update: datetime
    next_update: datetime | None
    entries: bytes
    extensions: Mapping[str, Extension]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read a version 2 list from DER; raises ValueError for anything else."""
        (whole,) = der.shallow(data)
        tbs, outer, signature = der.shallow(data, der.expect(whole, der.SEQUENCE).content_start, whole.end)
        version, inner, issuer, since, *rest = der.shallow(data, der.expect(tbs, der.SEQUENCE).content_start, tbs.end)
        algorithm, claimed = AlgorithmId.of(der.read(outer.raw)), AlgorithmId.of(der.read(inner.raw))
        if der.expect(version, der.INTEGER).content != _VERSION_2 or not _agree(claimed, algorithm):
            raise der.NotDer("not a version 2 list, or of two algorithms")
        until = rest.pop(0) if rest and rest[0].tag in _TIMES else None
        entries = rest.pop(0).content if rest and rest[0].tag == der.SEQUENCE else b""
        said = [extensions.read_list(der.read(der.expect(one, _EXTENSIONS_TAG).raw).children[0]) for one in rest]
        return cls(
            tbs=tbs.raw,
            algorithm=algorithm,
            signature=octets_of(der.read(signature.raw)),
            issuer=der.expect(issuer, der.SEQUENCE).raw,
            this_update=moment(since.tag, der.read(since.raw).content),
            next_update=moment(until.tag, der.read(until.raw).content) if until else None,
            entries=entries,
            extensions=said[0] if said else {},
        )


def _agree(inner: AlgorithmId, outer: AlgorithmId) -> bool:
    """Say whether both name one algorithm; parameters are NULL or none, and the test authority's differ in that."""
    return inner.oid == outer.oid and {inner.parameters, outer.parameters} <= {None, NO_PARAMETERS}


def serials_of(entries: bytes) -> Iterator[int]:
    """Yield every serial number in the encoded entries; half a microsecond each."""
    position, end = 0, len(entries)
    while position < end:
        length, start = _length(entries, position + 1)
        serial_length, serial = _length(entries, start + 1)
        if entries[position] != der.SEQUENCE or entries[start] != der.INTEGER:
            raise der.NotDer("not an entry")
        yield int.from_bytes(entries[serial : serial + serial_length], "big", signed=True)
        position = start + length


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: serial number, since when it is revoked (aware, UTC), and the reason (CRLReason), if one is given.

    Where it is told that the key was lost earlier, ``since`` is then (RFC 5280, 5.3.2).
    """

    serial: int
    since: datetime
    reason: int | None


def entries_of(entries: bytes) -> Iterator[Entry]:
    """Yield every entry; for short lists, or while one entry is looked for."""
    for entry in der.shallow(entries):
        number, since, *more = der.read(entry.raw).children
        said = extensions.read_list(more[0]) if more else {}
        reason = der.read(said[REASON].value).content[0] if REASON in said else None
        revoked = moment(since.tag, since.content)
        if INVALIDITY_DATE in said:
            lost = der.read(said[INVALIDITY_DATE].value)
            revoked = min(revoked, moment(lost.tag, lost.content))
        yield Entry(int.from_bytes(number.content, "big", signed=True), revoked, reason)


def _length(data: bytes, position: int) -> tuple[int, int]:
    """Return the length written at a position, and where the content starts."""
    first = data[position]
    if first < 0x80:  # noqa: PLR2004 - the short form (X.690, 8.1.3.4).
        return first, position + 1
    octets = first & 0x7F
    return int.from_bytes(data[position + 1 : position + 1 + octets], "big"), position + 1 + octets
