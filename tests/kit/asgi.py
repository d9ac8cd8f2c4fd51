"""Asking an application as a server does, byte for byte, without a network."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass
class Told:
    """What an application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


async def ask(  # noqa: PLR0913, PLR0917 - a request has as many parts.
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes | None = None,
    kind: str = "application/json",
    headers: Iterable[tuple[str, str]] = (),
) -> Told:
    """Send one request and return the whole answer."""
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers]
    if body is not None:
        pairs += [(b"content-length", str(len(body)).encode()), (b"content-type", kind.encode())]
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": pairs,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    given = False
    told = Told(0, {}, b"")

    async def receive() -> Message:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body or b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.status = message["status"]
            told.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            told.body += message.get("body", b"")

    await app(scope, receive, send)
    return told
