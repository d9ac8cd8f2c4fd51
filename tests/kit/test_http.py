import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from shared.kit.envelope import Envelopes
from shared.kit.http import Call, CallFailed, HttpClient, ServiceClient
from shared.kit.trace import begin_trace

Talk = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def system_that(talk: Talk) -> AsyncIterator[str]:
    """Another system that answers each request in its own way; gives its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
                body = await reader.readexactly(int(lines[0].split(b":")[1]) if lines else 0)
                await talk(head + body, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.close()
        await server.wait_closed()


def answering(body: bytes, status: str = "200 OK", *headers: str) -> Talk:
    async def talk(_: bytes, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)

    return talk


async def one_byte_at_a_time(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while not writer.transport.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def half_an_answer(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    writer.close()


async def reset(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def no_http(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n\r\n")


async def endless_chunks(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.transport.is_closing():
        writer.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        await writer.drain()


async def failure_of(talk: Talk, **limits: float) -> str:
    client = HttpClient()
    try:
        async with system_that(talk) as url:
            with pytest.raises(CallFailed) as failed:
                await client.call(Call("POST", url, b"{}", {}, **limits))  # type: ignore[arg-type]
        return failed.value.kind
    finally:
        await client.close()


async def test_an_answer_comes_back_whole() -> None:
    client = HttpClient()
    async with system_that(answering(b"{}", "404 Not Found", "X-Who: registry")) as url:
        answer = await client.call(Call("GET", url + "/x"))
    await client.close()
    assert (answer.status, answer.body, answer.headers["x-who"]) == (404, b"{}", "registry")
    assert answer.at.utcoffset() is not None


@pytest.mark.parametrize(
    ("talk", "kind"),
    [
        (reset, "broken"),
        (half_an_answer, "broken"),
        (no_http, "broken"),
        (endless_chunks, "too_large"),
        (answering(b"x" * 5001), "too_large"),
        (answering(gzip.compress(b"0" * 2_000_000), "200 OK", "Content-Encoding: gzip"), "too_large"),
        (answering(gzip.compress(b"0" * 200)[:-4], "200 OK", "Content-Encoding: gzip"), "broken"),
        (answering(b"no gzip", "200 OK", "Content-Encoding: gzip"), "broken"),
        (answering(b"xxx", "200 OK", "Content-Encoding: br"), "broken"),
        (answering(b"", "302 Found", "Location: /elsewhere"), "redirected"),
        (answering(b"", "308 Permanent Redirect", "Location: http://169.254.169.254/"), "redirected"),
    ],
)
async def test_what_is_no_answer_is_said_by_its_kind(talk: Talk, kind: str) -> None:
    assert await failure_of(talk, most=5000) == kind


async def test_one_byte_at_a_time_is_cut_by_the_total() -> None:
    begun = perf_counter()
    assert await failure_of(one_byte_at_a_time, total=0.2) == "too_slow"
    assert perf_counter() - begun < 5


async def test_a_system_that_is_not_there_is_unreachable() -> None:
    client = HttpClient()
    with pytest.raises(CallFailed) as failed:
        await client.call(Call("GET", "http://127.0.0.1:9/"))
    await client.close()
    assert failed.value.kind == "unreachable"


async def test_a_packed_answer_within_the_limit_is_unpacked() -> None:
    client = HttpClient()
    async with system_that(answering(gzip.compress(b"0" * 999), "200 OK", "Content-Encoding: gzip")) as url:
        assert (await client.call(Call("GET", url, most=1000))).body == b"0" * 999
    await client.close()


async def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = HttpClient()
    async with system_that(answering(b"direct")) as url:
        assert (await client.call(Call("GET", url))).body == b"direct"
    await client.close()


async def test_a_service_is_called_in_an_envelope_and_in_the_trace() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    heard: list[bytes] = []

    async def talk(request: bytes, writer: asyncio.StreamWriter) -> None:
        heard.append(request)
        await answering(b"{}")(request, writer)

    client = HttpClient()
    trace = begin_trace()
    async with system_that(talk) as url:
        service = ServiceClient(client, Envelopes("gateway", pem, {}), url + "/", "home_visit")
        await service.post("/internal/v1/drafts", json.dumps({"a": 1}).encode())
    await client.close()
    head, _, body = heard[0].partition(b"\r\n\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head.decode().split("\r\n"))}
    opening = Envelopes("home_visit", pem, {"gateway": public})
    assert opening.open(headers["authorization"], "POST", "/internal/v1/drafts", body) == "gateway"
    assert headers["traceparent"].split("-")[1:3] == [trace.trace_id, trace.span_id]
