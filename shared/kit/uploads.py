"""Files that a route takes as they are: the gate lets them through unread, bounded in length and time.

Only routes whose ``openapi_extra`` names a scan's media types take any: what the document says is what the gate does.
The route reads the body itself, once it knows who sends it (``scan_bodies.read_scan``); nothing is unpacked.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import Message, Receive, Scope, Send

from shared.kit.problems import BodyTooLarge, RequestTooSlow
from shared.kit.scans import MOST_BYTES, SCAN_TYPES

UPLOAD_SECONDS: Final = 60.0
"""From a file's headers to its last byte: 5 MiB in a minute are 0.7 Mbit/s."""
KINDS: Final = frozenset(kind.encode() for kind in SCAN_TYPES)
SCAN_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A scan, at most 5 MiB: what it is is seen by its content.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in SCAN_TYPES},
    }
}
"""The ``openapi_extra`` of a route that takes a scan."""
_CLOSE: Final = {"Connection": "close"}
"""The rest of the body stays unread, so the connection cannot be used again."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """The routes that take files, with how long and how slow they may be."""

    routes: Sequence[APIRoute] = ()
    most: int = MOST_BYTES
    seconds: float = UPLOAD_SECONDS

    @classmethod
    def among(cls, routes: Iterable[BaseRoute]) -> "Uploads":
        """Return those of the routes that say in the OpenAPI document that they take scans."""
        return cls([route for route in routes if isinstance(route, APIRoute) and _takes_scans(route)])

    def takes(self, scope: Scope, kind: bytes) -> bool:
        """Tell whether a request of this content type is for a route that takes files."""
        return kind in KINDS and any(
            scope["method"] in (route.methods or ()) and route.path_regex.match(scope["path"]) for route in self.routes
        )

    def bounded(self, length: int | None, receive: Receive, send: Send) -> tuple[Receive, Send]:
        """Return the request's channels, which raise BodyTooLarge and RequestTooSlow while the body is read.

        Raises BodyTooLarge for a ``length`` that is told in the head and too much.
        """
        if length is not None and length > self.most:
            raise BodyTooLarge
        body = _Body(self.most, asyncio.get_running_loop().time() + self.seconds, receive, send)
        # A body of told length that nobody reads is thrown away by the server and ends; one in chunks need not end.
        return body.receive, (send if length is not None else body.send)


@dataclass(slots=True)
class _Body:
    """One file on its way in."""

    left: int
    until: float
    source: Receive
    sink: Send
    ended: bool = False

    async def receive(self) -> Message:
        if self.ended:
            return await self.source()
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.source()
        except TimeoutError as slow:
            raise RequestTooSlow(headers=_CLOSE) from slow
        if message["type"] == "http.disconnect":
            raise RequestTooSlow
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise BodyTooLarge(headers=_CLOSE)
        self.ended = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self.ended:
            message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
        await self.sink(message)


def _takes_scans(route: APIRoute) -> bool:
    content = (route.openapi_extra or {}).get("requestBody", {}).get("content", {})
    return set(SCAN_TYPES) <= set(content)
