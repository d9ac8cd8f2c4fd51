"""The least that a hop between processes can be: HTTP/1.1 by hand, and ES256 over one string."""

import asyncio
import base64
import hashlib
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from bench.wire import Address, Line, open_line

_ECDSA = ec.ECDSA(hashes.SHA256())


class Refused(Exception):
    """What came is not what it must be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path, what it is authorised by, its body."""

    path: str
    authorization: bytes
    body: bytes


Work = Callable[[Asked], Awaitable[bytes]]
"""What a process does with a request."""


class Door(asyncio.Protocol):
    """A server's side of one connection; answers 200, or 401 where the work raises Refused."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._received = b""
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Begin the work once a request is whole."""
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        lines = self._received[:end].split(b"\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines[1:])}
        whole = end + 4 + int(headers.get(b"content-length", 0))
        if len(self._received) < whole:
            return
        path = lines[0].split(b" ")[1].decode()
        asked = Asked(path, headers.get(b"authorization", b""), self._received[end + 4 : whole])
        self._received = self._received[whole:]
        task = asyncio.get_running_loop().create_task(self._answer(asked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, asked: Asked) -> None:
        status, body = b"200 OK", b""
        try:
            body = await self._work(asked)
        except Refused:
            status = b"401 Unauthorized"
        self._transport.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))


class Way:
    """A client's side: connections to one address that stay open."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._idle: deque[Line] = deque()

    async def post(self, path: str, authorization: bytes, body: bytes) -> bytes:
        """Post a body; raises Refused for any answer but 200."""
        line = self._idle.pop() if self._idle else await open_line(self._address)
        status, answer = await line.exchange(
            b"POST %b HTTP/1.1\r\nAuthorization: %b\r\nContent-Length: %d\r\n\r\n%b"
            % (path.encode(), authorization, len(body), body)
        )
        self._idle.append(line)
        if status != 200:  # noqa: PLR2004 - HTTP's own number.
            raise Refused
        return answer


def sealed(key: ec.EllipticCurvePrivateKey, head: bytes, payload: bytes) -> bytes:
    """Return a compact JWS (ES256) over the payload; the head is encoded already."""
    signed = head + b"." + encode(payload)
    r, s = utils.decode_dss_signature(key.sign(signed, _ECDSA))
    return signed + b"." + encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def opened(key: ec.EllipticCurvePublicKey, token: bytes) -> Any:  # noqa: ANN401 - JSON of any shape.
    """Return the payload of a compact JWS whose signature holds; raises Refused."""
    signed, _, signature = token.rpartition(b".")
    value = decode(signature)
    try:
        r, s = int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
        key.verify(utils.encode_dss_signature(r, s), signed, _ECDSA)
    except (InvalidSignature, ValueError):
        raise Refused from None
    return json.loads(decode(signed.partition(b".")[2]))


def encode(data: bytes) -> bytes:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """Undo ``encode``."""
    return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))


def digest(body: bytes) -> str:
    """Return what an envelope says of a body."""
    return encode(hashlib.sha256(body).digest()).decode()
