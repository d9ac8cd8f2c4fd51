"""Whether a certificate still stands: what an answer looks like, and one signed revocation list (RFC 5280, 5)."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, Self

from cryptography import x509

from shared.eds import der
from shared.eds.algorithms import signed_by
from shared.eds.certificate import AlgorithmId, Certificate
from shared.eds.trust import Chain
from shared.eds.verdict import Objection

SKEW: Final = timedelta(minutes=5)
"""How far another system's clock may run ahead of ours."""

MOST_CRL_BYTES: Final = 64 * 1024 * 1024
_UNDERSTOOD = (x509.DeltaCRLIndicator, x509.CRLNumber, x509.AuthorityKeyIdentifier)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a certificate's revocation, with the evidence for it (JSON-ready)."""

    kind: Literal["good", "revoked", "on_hold", "unknown"]
    evidence: dict[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raise Objection unless the certificate is known to be good: unknown is never a pass."""
        if self.kind == "unknown":
            raise Objection("revocation_unknown")
        if self.kind != "good":
            raise Objection(self.kind)


class Revocation(Protocol):
    """Something that knows of revocations: kept lists (``CrlStore``) or one OCSP answer (``OcspAnswer``)."""

    def standing(self, chain: Chain, at: datetime) -> Standing:
        """Return what is known of the chain's certificate at the time (aware); raises nothing."""
        ...


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
    serials: frozenset[int]
    parsed: x509.CertificateRevocationList = field(repr=False)

    @classmethod
    def read(cls, data: bytes, issuer: Certificate) -> Self:
        """Read a DER list of the issuer; raises CrlNotValid for a wrong signature, another issuer, or what it lacks.

        Takes about half a microsecond an entry: to be called off the event loop.
        """
        try:
            return cls._read(data, issuer)
        except CrlNotValid:
            raise
        except Objection as objection:
            raise CrlNotValid(objection.code) from objection
        except Exception as fault:  # A list comes from outside: whatever a parser says of it is one answer.
            raise CrlNotValid("malformed") from fault

    @classmethod
    def _read(cls, data: bytes, issuer: Certificate) -> Self:
        if len(data) > MOST_CRL_BYTES:
            raise CrlNotValid("too_large")
        parsed = x509.load_der_x509_crl(data)
        algorithm = AlgorithmId(parsed.signature_algorithm_oid.dotted_string, None)
        if _issuer_name(data) != issuer.subject:
            raise CrlNotValid("of another authority")
        if not signed_by(issuer, algorithm, parsed.tbs_certlist_bytes, parsed.signature):
            raise CrlNotValid("signature_wrong")
        number, base = _numbers(parsed, issuer)
        if parsed.next_update_utc is None:
            raise CrlNotValid("without an end")
        return cls(
            authority_sha256=issuer.sha256,
            sha256=hashlib.sha256(data).hexdigest(),
            number=number,
            base=base,
            this_update=parsed.last_update_utc,
            next_update=parsed.next_update_utc,
            serials=_serials(parsed, is_delta=base is not None),
            parsed=parsed,
        )

    def is_current(self, at: datetime) -> bool:
        """Say whether the list is in force at the time (aware): begun, and not yet due to be replaced."""
        return self.this_update - SKEW <= at < self.next_update

    def is_on_hold(self, serial: int) -> bool:
        """Say whether a listed serial is on hold, not revoked for good; slow, asked only of listed ones."""
        entry = self.parsed.get_revoked_certificate_by_serial_number(serial)
        return entry is not None and _reason(entry) is x509.ReasonFlags.certificate_hold

    def described(self) -> dict[str, Any]:
        """Return what evidence keeps of the list."""
        return {
            "number": self.number,
            "base_number": self.base,
            "this_update": self.this_update.isoformat(),
            "next_update": self.next_update.isoformat(),
            "sha256": self.sha256,
        }


def _issuer_name(data: bytes) -> bytes:
    """Return the raw issuer name, which the library would only give decoded and with warnings for long names."""
    (whole,) = der.shallow(data)
    tbs = der.shallow(data, whole.content_start, whole.end)[0]
    fields = der.shallow(data, tbs.content_start, tbs.end)
    return fields[2].raw if fields[0].tag == der.INTEGER else fields[1].raw


def _numbers(parsed: x509.CertificateRevocationList, issuer: Certificate) -> tuple[int, int | None]:
    """Return the list's number and a delta's base number; raises CrlNotValid for extensions that would mean more."""
    number, base = None, None
    for extension in parsed.extensions:
        value = extension.value
        if extension.critical and not isinstance(value, _UNDERSTOOD):
            raise CrlNotValid("a critical extension that is not understood")
        if isinstance(value, x509.CRLNumber):
            number = value.crl_number
        if isinstance(value, x509.DeltaCRLIndicator):
            base = value.crl_number
        if isinstance(value, x509.AuthorityKeyIdentifier) and value.key_identifier not in {None, issuer.key_id}:
            raise CrlNotValid("of another authority")
    if number is None:
        raise CrlNotValid("without a number")
    return number, base


def _serials(parsed: x509.CertificateRevocationList, *, is_delta: bool) -> frozenset[int]:
    """Return the serials that the list revokes; a delta's "removed from the list" revokes nothing."""
    if not is_delta:
        return frozenset(entry.serial_number for entry in parsed)
    return frozenset(entry.serial_number for entry in parsed if _reason(entry) is not x509.ReasonFlags.remove_from_crl)


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            return extension.value.reason
    return None
