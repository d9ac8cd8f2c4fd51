"""What a server meets on the wire and no client library would send: each is answered or cut, and done once at most."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
import pytest_asyncio
from uvicorn import Config
from uvicorn.server import ServerState

from shared.kit.server import GuardedProtocol
from tests.hostile.strings import CANARY
from tests.hostile.walk import Stored
from tests.system.citizen import Citizen
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMIT = 1_000_000
CHALLENGE = b"POST /v1/registration/challenges HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


class Hasty(GuardedProtocol):
    header_seconds = 0.3


@dataclass(frozen=True)
class Server:
    """The gateway on a socket, as operators start it."""

    port: int
    stored: Stored
    body: bytes

    async def talk(self, *parts: bytes) -> tuple[list[int], bytes]:
        """Send the parts, and return the statuses and all else that comes until the server closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        answer = b""
        async with asyncio.timeout(10):
            with suppress(ConnectionResetError, BrokenPipeError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                while part := await reader.read(65_536):
                    answer += part
        writer.close()
        return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", answer)], answer


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(system: System) -> AsyncIterator[Server]:
    config = Config(system.apps["gateway"], log_config=None, lifespan="off", timeout_keep_alive=1)
    state = ServerState()
    listening = await asyncio.get_running_loop().create_server(lambda: Hasty(config, state, {}), "127.0.0.1")
    body = b'{"iin": "%s"}' % Citizen(system, "adult").iin.encode()
    yield Server(listening.sockets[0].getsockname()[1], Stored(system.databases["gateway"]), body)
    listening.close()
    await listening.wait_closed()


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


async def test_a_good_request_is_taken_whole_or_in_chunks(server: Server) -> None:
    whole = CHALLENGE + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(server.body) + server.body
    pieces = CHALLENGE + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (await server.talk(whole))[0] == [201]
    assert (await server.talk(pieces + chunked(server.body)))[0] == [201]
    assert (await server.talk(pieces, b"1;k4nareika=1\r\n{\r\n", chunked(server.body[1:])))[0] == [201]


LENGTHS = {
    "length and chunks": b"Content-Length: %(length)d\r\nTransfer-Encoding: chunked\r\n\r\n%(chunks)s",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: %(length)d\r\n\r\n%(chunks)s",
    "chunks and no length": b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n%(chunks)s",
    "two lengths": b"Content-Length: %(length)d\r\nContent-Length: 0\r\n\r\n%(body)s",
    "the same length twice": b"Content-Length: %(length)d\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
    "a list of lengths": b"Content-Length: %(length)d, %(length)d\r\n\r\n%(body)s",
    "a length with a sign": b"Content-Length: +%(length)d\r\n\r\n%(body)s",
    "a negative length": b"Content-Length: -1\r\n\r\n%(body)s",
    "a hexadecimal length": b"Content-Length: 0x10\r\n\r\n%(body)s",
    "a length of very many digits": b"Content-Length: 99999999999999999999999\r\n\r\n%(body)s",
    "chunks by another name": b"Transfer-Encoding: xchunked\r\n\r\n%(chunks)s",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n%(chunks)s",
    "chunks and identity": b"Transfer-Encoding: chunked, identity\r\n\r\n%(chunks)s",
    "a blank before the colon": b"Transfer-Encoding : chunked\r\n\r\n%(chunks)s",
    "a folded line": b"Transfer-Encoding:\r\n chunked\r\n\r\n%(chunks)s",
    "a chunk of negative size": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "a chunk of a size beyond 64 bits": b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "a chunk that is longer than it says": b"Transfer-Encoding: chunked\r\n\r\n1\r\n%(body)s\r\n0\r\n\r\n",
    "a NUL in a header": b"X-A: k4nareika\x00\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
    "a lone carriage return": b"X-A: k4nareika\rX-B: b\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
    "a header without a colon": b"k4nareika\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
    "a packed body": b"Content-Encoding: gzip\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
    "another kind of body": b"Content-Type: text/plain\r\nContent-Length: %(length)d\r\n\r\n%(body)s",
}


@pytest.mark.parametrize("how", LENGTHS)
async def test_what_two_servers_could_read_differently_is_not_read(server: Server, how: str) -> None:
    told = {b"length": len(server.body), b"body": server.body, b"chunks": chunked(server.body)}
    before = await server.stored.count()
    statuses, answer = await server.talk(CHALLENGE + LENGTHS[how] % told + LAST)
    # Whatever comes after it is not read either: it might be a part of what was not understood.
    assert statuses in ([400], [413], [415], []), answer
    assert await server.stored.count() == before
    assert CANARY.encode() not in answer


async def test_a_body_over_its_limit_is_refused_before_it_is_sent(server: Server) -> None:
    large = CHALLENGE + b"Content-Length: %d\r\n" % (LIMIT + 1)
    assert (await server.talk(large + b"\r\n"))[0] == [413]
    assert (await server.talk(large + b"Expect: 100-continue\r\n\r\n"))[0] == [413]


async def test_a_body_in_chunks_is_cut_at_its_limit(server: Server) -> None:
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    statuses, _ = await server.talk(CHALLENGE + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 64)
    assert statuses in ([413], [])  # The answer may be lost to the reset of a connection that is still written to.


GARBAGE = {
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET /healthz HTTP/9.9\r\nHost: here\r\n\r\n",
    "a proxy's greeting": b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /healthz HTTP/1.1\r\n\r\n",
    "a tunnel": b"CONNECT k4nareika:22 HTTP/1.1\r\nHost: k4nareika\r\n\r\n",
    "SSH": b"SSH-2.0-k4nareika\r\n",
    "binary": bytes(range(256)) * 8,
    "a method of its own": b"K4NAREIKA / HTTP/1.1\r\nHost: here\r\n\r\n",
    "letters that are not ASCII": "GET /қанарей HTTP/1.1\r\nHost: here\r\n\r\n".encode(),
    "a blank in the path": b"GET /k4nareika k4nareika HTTP/1.1\r\nHost: here\r\n\r\n",
    "an address without an end": b"GET /" + b"k4nareika" * 10_000 + b" HTTP/1.1\r\n\r\n",
    "headers without an end": b"GET / HTTP/1.1\r\n" + b"X: k4nareika\r\n" * 20_000,
}


@pytest.mark.parametrize("what", GARBAGE)
async def test_what_is_no_request_is_refused_or_cut(
    server: Server, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses, answer = await server.talk(GARBAGE[what])
    assert statuses in ([400], []), answer
    assert CANARY.encode() not in answer
    assert CANARY not in capsys.readouterr().out
    assert (await server.talk(LAST))[0] == [200]


async def test_requests_in_a_row_are_answered_in_a_row_and_garbage_ends_them(server: Server) -> None:
    assert (await server.talk(HEALTH + HEALTH + LAST))[0] == [200, 200, 200]
    statuses, _ = await server.talk(HEALTH + b"\x00k4nareika\r\n\r\n" + HEALTH)
    assert statuses in ([200, 400], [400])
    before = await server.stored.count()
    statuses, _ = await server.talk(CHALLENGE + b"Content-Length: 0\r\n\r\n" + server.body + LAST)
    assert statuses[1:] in ([400], [])
    assert await server.stored.count() == before


@pytest.mark.parametrize("to", [b"websocket", b"h2c", b"TLS/1.0", b"k4nareika"])
async def test_nobody_is_led_to_another_protocol(server: Server, to: bytes) -> None:
    upgrade = b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: %s\r\n" % to
    keys = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nHTTP2-Settings: AA\r\n\r\n"
    statuses, _ = await server.talk(upgrade + keys)
    assert 101 not in statuses


@pytest.mark.parametrize(
    "begun",
    [b"", b"G", CHALLENGE, CHALLENGE + b"X-A: k4nar", b"\r\n\r\n", HEALTH + b"GET /heal"],
    ids=["nothing", "a letter", "no last line", "half a header", "empty lines", "a second request"],
)
async def test_headers_that_stall_are_cut(server: Server, begun: bytes) -> None:
    begins = asyncio.get_running_loop().time()
    statuses, _ = await server.talk(begun)
    assert statuses in ([], [200])
    assert asyncio.get_running_loop().time() - begins < 5
