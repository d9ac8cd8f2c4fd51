"""Scans: known by their content, encrypted under the newest key, taken by the routes that say so and by no other."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Scope

from shared.kit.app import assemble
from shared.kit.gate import Gate
from shared.kit.keys import KeysMissing
from shared.kit.problems import Problem, Unprocessable, UnsupportedMediaType
from shared.kit.scan_bodies import SCAN_ANSWER, SCAN_REFUSED, read_scan, scan_answer
from shared.kit.scans import MOST_BYTES, Scan, ScanDamaged, ScanKeys
from shared.kit.settings import Settings
from shared.kit.uploads import SCAN_BODY, Uploads
from tests.kit.asgi import ask

PDF = b"%PDF-1.7\nscan of a paper\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 20 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 20 + b"IEND\xaeB`\x82"
LONGEST = PDF[:-6] + b"x" * (MOST_BYTES - len(PDF)) + PDF[-6:]
ONE, OTHER = UUID(int=1), UUID(int=2)
router = APIRouter()


@router.put("/papers/{name}/scan", responses=SCAN_ANSWER | SCAN_REFUSED, openapi_extra=SCAN_BODY)
async def take_scan(http: Request, name: str) -> Response:
    return scan_answer(await read_scan(http))


@router.put("/strangers/scan", openapi_extra=SCAN_BODY)
async def never_read(_: Request) -> Response:
    return Response(status_code=401)


@router.put("/elsewhere")
async def take_anything(http: Request) -> Response:
    return Response(await http.body())


APP = assemble("scans", Settings(), [router])


@pytest.mark.parametrize(
    ("content", "told", "problem"),
    [
        (PDF, "application/pdf", None),
        (JPEG, "image/jpeg", None),
        (PNG, "image/png", None),
        (PDF, "image/png", Unprocessable),
        (PDF[:10], "application/pdf", Unprocessable),
        (LONGEST + b"\n", "application/pdf", Unprocessable),
        (b"MZ\x90\x00", "application/pdf", UnsupportedMediaType),
        (b"<svg/>", "image/png", UnsupportedMediaType),
        (b"", "application/pdf", UnsupportedMediaType),
    ],
)
def test_a_scan_is_known_by_its_content_and_not_by_its_name(
    content: bytes, told: str, problem: type[Problem] | None
) -> None:
    if problem is None:
        assert Scan.of(content, told) == Scan(told, content)
    else:
        with pytest.raises(problem):
            Scan.of(content, told)


def test_a_scan_under_another_paper_or_key_is_not_opened(tmp_path: Path) -> None:
    old, new = "6b" * 32, "6f" * 32
    (tmp_path / "ring.key").write_text(f"{old}\n{new}\n")
    ring, first, second = ScanKeys.from_file(tmp_path / "ring.key"), *(ScanKeys([bytes.fromhex(k)]) for k in (old, new))
    kept = first.seal(ONE, PDF)
    assert PDF[:8] not in kept
    assert ring.open(ONE, kept) == PDF
    assert second.open(ONE, ring.seal(ONE, PDF)) == PDF
    for opener, scan_id, content in (
        (ring, OTHER, kept),
        (second, ONE, kept),
        (ring, ONE, kept[:-1]),
        (ring, ONE, b""),
    ):
        with pytest.raises(ScanDamaged):
            opener.open(scan_id, content)
    with pytest.raises(KeysMissing):
        ScanKeys.from_file(tmp_path / "none.key")
    for unfit in ([], [b"short"]):
        with pytest.raises(ValueError, match="32 octets"):
            ScanKeys(unfit)


@pytest.mark.parametrize("content", [PDF, JPEG, PNG, LONGEST])
async def test_a_scan_comes_and_goes_as_it_is(content: bytes) -> None:
    kind = {PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png"}.get(content, "application/pdf")
    told = await ask(APP, "PUT", "/papers/1/scan", content, kind)
    assert (told.status, told.body, told.headers["content-type"]) == (200, content, kind)
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "content", "kind", "status"),
    [
        ("/papers/1/scan", LONGEST + b"\n", "application/pdf", 413),
        ("/papers/1/scan", PDF, "image/png", 422),
        ("/papers/1/scan", b"MZ" * 100, "application/pdf", 415),
        ("/papers/1/scan", b"{}", "application/json", 415),
        ("/papers/1/scan", PDF, "application/octet-stream", 415),
        ("/papers/1/scan", b"", "application/pdf", 415),
        ("/elsewhere", PNG, "image/png", 415),
        ("/elsewhere", LONGEST, "application/pdf", 413),
        ("/papers/1/else", PNG, "image/png", 415),
    ],
)
async def test_what_is_no_scan_or_for_no_route_of_scans_is_turned_away(
    path: str, content: bytes, kind: str, status: int
) -> None:
    assert (await ask(APP, "PUT", path, content, kind)).status == status


async def test_a_packed_scan_is_not_unpacked() -> None:
    packed = await ask(APP, "PUT", "/papers/1/scan", PDF, "application/pdf", [("content-encoding", "gzip")])
    assert packed.status == 415


class Slow:
    """A scan in chunks: each is taken from ``parts``; after the last one nothing comes."""

    def __init__(self, *parts: bytes) -> None:
        self.parts: Iterator[bytes] = iter(parts)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        for part in self.parts:
            return {"type": "http.request", "body": part, "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def to(self, path: str, seconds: float = 5.0) -> tuple[int, str | None]:
        gate = Gate(APP, uploads=Uploads(Uploads.among(APP.router.routes).routes, seconds=seconds))
        kind = [(b"transfer-encoding", b"chunked"), (b"content-type", b"application/pdf")]
        scope: Scope = {"type": "http", "method": "PUT", "path": path, "headers": kind, "query_string": b""}
        await gate(scope, self.receive, self.send)
        headers = dict(self.sent[0]["headers"])
        return int(self.sent[0]["status"]), headers.get(b"connection", b"").decode() or None


async def test_a_scan_in_chunks_is_cut_at_its_limit_and_at_its_time() -> None:
    assert await Slow(PDF[:-6], *[b"x" * 1024 * 1024] * 6).to("/papers/1/scan") == (413, "close")
    assert await Slow(PDF).to("/papers/1/scan", seconds=0.02) == (408, "close")


async def test_what_is_no_scan_is_refused_at_its_first_octets_and_an_unread_rest_closes_the_connection() -> None:
    endless = Slow(b"MZ" * 100)
    assert await endless.to("/papers/1/scan") == (415, "close")
    assert await Slow(PDF).to("/strangers/scan") == (401, "close")
