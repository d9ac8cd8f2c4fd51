"""The public check: anyone learns how a document stands, and what it says only with the paper in hand."""

import asyncio
import re

import httpx2
import pytest

from shared.documents.paper import paper_of
from shared.documents.sealed import code_of
from tests.gateway.portal import AIGUL, HOME
from tests.gateway.test_documents import desk, sealer  # noqa: F401 - the clinic whose documents are checked.
from tests.gateway.test_requests import Desk

FORM = "application/x-www-form-urlencoded"
NAME = "Айгүл"


async def ask(
    desk: Desk,  # noqa: F811 - the fixture's.
    method: str,
    path: str,
    content: bytes = b"",
    kind: str = "",
    **headers: str,
) -> httpx2.Response:
    """Ask as a browser does: pages stand in no OpenAPI document."""
    transport = httpx2.ASGITransport(desk.portal.app, client=(headers.pop("at", HOME), 40_000))
    named = {name.replace("_", "-"): value for name, value in headers.items()} | (
        {"Content-Type": kind} if kind else {}
    )
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
        return await http.request(method, path, content=content, headers=named)


class Checked:
    """One document of Aigul's: its token, its JWS, the address of its check."""

    def __init__(self, token: str, jws: str, number: str) -> None:
        self.token, self.jws, self.number = token, jws, number
        self.path = f"/verify/{token}"


@pytest.fixture
async def document(desk: Desk) -> Checked:  # noqa: F811 - the fixture's.
    desk.portal.app.state.visits.counts.clear()
    request = await desk.signed()
    jws = (await desk.call("GET", request["links"]["document"])).text
    return Checked(request["document"]["token"], jws, request["number"])


async def test_anyone_sees_that_a_document_is_valid_and_nothing_of_a_person(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
) -> None:
    page = await ask(desk, "GET", document.path, Accept="text/html", Accept_Language="ru")
    assert page.status_code == 200
    assert "Документ действителен" in page.text
    assert document.number in page.text
    assert "№ 1 Қалалық емхана" in page.text
    for personal in (NAME, AIGUL, code_of(document.jws), document.jws):
        assert personal not in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [("cancelled", "жойылған"), ("replaced", "ауыстырылған"), ("withdrawn", "қайтарып алынған")],
)
async def test_the_page_says_what_has_become_of_a_document(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
    status: str,
    words: str,
) -> None:
    desk.provider.status = status
    assert words in (await ask(desk, "GET", document.path)).text
    told = (await ask(desk, "GET", document.path, Accept="application/json")).json()
    assert told["status"] == status


async def test_while_the_service_is_away_the_page_says_that_it_cannot_confirm(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
) -> None:
    desk.provider.mood = "away"
    assert "растау мүмкін емес" in (await ask(desk, "GET", document.path)).text


async def test_the_code_on_the_paper_opens_what_it_says_of_people_and_another_does_not(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
) -> None:
    right, wrong = f"code={code_of(document.jws).lower()}".encode(), b"code=AAAA-AAAA"
    opened = await ask(desk, "POST", document.path, right, FORM)
    assert (opened.status_code, NAME in opened.text) == (200, True)
    shut = await ask(desk, "POST", document.path, wrong, FORM)
    assert (shut.status_code, NAME in shut.text) == (403, False)
    path = f"/v1/documents/{document.token}/content"
    said = await desk.portal.call("POST", path, {"code": code_of(document.jws)})
    assert said.json()["applicant"]["name"]["kk"] == NAME
    assert (await desk.portal.call("POST", path, {"code": "AAAA-AAAA"})).status_code == 403


async def test_codes_are_tried_ten_times_and_then_later(desk: Desk, document: Checked) -> None:  # noqa: F811 - the fixture's.
    wrong, right = b"code=AAAA-AAAA", f"code={code_of(document.jws)}".encode()
    for _ in range(10):
        assert (await ask(desk, "POST", document.path, wrong, FORM)).status_code == 403
    late = await ask(desk, "POST", document.path, right, FORM)
    assert late.status_code == 429
    assert 0 < int(late.headers["retry-after"]) <= 601
    assert NAME not in late.text
    assert (await ask(desk, "POST", document.path, right, FORM, at="203.0.113.9")).status_code == 200


