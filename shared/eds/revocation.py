"""Whether a certificate still stands: what an answer looks like, and one signed revocation list (RFC 5280, 5)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, Self

from shared.eds import der
from shared.eds.algorithms import signed_by
from shared.eds.certificate import Certificate
from shared.eds.crl_fields import REMOVED, CrlFields, Entry, entries_of, serials_of
from shared.eds.extensions import Extension, issuer_key_id
from shared.eds.trust import Chain
from shared.eds.verdict import Objection

SKEW: Final = timedelta(minutes=5)
"""How far another system's clock may run ahead of ours."""

REMEMBERED: Final = timedelta(hours=25)
"""How long after its end a certificate that was revoked is sure to be on the lists still (RFC 5280, 3.3)."""
MOST_CRL_BYTES: Final = 64 * 1024 * 1024
NUMBER: Final = "2.5.29.20"
DELTA: Final = "2.5.29.27"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a certificate's revocation, with the evidence for it (JSON-ready).

    ``since`` is when it was revoked or put on hold (aware, UTC), as far as it is told.
    """

    kind: Literal["good", "revoked", "on_hold", "unknown"]
    evidence: dict[str, Any] = field(default_factory=dict)
    since: datetime | None = None

    def check(self, judged: datetime | None = None) -> None:
        """Raise Objection unless the certificate is known to be good: unknown is never a pass.

        With a time given (a time stamp's, aware), what was revoked only after it was good then.
        """
        if self.kind == "unknown":
            raise Objection("revocation_unknown")
        if self.kind != "good" and (judged is None or self.since is None or self.since <= judged):
            raise Objection(self.kind)


def check_remembered(certificate: Certificate, at: datetime) -> None:
    """Raise Objection where a certificate has been over for so long at the time (aware) that lists may not name it."""
    if at - REMEMBERED > certificate.not_after:
        raise Objection("revocation_forgotten")


class Revocation(Protocol):
    """Something that knows of revocations: kept lists (``CrlStore``) or one OCSP answer (``OcspAnswer``)."""

    def standing(self, chain: Chain, at: datetime) -> Standing:
        """Return what is known of the chain's certificate at the time (aware); raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Several sources beside each other: one that knows of a revocation is believed, else one that knows it is good."""

    sources: tuple[Revocation, ...]

    def standing(self, chain: Chain, at: datetime) -> Standing:
        """Return what the sources know together."""
        said = [source.standing(chain, at) for source in self.sources]
        bad = (one for one in said if one.kind in {"revoked", "on_hold"})
        return next(bad, next((one for one in said if one.kind == "good"), Standing("unknown")))


class CrlNotValid(Exception):
    """A revocation list that is not taken; the message says why and holds no personal data."""


@dataclass(frozen=True)
class Crl:
    """A list whose signature was checked. ``base`` is the base number of a delta list, None for a full one.

    Times are aware UTC. ``serials`` hold every revoked serial number, holds included: lookup takes no time at 100,000.
    """

    authority_sha256: str
    sha256: str
    number: int
    base: int | None
    this_update: datetime
    next_update: datetime
    serials: frozenset[int] = field(repr=False)
    entries: bytes = field(repr=False)

    @classmethod
    def read(cls, data: bytes, issuer: Certificate) -> Self:
        """Read a DER list of the issuer; raises CrlNotValid for a wrong signature, another issuer, or what it lacks.

        Takes about a microsecond an entry: to be called off the event loop.
        """
        try:
            return cls._read(data, issuer)
        except Objection as objection:
            raise CrlNotValid(objection.code) from objection
        except (ValueError, IndexError) as fault:
            raise CrlNotValid("malformed") from fault

    @classmethod
    def _read(cls, data: bytes, issuer: Certificate) -> Self:
        if len(data) > MOST_CRL_BYTES:
            raise CrlNotValid("too_large")
        said = CrlFields.read(data)
        if said.issuer != issuer.subject:
            raise CrlNotValid("of another authority")
        if not signed_by(issuer, said.algorithm, said.tbs, said.signature):
            raise CrlNotValid("signature_wrong")
        number, base = _numbers(said.extensions, issuer)
        if said.next_update is None:
            raise CrlNotValid("without an end")
        return cls(
            authority_sha256=issuer.sha256,
            sha256=hashlib.sha256(data).hexdigest(),
            number=number,
            base=base,
            this_update=said.this_update,
            next_update=said.next_update,
            serials=_serials(said.entries, is_delta=base is not None),
            entries=said.entries,
        )

    def is_current(self, at: datetime) -> bool:
        """Say whether the list is in force at the time (aware): begun, and not yet due to be replaced."""
        return self.this_update - SKEW <= at < self.next_update

    def entry_of(self, serial: int) -> Entry | None:
        """Return what the list says of a serial that it names; slow, asked only of listed ones.

        None also where an entry before it cannot be read: that it is listed stands all the same.
        """
        try:
            return next((entry for entry in entries_of(self.entries) if entry.serial == serial), None)
        except (ValueError, IndexError):
            return None

    def described(self) -> dict[str, Any]:
        """Return what evidence keeps of the list."""
        return {
            "number": self.number,
            "base_number": self.base,
            "this_update": self.this_update.isoformat(),
            "next_update": self.next_update.isoformat(),
            "sha256": self.sha256,
        }


def _numbers(said: Mapping[str, Extension], issuer: Certificate) -> tuple[int, int | None]:
    """Return the list's number and a delta's base number; raises CrlNotValid for extensions that would mean more."""
    if any(extension.critical and oid != DELTA for oid, extension in said.items()):
        raise CrlNotValid("a critical extension that is not understood")
    if issuer_key_id(said) not in {None, issuer.key_id}:
        raise CrlNotValid("of another authority")
    if NUMBER not in said:
        raise CrlNotValid("without a number")
    return _integer(said[NUMBER]), _integer(said[DELTA]) if DELTA in said else None


def _integer(extension: Extension) -> int:
    return int.from_bytes(der.expect(der.read(extension.value), der.INTEGER).content, "big", signed=True)


def _serials(entries: bytes, *, is_delta: bool) -> frozenset[int]:
    """Return the serials that the list revokes; a delta's "removed from the list" revokes nothing."""
    if not is_delta:
        return frozenset(serials_of(entries))
    return frozenset(entry.serial for entry in entries_of(entries) if entry.reason != REMOVED)
