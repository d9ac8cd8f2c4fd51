"""The public check as one thing for pages and API: a document by its token, its content by the code, a file."""

import asyncio
import hmac
from dataclasses import dataclass
from typing import Final

from gateway import journal
from gateway.schemas.documents import DocumentStatus
from gateway.verification import status_of_document
from gateway.world import World
from shared.documents.check import check_file
from shared.documents.findings import Report
from shared.documents.sealed import TOKEN, Sealed, plain_code
from shared.documents.terms import Terms

TOKEN_PATTERN: Final = r"^[A-Za-z0-9_-]{16,200}$"  # noqa: S105 - the shape of a token, not one.


@dataclass(frozen=True, slots=True)
class Found:
    """A document and how it stands now."""

    status: DocumentStatus
    sealed: Sealed


async def find(world: World, token: str) -> Found | None:
    """Return the document with this token, None where there is none."""
    if not TOKEN.fullmatch(token):
        return None
    status = await status_of_document(world, token)
    if status is None:
        return None
    request = await journal.find_by_token(world.database, token)
    if request is None or request.document is None:
        return None
    return Found(status, Sealed.read(request.document))


def fits(sealed: Sealed, typed: str) -> bool:
    """Say whether what was typed is the code on the document's paper."""
    return hmac.compare_digest(plain_code(typed).encode(), sealed.code.encode())


async def check(world: World, data: bytes) -> Report:
    """Say what of a file holds now, revocation included."""
    return await asyncio.to_thread(check_file, data, Terms(world.trust, world.now(), world.revocation))
