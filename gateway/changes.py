"""Asking the services what has become of what they granted: every second, and at once where we know that it changed.

A service tells a change again until it is heard, so that a failure on either side loses nothing (docs/decisions/0012).
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Final
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from gateway import standings
from gateway.destinations import DESTINATIONS, Destination
from gateway.journal import Request
from gateway.standings import Change
from gateway.world import World
from shared.kit.http import CallFailed
from shared.kit.logs import log_failure

PATH: Final = "/internal/v1/changes"
EVERY_SECONDS: Final = 1.0
LONGEST_PAUSE: Final = 15.0
"""Between two questions to a service that does not answer."""
SECONDS: Final = 3.0
ROUNDS: Final = 50
"""A service that never hears that we have heard is asked no more often at a time."""
_OK: Final = 200


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)
    request_id: UUID
    state: str
    moved_to: UUID | None
    changed_at: AwareDatetime


class _Changes(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)
    changes: list[_Told]


async def take_changes(world: World, destination: Destination) -> int:
    """Store all that a service has to tell; return how many requests stood otherwise before. Raises CallFailed."""
    stored, heard = 0, list[_Told]()
    for _ in range(ROUNDS):
        heard = await _ask(world, destination, heard)
        if not heard:
            break
        changes = [Change(one.request_id, one.state, one.moved_to, one.changed_at) for one in heard]
        stored += await standings.store(world.database, destination.code, changes, world.now())
    return stored


async def take_after(world: World, request: Request) -> None:
    """Take what changed together with an answer: the appointment that it moved. What fails is taken a little later."""
    displaces = '"moves"' in request.form or "moves_earlier_appointment" in request.notices
    if DESTINATIONS[request.service].changes_later and request.outcome == "granted" and displaces:
        with suppress(CallFailed):
            await take_changes(world, DESTINATIONS[request.service])


async def keep_taking(world: World) -> None:
    """Take changes every second until cancelled; a service that is silent is left alone for longer and longer."""
    pause = EVERY_SECONDS
    while True:
        try:
            for destination in DESTINATIONS.values():
                if destination.changes_later and destination.service in world.services:
                    await take_changes(world, destination)
            pause = EVERY_SECONDS
        except CallFailed:
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while; the next turn does it.
            log_failure("changes.failed", error)
            pause = min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _ask(world: World, destination: Destination, heard: Sequence[_Told]) -> list[_Told]:
    said = [{"request_id": str(one.request_id), "state": one.state} for one in heard]
    body = json.dumps({"heard": said}).encode()
    answer = await world.services[destination.service].post(PATH, body, total=SECONDS)
    if answer.status != _OK:
        raise CallFailed("broken")
    try:
        return _Changes.model_validate_json(answer.body).changes
    except ValidationError:
        raise CallFailed("broken") from None
