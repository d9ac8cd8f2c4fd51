import asyncio
from time import perf_counter

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from shared.kit.gate import Gate
from tests.kit.asgi import ask

SURROGATE_PAIR = rb'{"a":"\ud83d\ude00"}'


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(await Request(scope, receive).body())(scope, receive, send)


GATE = Gate(echo, most=1_000_000)

HOSTILE = {
    b"\xff\xfe{\x00}\x00": "not-utf-8",
    '{"a": 1}'.encode("utf-16-be"): "not-json",
    '{"a": 1}'.encode("utf-16"): "not-utf-8",
    b'\xef\xbb\xbf{"a": 1}': "not-json",
    b'{"a": "\xed\xa0\x80"}': "not-utf-8",
    b'{"a": 1': "not-json",
    b"{'a': 1}": "not-json",
    b'{"a": 1} {}': "not-json",
    b'{"a": "\x00"}': "not-json",
    b'{"a": "\n"}': "not-json",
    b'{"a": NaN}': "not-json",
    b'{"a": -Infinity}': "not-json",
    b'{"a": 1, "b": 2, "a": 3}': "doubled-key",
    rb'{"a": 1, "\u0061": 2}': "doubled-key",
    b'[{"b": {"a": 1, "a": 1}}]': "doubled-key",
    b'{"a": 9223372036854775808}': "number-out-of-range",
    b'{"a": -9223372036854775809}': "number-out-of-range",
    b'{"a": ' + b"9" * 5000 + b"}": "number-out-of-range",
    b'{"a": 1e999}': "number-out-of-range",
    b'{"a": -1e999}': "number-out-of-range",
    rb'{"a": "\u0000"}': "nul",
    rb'{"\u0000": 1}': "nul",
    rb'{"a": "\ud800"}': "lone-surrogate",
    rb'{"a": "\udc00"}': "lone-surrogate",
    rb'{"a": "\udc00\ud800"}': "lone-surrogate",
    rb'{"a": "\ud800x\udc00"}': "lone-surrogate",
    rb'{"a": "\ud800\ud800\udc00"}': "lone-surrogate",
    rb'{"a": "\ud800\\udc00"}': "lone-surrogate",
    b"[" * 33 + b"]" * 33: "too-deep",
    b"[" * 100_000: "too-deep",
    b'{"a":' * 100_000: "too-deep",
    b"[[" * 40 + b'"' + b'\\"' * 400_000: "too-deep",
    b'{"s": "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "a": ' + b"[" * 40 + b"]" * 40 + b"}": "too-deep",
    b"{" + b",".join(b'"k%d":1' % number for number in range(10_001)) + b"}": "too-many-keys",
    b"[" + b",".join(b'{"k":1}' for _ in range(10_001)) + b"]": "too-many-keys",
    b"[" + b"1," * 400_000 + b"1]": "too-many-values",
}
HARMLESS = [
    b"{}",
    b"null",
    b'"text"',
    b'{"a": 9223372036854775807, "b": -9223372036854775808, "c": 1.5e300}',
    SURROGATE_PAIR,
    rb'{"a": "\\u0000 is how NUL is written"}',
    rb'{"a": "\\\\ud800"}',
    '{"a": "Қасымжомарт — «Ә»"}'.encode(),
    b"[" * 32 + b"]" * 32,
    b'{"a": "' + b"[{" * 1000 + b'"}',
    b'{"a": "\\"' + b"[" * 1000 + b'", "b": [{}, {}]}',
    b'{"a": {"k": 1}, "b": {"k": 1}}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: f"{HOSTILE[body]} {body[:16]!r}")
async def test_hostile_json_is_a_bad_request_and_quickly(body: bytes) -> None:
    begun = perf_counter()
    told = await ask(GATE, "POST", "/", body)
    assert (told.status, told.json["code"]) == (400, HOSTILE[body])
    assert perf_counter() - begun < 1


@pytest.mark.parametrize("body", HARMLESS, ids=lambda body: repr(body[:24]))
async def test_harmless_json_arrives_byte_for_byte(body: bytes) -> None:
    told = await ask(GATE, "POST", "/", body)
    assert (told.status, told.body) == (200, body)


@pytest.mark.parametrize("kind", ["application/cms", "application/pkcs7-signature"])
async def test_a_signature_is_not_read_as_json(kind: str) -> None:
    told = await ask(GATE, "POST", "/", b"\x30\x80\x00\xff", kind)
    assert (told.status, told.body) == (200, b"\x30\x80\x00\xff")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "", "application/xml", "text/csv", "application/json; charset=utf-16"],
)
async def test_another_kind_of_body_is_not_taken(kind: str) -> None:
    assert (await ask(GATE, "POST", "/", b"{}", kind)).status == 415


