"""Waiting for a request's answer: one long poll (``Prefer: wait``, RFC 7240) and server-sent events."""

import asyncio
import json
import re
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from gateway import journal
from gateway.identity import Session, SessionNotValid, still_open
from gateway.journal import Request
from gateway.standings import may_change
from gateway.views import view_of
from gateway.watch import HEARTBEAT, changed
from gateway.world import World

LONGEST_WAIT = 60
"""Seconds that ``Prefer: wait`` may ask for; proxies cut longer ones."""
_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def wait_of(prefer: str | None) -> int:
    """Return the seconds of ``Prefer: wait=N``, within our limit; 0 when it was not asked for."""
    asked = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,4})", prefer or "")
    return min(int(asked.group(1)), LONGEST_WAIT) if asked else 0


async def wait_for_change(world: World, request: Request, session: Session, seconds: int) -> Request:
    """Return the request as soon as it differs from this version, or as it is when the time is over.

    Raises:
        TooManyWaiting: So many calls of this account wait already.
        SessionNotValid: The session has ended meanwhile.
    """
    with world.watchers.watching(str(request.id), session.account_id) as event:
        current = await _again(world, request)
        if current.version != request.version:
            return current
        await changed(event, seconds)
    if not await still_open(world, session):
        raise SessionNotValid
    return await _again(world, request)


class EventStream(StreamingResponse):
    """Server-sent events: the request at every change, until there can be none or the login or this process ends."""

    def __init__(self, world: World, request: Request, session: Session) -> None:
        """Take the request as it is now, and whose login it is followed by."""
        super().__init__((), media_type="text/event-stream", headers=_STREAM_HEADERS)
        self._followed = (world, request, session)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer once there is a place to wait in; raises TooManyWaiting before anything is sent."""
        world, request, session = self._followed
        with world.watchers.watching(str(request.id), session.account_id) as event:
            self.body_iterator = _events(world, request, session, event)
            await super().__call__(scope, receive, send)


async def _events(world: World, request: Request, session: Session, event: asyncio.Event) -> AsyncIterator[bytes]:
    last = 0
    while await still_open(world, session):
        current = await _again(world, request)
        if current.version != last:
            last = current.version
            yield _event(world, current)
        if not may_change(current) or world.now() >= session.expires_at or world.watchers.closed:
            return
        if not await changed(event, HEARTBEAT):
            yield b": still here\n\n"


def _event(world: World, request: Request) -> bytes:
    data = json.dumps(view_of(request, world.now()).model_dump(mode="json"), ensure_ascii=False)
    return f"event: request\nid: {request.version}\ndata: {data}\n\n".encode()


async def _again(world: World, request: Request) -> Request:
    return await journal.find(world.database, request.id) or request
