"""Waiting for a request's answer: one long poll (``Prefer: wait``, RFC 7240) and server-sent events."""

import json
import re
from collections.abc import AsyncIterator
from datetime import datetime

from gateway import journal
from gateway.journal import Request
from gateway.views import view_of
from gateway.watch import changed
from gateway.world import World

LONGEST_WAIT = 60
"""Seconds that ``Prefer: wait`` may ask for; proxies cut longer ones."""
HEARTBEAT = 15.0
"""Seconds between signs of life on an event stream, which are also looks at the database."""


def wait_of(prefer: str | None) -> int:
    """Return the seconds of ``Prefer: wait=N``, within our limit; 0 when it was not asked for."""
    asked = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,4})", prefer or "")
    return min(int(asked.group(1)), LONGEST_WAIT) if asked else 0


async def wait_for_change(world: World, request: Request, seconds: int) -> Request:
    """Return the request as soon as it differs from this version, or as it is when the time is over."""
    with world.watchers.watching(str(request.id)) as event:
        current = await _again(world, request)
        if current.version != request.version:
            return current
        await changed(event, seconds)
    return await _again(world, request)


async def events_of(world: World, request: Request, until: datetime) -> AsyncIterator[bytes]:
    """Yield server-sent events: the request at every change, until it is answered or the login ends.

    Args:
        world: The gateway's world.
        request: The request as it is now.
        until: When the caller's login ends; the client then comes back with a new one.
    """
    with world.watchers.watching(str(request.id)) as event:
        last = 0
        current = await _again(world, request)
        while True:
            if current.version != last:
                last = current.version
                yield _event(world, current)
            if current.state == "answered" or world.now() >= until:
                return
            if not await changed(event, HEARTBEAT):
                yield b": still here\n\n"
            current = await _again(world, request)


def _event(world: World, request: Request) -> bytes:
    data = json.dumps(view_of(request, world.now()).model_dump(mode="json"), ensure_ascii=False)
    return f"event: request\nid: {request.version}\ndata: {data}\n\n".encode()


async def _again(world: World, request: Request) -> Request:
    return await journal.find_own(world.database, request.id, request.account_id) or request
