import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from shared.kit.gate import Gate
from shared.kit.server import AT_SHUTDOWN, GuardedProtocol
from tests.waiting import eventually

REQUEST = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
WHOLE = REQUEST + b"Content-Length: 2\r\n\r\n{}"
LIMIT = 0.2


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(await Request(scope, receive).body())(scope, receive, send)


class Hasty(GuardedProtocol):
    header_seconds = LIMIT


@asynccontextmanager
async def connection() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server with the guarded protocol, behind the gate."""
    state = ServerState()
    config = Config(Gate(echo, seconds=LIMIT), log_config=None, timeout_keep_alive=60)
    server = await asyncio.get_running_loop().create_server(lambda: Hasty(config, state, {}), "127.0.0.1")
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()
        await server.wait_closed()


async def cut_after(*parts: bytes) -> tuple[bytes, float]:
    """Send the parts and then nothing; give what came back until the server closed, and how long that took."""
    async with connection() as (reader, writer), asyncio.timeout(10):
        begun, answer = perf_counter(), b""
        with suppress(ConnectionResetError):
            for part in parts:
                writer.write(part)
                await writer.drain()
                if part is WHOLE:
                    answer = await reader.readuntil(b"\r\n\r\n{}")
            answer = await reader.read()
        return answer, perf_counter() - begun


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"P",),
        (b"POST / HTTP/1.1\r\nHost: he",),
        (b"\r\n",),
        (WHOLE, b"\r\n"),
        (WHOLE, b"GET / HT"),
    ],
)
async def test_a_connection_whose_headers_stall_is_cut(parts: tuple[bytes, ...]) -> None:
    _, seconds = await cut_after(*parts)
    assert seconds < 5


async def test_a_body_that_stalls_is_answered_408_and_cut() -> None:
    answer, _ = await cut_after(REQUEST + b"Content-Length: 20\r\n\r\n{")
    assert answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("filler", [b"X-%d: " + b"y" * 1000 + b"\r\n"])
async def test_headers_without_an_end_are_cut(filler: bytes) -> None:
    answer, _ = await cut_after(b"GET / HTTP/1.1\r\n", *(filler % number for number in range(200)))
    assert answer == b""


async def test_one_connection_serves_request_after_request() -> None:
    async with connection() as (reader, writer), asyncio.timeout(10):
        for _ in range(3):
            writer.write(REQUEST + b"Content-Length: 2\r\n\r\n{}")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            assert await reader.readexactly(2) == b"{}"


async def test_an_idle_connection_is_kept_longer_than_headers_may_take() -> None:
    async with connection() as (reader, writer), asyncio.timeout(10):
        for _ in range(2):
            writer.write(REQUEST + b"Content-Length: 2\r\n\r\n{}")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            await reader.readexactly(2)
            await asyncio.sleep(LIMIT * 2)


async def test_an_application_hears_of_a_shutdown_while_its_connections_are_open() -> None:
    heard: list[str] = []
    state, config = ServerState(), Config(echo, log_config=None)
    told = {AT_SHUTDOWN: lambda: heard.append("shutdown")}
    server = await asyncio.get_running_loop().create_server(lambda: Hasty(config, state, told), "127.0.0.1")
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    await eventually(lambda: bool(state.connections))
    for open_connection in state.connections:
        open_connection.shutdown()
    assert heard == ["shutdown"]
    assert await reader.read() == b""
    writer.close()
    server.close()
    await server.wait_closed()