async def test_a_body_of_two_names_is_not_taken() -> None:
    for other in ("application/cms", "application/json"):
        assert (await ask(GATE, "POST", "/", b"{}", headers=[("content-type", other)])).status == 415


async def test_a_packed_body_is_not_taken() -> None:
    assert (await ask(GATE, "POST", "/", b"{}", headers=[("content-encoding", "gzip")])).status == 415


async def test_json_may_name_its_charset() -> None:
    assert (await ask(GATE, "POST", "/", b"{}", "Application/JSON; charset=UTF-8")).status == 200


async def test_a_request_without_a_body_passes() -> None:
    assert (await ask(GATE, "GET", "/")).status == 200
    assert (await ask(GATE, "POST", "/", b"", "text/plain")).status == 200


async def test_a_body_over_its_limit_is_refused_by_its_length_alone() -> None:
    told = await ask(Gate(echo, most=10), "POST", "/", b"[1,2,3,4,5]")
    assert (told.status, told.headers["connection"]) == (413, "close")
    assert (await ask(GATE, "GET", "/", headers=[("content-length", "1" + "0" * 30)])).status == 413


class Trickle:
    """A body in chunks; ``stalls`` says that the last of them never comes."""

    def __init__(self, *parts: bytes, stalls: bool = False) -> None:
        self.parts = list(parts)
        self.stalls = stalls
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        if self.parts:
            part = self.parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(self.parts) or self.stalls}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def through(self, gate: Gate) -> int:
        kind = [(b"transfer-encoding", b"chunked"), (b"content-type", b"application/json")]
        await gate({"type": "http", "method": "POST", "path": "/", "headers": kind}, self.receive, self.send)
        return int(self.sent[0]["status"])


async def test_a_body_in_chunks_is_put_together() -> None:
    trickle = Trickle(b'{"a"', b": 1", b"}")
    assert await trickle.through(GATE) == 200
    assert trickle.sent[1]["body"] == b'{"a": 1}'


@pytest.mark.parametrize("length", [b"0", b"2"])
async def test_chunks_are_looked_at_whatever_length_is_told_beside_them(length: bytes) -> None:
    chunks, told = (b"transfer-encoding", b"chunked"), (b"content-length", length)
    for framing in ([chunks, told], [told, chunks]):
        headers = [*framing, (b"content-type", b"application/json")]
        trickle = Trickle(b'{"a": NaN}')
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
        await GATE(scope, trickle.receive, trickle.send)
        assert trickle.sent[0]["status"] == 400


async def test_a_body_in_chunks_is_cut_at_the_limit() -> None:
    assert await Trickle(*[b"x" * 100] * 50).through(Gate(echo, most=1000)) == 413


async def test_a_body_that_stalls_is_cut() -> None:
    assert await Trickle(b"{", stalls=True).through(Gate(echo, seconds=0.02)) == 408


async def test_a_caller_who_leaves_in_the_middle_is_cut() -> None:
    class Leaver(Trickle):
        async def receive(self) -> Message:
            return {"type": "http.disconnect"}

    assert await Leaver().through(GATE) == 408


async def test_what_was_sent_is_never_said_again() -> None:
    for body in (b'{"password": "sesame", "password": "sesame"}', b'{"iin": 900101300123, "x": "sesame'):
        told = await ask(GATE, "POST", "/", body)
        assert b"sesame" not in told.body
        assert b"900101300123" not in told.body
