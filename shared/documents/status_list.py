"""The list of a provider's documents that no longer stand, sealed as a document is, in force for an hour.

It names documents by the SHA-256 of their tokens, so that it tells nothing to whoever has no document.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.documents.findings import Finding
from shared.documents.sealed import Sealed
from shared.documents.terms import Terms
from shared.eds.jws import SealNotValid, open_sealed

STATUS_LIST_TYPE: Final = "phc-status-list+json"
IN_FORCE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A document that no longer stands, since when (aware)."""

    token: str
    status: str
    since: datetime


def status_list(provider_bin: str, service: str, at: datetime, fallen: Iterable[Fallen]) -> bytes:
    """Return the bytes of a list to be sealed: what one provider's documents of one service have come to by ``at``."""
    said = {
        "provider_bin": provider_bin,
        "service": service,
        "issued_at": at.isoformat(timespec="seconds"),
        "valid_until": (at + IN_FORCE).isoformat(timespec="seconds"),
        "documents": [
            {
                "token_sha256": print_of(one.token),
                "status": one.status,
                "since": one.since.isoformat(timespec="seconds"),
            }
            for one in fallen
        ],
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def print_of(token: str) -> str:
    """Return how a list names the document with this token: the SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def standing_of(sealed: Sealed, jws: str, terms: Terms) -> Finding:
    """Say whether a document stands by a sealed list (a compact JWS)."""
    document = sealed.document
    try:
        payload = open_sealed(
            jws.strip(), typ=STATUS_LIST_TYPE, trust=terms.trust, at=terms.at, bin=str(document["provider"]["bin"])
        )
        said = json.loads(payload)
        if said["service"] != document["service"]["code"]:
            return Finding.of("standing", "list_of_another", holds=None)
        if datetime.fromisoformat(said["valid_until"]) < terms.at:
            return Finding.of("standing", "list_too_old", holds=None)
        print_ = print_of(sealed.token)
        status = next((one["status"] for one in said["documents"] if one["token_sha256"] == print_), None)
    except SealNotValid as fault:
        of_another = fault.code in {"bin_differs", "typ_differs"}
        return Finding.of("standing", "list_of_another" if of_another else "list_not_valid", holds=None)
    except (KeyError, TypeError, ValueError):
        return Finding.of("standing", "list_not_valid", holds=None)
    return Finding.of("standing", status)
