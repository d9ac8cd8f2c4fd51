"""The door of every service: what is no JSON of sane size and shape is turned away before any code of ours reads it."""

import asyncio
from dataclasses import dataclass, replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kit.language import language_in
from shared.kit.plain_json import check_json
from shared.kit.problem_answers import problem_answer
from shared.kit.problems import BadRequest, BodyTooLarge, Problem, RequestTooSlow, UnsupportedMediaType
from shared.kit.uploads import Uploads

BODY_SECONDS = 10.0
"""From a request's headers to the last byte of its body."""
MOST_LENGTH_DIGITS = 15
JSON = b"application/json"
OTHERS = frozenset(
    {
        b"application/cms",
        b"application/pkcs7-signature",
        b"application/ocsp-request",
        b"application/timestamp-query",
        b"application/jose",
        b"application/pdf",
        b"application/x-www-form-urlencoded",
        b"multipart/form-data",
    }
)
"""Bodies that are no JSON: few routes take any, and those say which; they are handed on as they come."""


NO_UPLOADS = Uploads()


class Gate:
    """Reads the body, checks it, and hands it on whole; a file for a route that takes any is handed on as it comes."""

    def __init__(
        self, app: ASGIApp, *, most: int = 1_000_000, seconds: float = BODY_SECONDS, uploads: Uploads = NO_UPLOADS
    ) -> None:
        """Let bodies of at most ``most`` bytes through that arrive within ``seconds``, and files of ``uploads``."""
        self._app = app
        self._most = most
        self._seconds = seconds
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request's body; without one it costs a look at the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            head = _head_of(scope)
            if head.length != 0 and not head.encoded and self._uploads.takes(scope, head.kind):
                receive, send = self._uploads.bounded(head.length, receive, send)
            elif head.length != 0:
                body = await self._admitted(head, receive)
                receive = _replayed(body, receive)
        except Problem as problem:
            if not isinstance(problem, BadRequest):
                # The rest of the body stays unread, so the connection cannot be used again.
                problem.headers["Connection"] = "close"
            await problem_answer(problem, language_in(scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _admitted(self, head: "_Head", receive: Receive) -> bytes:
        if head.length is not None and head.length > self._most:
            raise BodyTooLarge
        if head.encoded or (head.kind != JSON and head.kind not in OTHERS):
            raise UnsupportedMediaType
        body = await self._read(receive)
        if body and head.kind == JSON:
            check_json(body)
        return body

    async def _read(self, receive: Receive) -> bytes:
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RequestTooSlow
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > self._most:
                        raise BodyTooLarge
                    more = message.get("more_body", False)
        except TimeoutError as slow:
            raise RequestTooSlow from slow
        return b"".join(parts)


@dataclass(slots=True)
class _Head:
    """What the headers tell of the body; ``length`` is None when it comes in chunks."""

    length: int | None = 0
    kind: bytes = b""
    encoded: bool = False


def _head_of(scope: Scope) -> _Head:
    head, chunked = _Head(), False
    for name, value in scope["headers"]:
        if name == b"content-length":
            if not value.isdigit() or len(value) > MOST_LENGTH_DIGITS:
                raise BodyTooLarge
            head.length = int(value)
        elif name == b"transfer-encoding":
            chunked = True
        elif name == b"content-type":
            if head.kind:
                raise UnsupportedMediaType  # Two names: what is checked under one could be read under the other.
            kind, _, parameters = value.lower().partition(b";")
            head.kind = kind.strip()
            # RFC 8259, 8.1: JSON between systems is UTF-8; a charset that says otherwise is not believed but refused.
            head.encoded |= b"charset" in parameters and b"utf-8" not in parameters
        elif name == b"content-encoding":
            head.encoded |= value.lower() != b"identity"
    # RFC 9112, 6.3: chunks are what is read, whatever length was told before or after them.
    return replace(head, length=None) if chunked else head


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
