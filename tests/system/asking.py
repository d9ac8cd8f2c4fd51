"""Asking an application what a server would ask it, to the byte, without a network."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message

from tests.translations import untranslated

Header = tuple[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; ``target`` as the request line has it, percent-encoded; ``kind`` is the body's content type."""

    method: str
    target: str
    body: bytes | None = None
    headers: tuple[Header, ...] = ()
    kind: str | None = "application/json"
    address: str = "192.0.2.7"

    def scope(self) -> dict[str, Any]:
        """Return the ASGI scope that uvicorn makes of it."""
        path, _, query = self.target.partition("?")
        pairs = [(name.lower().encode(), _bytes(value)) for name, value in self.headers]
        if self.body is not None:
            pairs.append((b"content-length", b"%d" % len(self.body)))
            if self.kind is not None:
                pairs.append((b"content-type", self.kind.encode()))
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": pairs,
            "client": (self.address, 40_000),
            "server": ("127.0.0.1", 80),
            "state": {},
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What an application answered; header names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    def but_for_its_trace(self) -> str:
        """Return all that an outsider can compare of an answer: status, headers, body."""
        body = {name: value for name, value in self.json.items() if name != "trace_id"}
        return json.dumps([self.status, self.headers, body])

    def header(self, name: str) -> str:
        return next((value for found, value in self.headers if found == name), "")


async def ask(app: ASGIApp, asked: Asked) -> Told:
    """Send one request and return the whole answer; the caller stays until it is there."""
    status, parts = 0, list[bytes]()
    headers: tuple[tuple[str, str], ...] = ()
    given, answered = False, asyncio.Event()

    async def receive() -> Message:
        nonlocal given
        if given:
            await answered.wait()
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": asked.body or b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], tuple(_decoded(message["headers"]))
            return
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            answered.set()

    await app(asked.scope(), receive, send)
    told = Told(status, headers, b"".join(parts))
    if told.body and told.header("content-type").partition(";")[0].endswith("json"):
        assert list(untranslated(told.json)) == [], f"{asked.method} {asked.target}"
    return told


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
    return ((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
