"""Answers that fail on the wire: cut, reset, one byte a second. They need the connection itself, below ASGI."""

import asyncio
import os
import socket
import struct
from asyncio import Transport
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_KEY: Final = "person_registry.transport"
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Wire:
    """Outermost: keeps the connection of each request at hand.

    ASGI does not offer it, uvicorn's request cycle (the ``self`` of ``receive``) has it; elsewhere it stays unknown
    and such an answer fails loudly.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the transport into the scope."""
        if scope["type"] == "http":
            scope[_KEY] = getattr(getattr(receive, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


class Cut(Response):
    """No answer, or the first half of one with the headers of the whole, and then the end of the connection."""

    def __init__(self, content: bytes | None = None, *, reset: bool = False) -> None:
        super().__init__(content)
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the connection and wait until the server has noticed."""
        transport: Transport = scope[_KEY]
        if self.body:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            half = bytes(self.body[: len(self.body) // 2])
            await send({"type": "http.response.body", "body": half, "more_body": True})
        if self._reset:
            _reset_when_closed(transport)
            transport.abort()
        else:
            transport.close()
        await _left(receive)


class Late(Response):
    """The whole answer after some seconds, unless the caller leaves before."""

    def __init__(self, content: bytes, media_type: str, seconds: float) -> None:
        super().__init__(content, media_type=media_type)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then answer."""
        if not await _left_within(self._seconds, receive):
            await super().__call__(scope, receive, send)


class Drip(Response):
    """An answer that comes byte by byte: each read succeeds in time, the whole never does."""

    def __init__(self, content: bytes, media_type: str, seconds: float = 1.0) -> None:
        super().__init__(content, media_type=media_type)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's own.
        """Send a byte, wait, send the next."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        for at, byte in enumerate(bytes(self.body), start=1):
            await send({"type": "http.response.body", "body": bytes([byte]), "more_body": at < len(self.body)})
            if await _left_within(self._seconds, receive):
                return


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _left_within(seconds: float, receive: Receive) -> bool:
    """Say whether the caller left before the time was over."""
    try:
        async with asyncio.timeout(seconds):
            await _left(receive)
    except TimeoutError:
        return False
    return True


def _reset_when_closed(transport: Transport) -> None:
    """Let the connection close by a TCP reset; a duplicate of its descriptor reaches it under every event loop."""
    descriptor = os.dup(transport.get_extra_info("socket").fileno())
    with socket.socket(fileno=descriptor) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
