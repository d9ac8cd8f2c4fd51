"""Revocation lists: a full one every hour and at each revocation, and a delta beside it (RFC 5280, 5)."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from nca_stub.authority import Authority
from nca_stub.register import HOLD, Reason, Revocation, write_file
from nca_stub.resigning import signed_list

LIFE: Final = timedelta(hours=24)
EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Published:
    """The last lists: their number, when (ISO, UTC), and the base of the delta. The base moves on every hour."""

    number: int = 0
    at: str = ""
    base_number: int = 0
    base_at: str = ""


@dataclass(frozen=True, slots=True)
class RevocationLists:
    """Publishes an authority's lists into its folder; numbers only ever grow."""

    authority: Authority

    def full(self, now: datetime) -> bytes:
        """Return the full list's DER, published anew where the last one is an hour old or from another time."""
        self._keep_fresh(now)
        return (self.authority.folder / "lists" / "full.crl").read_bytes()

    def delta(self, now: datetime) -> bytes:
        """Return the delta list's DER."""
        self._keep_fresh(now)
        return (self.authority.folder / "lists" / "delta.crl").read_bytes()

    def revoke(self, serial: int, reason: Reason, now: datetime) -> None:
        """Revoke a certificate and publish; raises KeyError for a serial that was never issued."""
        register = self.authority.register
        with register.locked():
            if not register.is_issued(serial):
                raise KeyError("The serial number was never issued.")
            register.put_revocation(Revocation(serial, reason, now.astimezone(UTC)))
            self._publish(now, is_base=False)

    def release(self, serial: int, now: datetime) -> None:
        """Release a certificate from its hold and publish; raises KeyError where it is not on hold."""
        register = self.authority.register
        with register.locked():
            held = register.revocation_of(serial)
            if held is None or held.reason != HOLD or held.released_at is not None:
                raise KeyError("The certificate is not on hold.")
            register.put_revocation(replace(held, released_at=now.astimezone(UTC)))
            self._publish(now, is_base=False)

    def number(self) -> int:
        """Return the number of the last list, 0 before the first."""
        return self._published().number

    def publish(self, now: datetime) -> None:
        """Publish both lists anew."""
        with self.authority.register.locked():
            self._publish(now, is_base=True)

    def build_full(self, number: int, this_update: datetime) -> x509.CertificateRevocationList:
        """Build a full list with any number and time: for publishing, and for stale lists in tests."""
        entries = [_entry(one, one.reason) for one in self.authority.register.revocations() if one.released_at is None]
        return self._sign(entries, [x509.CRLNumber(number)], this_update)

    def _keep_fresh(self, now: datetime) -> None:
        with self.authority.register.locked():
            at = self._published().at
            if not at or not timedelta() <= now - datetime.fromisoformat(at) < EVERY:
                self._publish(now, is_base=True)

    def _publish(self, now: datetime, *, is_base: bool) -> None:
        """Write both lists and what is known of them; the caller holds the lock."""
        last = self._published()
        at = now.astimezone(UTC).isoformat()
        published = _Published(last.number + 1, at, last.base_number, last.base_at)
        if is_base or not last.number:
            published = _Published(last.number + 1, at, last.number + 1, at)
        folder = self.authority.folder / "lists"
        write_file(folder / "full.crl", self.build_full(published.number, now).public_bytes(Encoding.DER))
        write_file(folder / "delta.crl", self._build_delta(published, now).public_bytes(Encoding.DER))
        write_file(folder / "published.json", json.dumps(asdict(published)).encode())

    def _build_delta(self, published: _Published, now: datetime) -> x509.CertificateRevocationList:
        """Build what has changed since the base: revocations, and releases of what the base held."""
        since = datetime.fromisoformat(published.base_at)
        entries = []
        for one in self.authority.register.revocations():
            if one.released_at is None and one.revoked_at > since:
                entries.append(_entry(one, one.reason))
            elif one.released_at is not None and one.released_at > since >= one.revoked_at:
                entries.append(_entry(one, "removeFromCRL"))
        numbers = [x509.CRLNumber(published.number), x509.DeltaCRLIndicator(published.base_number)]
        return self._sign(entries, numbers, now)

    def _sign(
        self, entries: list[x509.RevokedCertificate], numbers: list[x509.ExtensionType], this_update: datetime
    ) -> x509.CertificateRevocationList:
        issuing = self.authority.issuing
        identifier = issuing.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        builder = x509.CertificateRevocationListBuilder(issuing.subject, revoked_certificates=entries)
        builder = builder.last_update(this_update).next_update(this_update + LIFE)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        for number in numbers:
            builder = builder.add_extension(number, critical=isinstance(number, x509.DeltaCRLIndicator))
        return signed_list(builder, self.authority.issuing_key)

    def _published(self) -> _Published:
        path = self.authority.folder / "lists" / "published.json"
        return _Published(**json.loads(path.read_bytes())) if path.is_file() else _Published()


def _entry(revocation: Revocation, reason: str) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder(revocation.serial, revocation.revoked_at.replace(tzinfo=None))
    if reason != "unspecified":
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags(reason)), critical=False)
    return builder.build()


def lists_of(authorities: Iterable[Authority], serial: int) -> RevocationLists:
    """Return the lists of whichever authority issued the serial number; raises KeyError where none did."""
    for authority in authorities:
        if authority.register.is_issued(serial):
            return RevocationLists(authority)
    raise KeyError("The serial number was never issued.")
