"""A document in the form that its reader asks for: the sealed original, what it says, a page, a paper."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from gateway.destinations import DESTINATIONS
from gateway.world import World
from shared.kit.http import CallFailed
from shared.kit.problems import NotFound, Unavailable
from shared.law.text import Language

PAPER_SECONDS: Final = 20.0
LIST_SECONDS: Final = 3.0
MOST_OF_A_PAPER: Final = 4_000_000
OK, NOT_FOUND = 200, 404

log = structlog.get_logger()


def languages_for(language: Language) -> tuple[Language, ...]:
    """Return what stands on a paper for a reader of this language: Kazakh and Russian always, English on request."""
    return ("kk", "ru", "en") if language == "en" else ("kk", "ru")


async def paper_of(world: World, service: str, token: str, languages: Sequence[Language]) -> bytes:
    """Return the sealed PDF of a document from the service that issued it, which makes it once and keeps it.

    Raises Unavailable while the service cannot give it, NotFound where it knows no such document.
    """
    body = {"token": token, "languages": list(languages)}
    return await _asked(world, service, "/internal/v1/documents/paper", body, (PAPER_SECONDS, MOST_OF_A_PAPER))


async def status_list_of(world: World, service: str, provider_bin: str) -> bytes:
    """Return a provider's sealed list of documents of a service that no longer stand; raises as ``paper_of`` does."""
    body = {"provider_bin": provider_bin}
    return await _asked(world, service, "/internal/v1/documents/status-list", body, (LIST_SECONDS, MOST_OF_A_PAPER))


async def _asked(world: World, service: str, path: str, body: Mapping[str, object], most: tuple[float, int]) -> bytes:
    destination = DESTINATIONS.get(service)
    if destination is None:
        raise NotFound
    client = world.services[destination.service]
    try:
        answer = await client.post(path, json.dumps(body).encode(), total=most[0], most=most[1])
    except CallFailed as failed:
        log.warning("paper.not_had", why=failed.kind)
        raise Unavailable(retry_after=5) from failed
    if answer.status == NOT_FOUND:
        raise NotFound
    if answer.status != OK:
        log.warning("paper.not_had", status=answer.status)
        raise Unavailable(retry_after=5)
    return answer.body
