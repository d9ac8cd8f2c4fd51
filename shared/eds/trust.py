"""Whom we trust: authorities pinned by configuration, by the SHA-256 of their DER; never by what a message brings."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from shared.eds.algorithms import signed_by
from shared.eds.certificate import Certificate
from shared.eds.extensions import understood
from shared.eds.verdict import Objection
from shared.eds.words import said_of

MOST_AUTHORITIES: Final = 4
MOST_CHAINS_KEPT: Final = 4_096


@dataclass(frozen=True, slots=True)
class Chain:
    """A certificate and the pinned authorities over it, the issuing one first, the root last; signatures hold."""

    certificate: Certificate
    authorities: tuple[Certificate, ...]

    @property
    def issuer(self) -> Certificate:
        """Return the authority that issued the certificate."""
        return self.authorities[0]

    def check_time(self, at: datetime) -> None:
        """Raise Objection unless every certificate is in force at the time (aware)."""
        leaf = self.certificate
        if at < leaf.not_before:
            raise Objection("not_yet_valid", since=said_of(leaf.not_before))
        if at > leaf.not_after:
            raise Objection("expired", until=said_of(leaf.not_after))
        if not all(authority.in_force(at) for authority in self.authorities):
            raise Objection("authority_rotated")


class Trust:
    """The pinned authorities, with the chains that have already been found to hold.

    A chain is kept by the SHA-256 of the certificate's full DER; what depends on time is not kept.
    Safe to use from several threads: entries are only ever added whole or dropped all at once.
    """

    def __init__(self, anchors: Iterable[Certificate]) -> None:
        self.anchors = tuple(anchors)
        self._chains: dict[str, Chain] = {}
        self._above: dict[str, tuple[Certificate, ...]] = {}
        for anchor in self.anchors:
            _check_authority(anchor)
        if len({is_test(anchor) for anchor in self.anchors}) > 1:
            raise ValueError("production and test authorities are pinned together")

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """Pin every certificate in the folder's ``*.cer`` and ``*.pem``.

        Raises ValueError where there is none, one is no authority's, or production and test authorities are mixed.
        """
        paths = sorted(path for path in folder.iterdir() if path.suffix in {".cer", ".pem"})
        anchors = {found.sha256: found for path in paths for found in Certificate.read_all(path)}
        if not anchors:
            raise ValueError(f"no pinned authority in {folder}")
        return cls(anchors.values())

    @property
    def is_test(self) -> bool:
        """Say whether the pinned authorities are test ones: what they certify proves nothing about a person."""
        return any(is_test(anchor) for anchor in self.anchors)

    def is_pinned(self, certificate: Certificate) -> bool:
        """Say whether exactly this certificate is one of the pinned."""
        return any(certificate.sha256 == anchor.sha256 for anchor in self.anchors)

    def chain_of(self, der: bytes) -> Chain:
        """Return the certificate with its authorities.

        Raises ValueError for bytes that are no certificate, Objection where no pinned authority issued it.
        """
        digest = hashlib.sha256(der).hexdigest()
        known = self._chains.get(digest)
        if known is None:
            known = self._build(Certificate.read(der))
            if len(self._chains) >= MOST_CHAINS_KEPT:
                self.forget()
            self._chains[digest] = known
        return known

    def read(self, der: bytes) -> Certificate:
        """Return the certificate, already read where its chain is kept; whether it is trusted is for ``chain_of``."""
        known = self._chains.get(hashlib.sha256(der).hexdigest())
        return known.certificate if known else Certificate.read(der)

    def forget(self) -> None:
        """Drop every kept chain: to be called when revocation lists or the pinned authorities change."""
        self._chains = {}

    def _build(self, certificate: Certificate) -> Chain:
        """Find the pinned authority that issued the certificate, and its way up to a pinned root."""
        if not understood(certificate.extensions):
            raise Objection("purpose_not_signing")
        authority = self._issuer_of(certificate)
        if authority is None:
            raise Objection("untrusted_authority")
        return Chain(certificate, self._authorities_from(authority))

    def _authorities_from(self, authority: Certificate) -> tuple[Certificate, ...]:
        """Climb from a pinned authority to a pinned root; an authority is verified once and its way kept."""
        known = self._above.get(authority.sha256)
        if known is not None:
            return known
        way: list[Certificate] = []
        above: Certificate | None = authority
        while above is not None and len(way) < MOST_AUTHORITIES:
            _check_path_length(above, len(way))
            way.append(above)
            if above.subject == above.issuer:
                self._above[authority.sha256] = tuple(way)
                return tuple(way)
            above = self._issuer_of(above)
        raise Objection("untrusted_authority")

    def _issuer_of(self, certificate: Certificate) -> Certificate | None:
        """Return the pinned authority whose name, key id and signature the certificate carries."""
        for anchor in self.anchors:
            if anchor.subject != certificate.issuer or certificate.sha256 == anchor.sha256:
                continue
            if certificate.issuer_key_id is not None and certificate.issuer_key_id != anchor.key_id:
                continue
            if signed_by(anchor, certificate.signature_algorithm, certificate.tbs, certificate.signature):
                return anchor
        return None


def is_test(authority: Certificate) -> bool:
    """Say whether an authority's name says that it is a test one, as the real test authority's does, and our stub's."""
    return any("TEST" in re.split(r"[^A-Z]+", text) for _, text in authority.attributes)


def _check_authority(anchor: Certificate) -> None:
    """Raise ValueError where a pinned certificate may not sign certificates: a mistake of configuration."""
    if anchor.authority is None or not {"keyCertSign", "cRLSign"} <= anchor.usages:
        raise ValueError("a pinned certificate is no certification authority")
    if not understood(anchor.extensions):
        raise ValueError("a pinned authority has a critical extension that is not understood")


def _check_path_length(authority: Certificate, authorities_below: int) -> None:
    """Raise Objection where the authority may not have so many authorities under it (RFC 5280, 4.2.1.9)."""
    constraints = authority.authority
    if constraints is None or (constraints.below is not None and authorities_below > constraints.below):
        raise Objection("untrusted_authority")
