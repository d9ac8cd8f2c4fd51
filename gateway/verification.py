"""The public check of a document: what its service says of it now, without personal data."""

import base64
import json
from pathlib import Path
from typing import Any, Final

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from gateway import journal
from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from gateway.schemas.documents import DocumentStatus, DocumentStatusIssuer
from gateway.world import World
from shared.documents.credential import as_document
from shared.eds.certificate import Certificate
from shared.eds.jws import jwk_of
from shared.kit.http import CallFailed
from shared.law.college import COLLEGE
from shared.law.hours import ALMATY
from shared.law.providers import PROVIDERS

STATUS_SECONDS = 2.0
UNCONFIRMED = "unconfirmed"
"""The service does not answer now; the document was valid when it was issued."""
OK, NOT_FOUND = 200, 404

log = structlog.get_logger()


class _Said(BaseModel):
    """What a service says of one of its documents."""

    model_config = ConfigDict(strict=True, frozen=True)
    status: str
    replaced_by: str | None = None


DENIED: Final = _Said(status="denied")


def payload_of(jws: str) -> bytes:
    """Return the exact JSON bytes that a compact JWS seals (RFC 7515, 7.1)."""
    payload = jws.split(".")[1]
    return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))


async def status_of_document(world: World, token: str) -> DocumentStatus | None:
    """Return what anyone may know of the document with this token; None if there is none.

    While the service does not answer the status is not confirmed: the document was valid at ``status_as_of``, when it
    was issued. A document that its service denies is none.
    """
    request = await journal.find_by_token(world.database, token)
    if request is None or request.document is None or request.answered_at is None or request.outcome is None:
        return None
    now = world.now()
    said = await _ask(world, request, token)
    if said == DENIED:
        return None
    document = as_document(json.loads(payload_of(request.document)))
    return DocumentStatus(
        status=said.status if said else UNCONFIRMED,
        checked_at=now.astimezone(ALMATY),
        status_as_of=(now if said else request.answered_at).astimezone(ALMATY),
        kind=document["kind"],
        number=document["number"],
        issued_at=document["issued_at"],
        service=request.service,
        outcome=request.outcome,
        issuer=DocumentStatusIssuer(bin=document["provider"]["bin"], name=document["provider"]["name"]),
        replaced_by=said.replaced_by if said else None,
    )


async def _ask(world: World, request: Request, token: str) -> _Said | None:
    """Return what the service says of its document now, DENIED if it knows none; None while it does not answer."""
    client = world.services[DESTINATIONS[request.service].service]
    try:
        body = json.dumps({"token": token}).encode()
        answer = await client.post("/internal/v1/documents/status", body, total=STATUS_SECONDS)
        if answer.status == NOT_FOUND:
            log.error("document.denied", request_id=str(request.id))
            return DENIED
        return _Said.model_validate_json(answer.body) if answer.status == OK else None
    except (CallFailed, ValidationError):
        return None


def published_keys(folder: Path) -> list[dict[str, Any]]:
    """Return the JWK of every provider's and the medical college's seals, each with its BIN and its time.

    The present one is in ``{bin}.chain.pem``, those before it in ``{bin}.*.chain.pem``: what they sealed still holds.
    The folder may hold other organisations' seals as well: theirs seal no document of a provider.
    """
    found = ((one.bin, file) for one in (*PROVIDERS, COLLEGE) for file in sorted(folder.glob(f"{one.bin}.*pem")))
    return [_published(bin_, Certificate.read_all(file)[0]) for bin_, file in found if file.name.endswith(".chain.pem")]


def _published(bin_: str, seal: Certificate) -> dict[str, Any]:
    """Return a key with whose it is and when it may seal (RFC 7517, 4, allows members of one's own)."""
    validity = {"valid_from": seal.not_before.isoformat(), "valid_until": seal.not_after.isoformat()}
    return {**jwk_of(seal), "organisation_bin": bin_, **validity}
