"""The kept revocation lists: swapped whole, never rolled back, and judged by the time that is asked for."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

from shared.eds.crl_fields import HOLD
from shared.eds.revocation import Crl, CrlNotValid, Standing
from shared.eds.trust import Chain, Trust

KEPT: Final = "kept"
"""The folder inside the store's with every list that was ever taken, by its digest: evidence names them by it."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Lists:
    """An authority's full list and its delta, with their bytes on disk where a folder was given."""

    full: Crl | None = None
    delta: Crl | None = None

    def newest_delta(self) -> Crl | None:
        """Return the delta unless the full list is newer: the union of both is what is revoked."""
        if self.delta is None or (self.full is not None and self.delta.this_update < self.full.this_update):
            return None
        return self.delta


class CrlStore:
    """The lists of every pinned authority. A list with a lower number than the kept one is refused.

    With a folder, lists survive a restart there, so that a restart rolls nothing back. Safe for several threads.
    """

    def __init__(self, trust: Trust, folder: Path | None = None) -> None:
        self._trust = trust
        self._folder = folder
        self._lock = Lock()
        self._lists: Mapping[str, _Lists] = {}

    def restore(self) -> tuple[str, ...]:
        """Take up the lists of the folder; returns the names of files that were not taken, for the caller to report."""
        refused = []
        for path in sorted(self._folder.glob("*.crl")) if self._folder and self._folder.is_dir() else ():
            try:
                self._take(path.read_bytes())
            except CrlNotValid:
                refused.append(path.name)
        return tuple(refused)

    def accept(self, der: bytes) -> Crl:
        """Check a list (full or delta, DER) and keep it; raises CrlNotValid where it is not taken.

        Chains that were kept are dropped when a list changes. To be called off the event loop.
        """
        taken = self._take(der)
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            kind = "full" if taken.base is None else "delta"
            path = self._folder / f"{taken.authority_sha256[:16]}.{kind}.crl"
            kept = self._folder / KEPT / f"{taken.sha256}.crl"
            kept.parent.mkdir(exist_ok=True)
            for place in (kept, path):
                # A name of its own: several processes may share the folder.
                fresh = place.with_name(f"{place.stem}.{secrets.token_hex(8)}.new")
                fresh.write_bytes(der)
                fresh.replace(place)
        return taken

    def list_with(self, sha256: str) -> bytes | None:
        """Return the DER of a list that was once taken, by its digest (lower-case hex), where a folder keeps them."""
        path = self._folder / KEPT / f"{sha256}.crl" if self._folder and _DIGEST.fullmatch(sha256) else None
        return path.read_bytes() if path is not None and path.is_file() else None

    def standing(self, chain: Chain, at: datetime) -> Standing:
        """Say what the kept lists know of the chain's certificate at the time (aware)."""
        lists = self._lists.get(chain.issuer.sha256, _Lists())
        if lists.full is None or not lists.full.is_current(at):
            return Standing("unknown")
        evidence: dict[str, Any] = {"crl": lists.full.described()}
        delta = lists.newest_delta()
        if delta is not None:
            evidence["delta_crl"] = delta.described()
        for listed in (lists.full, delta):
            if listed is not None and chain.certificate.serial in listed.serials:
                entry = listed.entry_of(chain.certificate.serial)
                on_hold = entry is not None and entry.reason == HOLD
                return Standing("on_hold" if on_hold else "revoked", evidence, entry.since if entry else None)
        return Standing("good", evidence)

    def is_ready(self, at: datetime) -> bool:
        """Say whether at least one authority's full list is in force at the time: what a readiness check asks."""
        return any(lists.full is not None and lists.full.is_current(at) for lists in self._lists.values())

    def described(self) -> dict[str, dict[str, Any]]:
        """Return number, times and digest of every kept full list by its authority's SHA-256."""
        return {key: lists.full.described() for key, lists in self._lists.items() if lists.full is not None}

    def _take(self, der: bytes) -> Crl:
        crl = self._read(der)
        with self._lock:
            lists = self._lists.get(crl.authority_sha256, _Lists())
            kept = lists.full if crl.base is None else lists.delta
            if kept is not None and (crl.number, crl.this_update) < (kept.number, kept.this_update):
                raise CrlNotValid("older than the kept list")
            if kept is None or kept.sha256 != crl.sha256:
                changed = replace(lists, full=crl) if crl.base is None else replace(lists, delta=crl)
                self._lists = {**self._lists, crl.authority_sha256: changed}
                self._trust.forget()
        return crl

    def _read(self, der: bytes) -> Crl:
        """Read the list under whichever pinned authority signed it."""
        why = CrlNotValid("of another authority")
        for anchor in self._trust.anchors:
            try:
                return Crl.read(der, anchor)
            except CrlNotValid as refusal:
                if str(refusal) != str(why):
                    why = refusal
        raise why
