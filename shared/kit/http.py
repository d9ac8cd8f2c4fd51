"""The only HTTP client of the services: a total time limit, capped bodies, no redirects, no proxies."""

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import aiohttp
from aiohttp.abc import AbstractResolver

from shared.kit.clock import Clock, SystemClock
from shared.kit.envelope import Envelopes
from shared.kit.trace import current_trace

FailureKind = Literal["unreachable", "too_slow", "too_large", "redirected", "broken"]
KEEP_ALIVE = 4.0
"""Seconds that an idle connection is kept: less than our servers' five, so that none is used while they close it."""


class CallFailed(Exception):
    """A call to another system brought no answer that can be used; ``kind`` says why."""

    def __init__(self, kind: FailureKind) -> None:
        super().__init__(kind)
        self.kind: FailureKind = kind


@dataclass(frozen=True, slots=True)
class Call:
    """One call: at most ``total`` seconds from its beginning to the last byte, at most ``most`` bytes of answer."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    total: float = 3.0
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``headers`` by lower-case name, ``at`` by our clock when the last byte was here."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


class HttpClient:
    """Connections to other systems; belongs to the event loop that first calls."""

    def __init__(
        self, clock: Clock | None = None, *, connections: int = 100, resolver: AbstractResolver | None = None
    ) -> None:
        """Look hosts up by ``resolver``, the machine's own way unless told."""
        self._clock, self._resolver = clock or SystemClock(), resolver
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def call(self, call: Call) -> Answer:
        """Make one call.

        Raises:
            CallFailed: unreachable, too_slow, too_large, redirected (3xx), or broken on the way.
        """
        try:
            async with asyncio.timeout(call.total):
                return await self._exchange(call)
        except TimeoutError as slow:
            raise CallFailed("too_slow") from slow
        except aiohttp.ClientConnectorError as away:
            raise CallFailed("unreachable") from away
        except (aiohttp.ClientError, OSError, zlib.error, ValueError) as broken:
            raise CallFailed("broken") from broken

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _exchange(self, call: Call) -> Answer:
        headers = {"Accept-Encoding": "identity", **call.headers}
        async with self._here().request(
            call.method, call.url, data=call.body or None, headers=headers, allow_redirects=False
        ) as response:
            if 300 <= response.status < 400 and response.status != 304:  # noqa: PLR2004 - RFC 9110, 15.4.
                raise CallFailed("redirected")
            body = _plain(await _read(response, call.most), response.headers.get("Content-Encoding"), call.most)
            names = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, names, body, self._clock.now())

    def _here(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=KEEP_ALIVE, resolver=self._resolver
                ),
                timeout=aiohttp.ClientTimeout(total=None),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    length = response.content_length
    if length is not None:
        if length > most:
            raise CallFailed("too_large")
        return await response.read()
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > most:
            raise CallFailed("too_large")
        parts.append(part)
    return b"".join(parts)


def _plain(body: bytes, encoding: str | None, most: int) -> bytes:
    """Undo gzip or deflate that came unasked, never past the limit."""
    if encoding is None or encoding.lower() == "identity":
        return body
    if encoding.lower() not in {"gzip", "deflate"}:
        raise CallFailed("broken")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    plain = unpacker.decompress(body, most + 1)
    if len(plain) > most:
        raise CallFailed("too_large")
    if not unpacker.eof:
        raise CallFailed("broken")
    return plain


class ServiceClient:
    """Calls to one of our services: sealed in an envelope, in the trace of the work at hand."""

    def __init__(self, http: HttpClient, envelopes: Envelopes, base_url: str, audience: str) -> None:
        self._http = http
        self._envelopes = envelopes
        self._base_url = base_url.rstrip("/")
        self._audience = audience

    async def post(self, path: str, body: bytes, total: float = 3.0, most: int = 1_000_000) -> Answer:
        """Post a JSON body; ``total`` in seconds, ``most`` in bytes. Raises CallFailed."""
        headers = {
            "Content-Type": "application/json",
            "Authorization": self._envelopes.seal("POST", path, body, self._audience),
        }
        trace = current_trace()
        if trace is not None:
            headers["traceparent"] = trace.header()
        return await self._http.call(Call("POST", self._base_url + path, body, headers, total, most))
