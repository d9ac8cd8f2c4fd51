"""The evidence record: one JSON file that holds all that is needed to verify a signature again, offline, years later.

Content, CMS, whom was expected, the authorities, the whole revocation lists (or OCSP answers), the time, the verdict.
"""

import base64
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.ocsp import OcspAnswer
from shared.eds.revocation import MOST_CRL_BYTES, AnyOf, CrlNotValid
from shared.eds.trust import Trust
from shared.eds.verdict import Role, Verdict

FORMAT: Final = "eds-evidence/1"
ListWith = Callable[[str], bytes | None]
"""Returns a revocation list by its SHA-256 (hex), or None where it is not kept: ``CrlStore.list_with``."""


class RecordNotValid(ValueError):
    """The file is no evidence record, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Again:
    """What a second verification came to: its verdict, the code that the record tells, lists that the record lacks.

    ``own_authorities`` says that the record's own authorities were trusted, since nobody gave others. ``by`` is the
    verifier that the record names: another version of the rules may come to another verdict.
    """

    verdict: Verdict
    told: str
    by: str
    at: datetime
    content: bytes
    missing: tuple[str, ...]
    own_authorities: tuple[Certificate, ...]

    @property
    def agrees(self) -> bool:
        """Say whether the verdict is the one that the record tells."""
        return self.verdict.code == self.told


def record_of(
    verdict: tuple[str, Mapping[str, Any]], signed: tuple[bytes, bytes], expected: Expected, list_with: ListWith
) -> dict[str, Any]:
    """Return the record of a verdict, JSON-ready.

    Args:
        verdict: Its code, and its evidence.
        signed: The CMS, and the content.
        expected: Whom the verdict was about.
        list_with: Where the revocation lists are found; one that is not is named in the record and left out.
    """
    code, evidence = verdict
    cms, content = signed
    lists = {digest: list_with(digest) for digest in lists_named_in(evidence)}
    authorities = dict.fromkeys(one for chain in _chains(evidence) for one in chain[1:])
    return {
        "format": FORMAT,
        "verifier": evidence.get("verifier"),
        "at": evidence["at"],
        "code": code,
        "expected": {
            "iin": expected.iin,
            "bin": expected.bin,
            "roles": sorted(expected.roles),
            "within_seconds": expected.within.total_seconds() if expected.within else None,
        },
        "content": _text(content),
        "cms": _text(cms),
        "authorities": list(authorities),
        "lists": [
            {"sha256": digest, "deflated": _text(zlib.compress(der, 9)) if der is not None else None}
            for digest, der in lists.items()
        ],
        "ocsp": [one["ocsp"] for one in _revocations(evidence) if "ocsp" in one],
    }


def lists_named_in(evidence: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the digests (SHA-256, hex) of the revocation lists that a verdict's evidence names, each once."""
    named = (said["sha256"] for one in _revocations(evidence) for name, said in one.items() if name != "ocsp")
    return tuple(dict.fromkeys(named))


def verify_again(record: Mapping[str, Any], trust: Trust | None = None) -> Again:
    """Verify what a record holds as it was verified then; ``trust`` takes the place of the record's own authorities.

    Raises RecordNotValid for anything but a record.
    """
    try:
        if record["format"] != FORMAT:
            raise RecordNotValid("another format of evidence")
        own = tuple(Certificate.read(base64.b64decode(one)) for one in record["authorities"])
        chosen = trust or Trust(own)
        store, missing = _store_of(record, chosen)
        answers = (OcspAnswer(base64.b64decode(one["answer"]), bytes.fromhex(one["nonce"])) for one in record["ocsp"])
        at, content = datetime.fromisoformat(record["at"]), base64.b64decode(record["content"])
        verdict = verify_cms(
            base64.b64decode(record["cms"]),
            content,
            trust=chosen,
            revocation=AnyOf((store, *answers)),
            at=at,
            expected=_expected(record["expected"]),
        )
        told, by = str(record["code"]), str(record["verifier"])
        return Again(verdict, told, by, at, content, missing, () if trust else own)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError, zlib.error) as fault:
        raise RecordNotValid(f"no evidence record, or a damaged one ({type(fault).__name__})") from fault


def _store_of(record: Mapping[str, Any], trust: Trust) -> tuple[CrlStore, tuple[str, ...]]:
    """Return a store with the record's lists, and the digests of those it lacks or that do not hold."""
    store, missing = CrlStore(trust), []
    for one in record["lists"]:
        try:
            deflated = base64.b64decode(one["deflated"] or "")
            taken = store.accept(zlib.decompressobj().decompress(deflated, MOST_CRL_BYTES))
            whole = taken.sha256 == one["sha256"]
        except (CrlNotValid, zlib.error):
            whole = False
        if not whole:
            missing.append(str(one["sha256"]))
    return store, tuple(missing)


def _expected(said: Mapping[str, Any]) -> Expected:
    within = said["within_seconds"]
    numbers = (said["iin"], said["bin"])
    if not all(one is None or isinstance(one, str) for one in numbers):
        raise RecordNotValid("an IIN or a BIN is a text")
    return Expected(
        *numbers,
        roles=frozenset(Role(role) for role in said["roles"]),
        within=None if within is None else timedelta(seconds=within),
    )


def _revocations(evidence: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what the evidence says of revocation: the signer's, and the time stamping authority's."""
    for one in (evidence, evidence.get("time_stamp", {})):
        if one.get("revocation"):
            yield one["revocation"]


def _chains(evidence: Mapping[str, Any]) -> Iterator[list[str]]:
    for one in (evidence, evidence.get("time_stamp", {})):
        if "chain" in one:
            yield one["chain"]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