async def test_addresses_cannot_be_tried_out_in_a_row(desk: Desk, document: Checked) -> None:  # noqa: F811 - the fixture's.
    answers = [(await ask(desk, "GET", f"/verify/{'x' * 30}{number:03d}")).status_code for number in range(121)]
    assert answers == [404] * 120 + [429]
    told = await ask(desk, "GET", document.path, Accept="application/json")
    assert told.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["x" * 43, "x", "..%2F..", "%D0%B0" * 30, "<script>"])
async def test_there_is_no_such_document_is_a_page_too(desk: Desk, document: Checked, token: str) -> None:  # noqa: F811 - the fixture's.
    assert document.token != token
    page = await ask(desk, "GET", f"/verify/{token}", Accept_Language="en")
    assert page.status_code == 404
    assert "<script" not in page.text


async def test_pages_carry_one_strict_policy_and_no_script_and_are_not_for_search_engines(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
) -> None:
    for path in (document.path, "/verify", f"/verify/{'x' * 43}"):
        page = await ask(desk, "GET", path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["cache-control"] == "no-store"
        assert not re.search(r"<script|<img|<link|javascript:|https?://|\son[a-z]+=| style=", page.text)


@pytest.mark.parametrize(("asked", "language"), [("ru", "ru"), ("en", "en"), ("xx", "kk"), (None, "kk")])
async def test_the_language_is_chosen_by_a_link(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
    asked: str | None,
    language: str,
) -> None:
    page = await ask(desk, "GET", document.path + (f"?lang={asked}" if asked else ""), Accept_Language="kk")
    assert page.headers["content-language"] == language
    assert f'<html lang="{language}">' in page.text


def multipart(data: bytes, name: str = "file") -> tuple[bytes, str]:
    head = f'--limit\r\nContent-Disposition: form-data; name="{name}"; filename="a.pdf"\r\n'.encode()
    body = head + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n--limit--\r\n"
    return body, "multipart/form-data; boundary=limit"


async def test_a_file_is_checked_and_what_does_not_hold_is_said(desk: Desk, document: Checked) -> None:  # noqa: F811 - the fixture's.
    page = await ask(desk, "POST", "/verify?lang=ru", *multipart(document.jws.encode()))
    assert page.status_code == 200
    assert "Документ подлинный" in page.text
    assert document.number in page.text
    head, payload, signature = document.jws.split(".")
    forged = f"{head}.{payload[:-4]}AAAA.{signature}".encode()
    assert "Документу доверять НЕЛЬЗЯ" in (await ask(desk, "POST", "/verify?lang=ru", *multipart(forged))).text
    paper = await asyncio.to_thread(paper_of, document.jws, "https://x/verify/")
    page = await ask(desk, "POST", "/verify?lang=ru", *multipart(paper))
    assert "в файле PDF нет печати" in page.text


async def test_a_file_is_checked_by_the_api_too(desk: Desk, document: Checked) -> None:  # noqa: F811 - the fixture's.
    path = "/v1/documents/check"
    told = (await ask(desk, "POST", path, document.jws.encode(), "application/jose")).json()
    assert (told["genuine"], told["kind"], told["number"]) == (True, "jws", document.number)
    assert told["test_authority"] is True
    told = (await ask(desk, "POST", path, b"%PDF-1.7", "application/pdf")).json()
    assert told["genuine"] is False
    assert [one["code"] for one in told["findings"]] == ["no_seal"]
    for kind in (FORM, "application/json", "text/plain", "multipart/form-data; boundary=x"):
        assert (await ask(desk, "POST", path, b"{}", kind)).status_code == 415


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (*multipart(b""), 422),
        (*multipart(b"x", name="other"), 400),
        (b"no parts", "multipart/form-data; boundary=limit", 400),
        (b"x", "multipart/form-data", 415),
        (b"x=1", FORM, 415),
        (b"{}", "application/json", 415),
    ],
)
async def test_a_form_without_a_file_is_told_so(
    desk: Desk,  # noqa: F811 - the fixture's.
    document: Checked,
    content: bytes,
    kind: str,
    status: int,
) -> None:
    assert document
    assert (await ask(desk, "POST", "/verify", content, kind)).status_code == status


async def test_forms_are_taken_by_no_route_that_reads_json(desk: Desk, document: Checked) -> None:  # noqa: F811 - the fixture's.
    for path in ("/v1/sessions", f"/v1/documents/{document.token}/content"):
        assert (await ask(desk, "POST", path, b"code=1", FORM)).status_code == 415
    assert (await ask(desk, "POST", document.path, b'{"code": "1"}', "application/json")).status_code == 415
