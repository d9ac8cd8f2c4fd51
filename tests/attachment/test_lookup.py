import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from fastapi import FastAPI

from attachment_svc.app import create_app
from attachment_svc.imports import Imports
from attachment_svc.settings import AttachmentSettings
from shared.eds.trust import Trust
from shared.kit.attachments import ATTACHMENT_TEST_BIN, PATH, AttachmentClient, AttachmentsUnavailable
from shared.kit.database import Database
from shared.kit.http import Answer, CallFailed, FailureKind, ServiceClient
from tests.attachment.conftest import OTHER_BIN
from tests.attachment.test_imports import row
from tests.fakes import ClockAt
from tests.home_visit.calls import CallsTo, envelopes_of
from tests.home_visit.people import ADULT, CHILD, PROVIDER, TUESDAY_TEN

IMPORT = "/internal/v1/attachments/import"
ROW: dict[str, Any] = {
    "iin": ADULT,
    "provider_bin": PROVIDER.bin,
    "district": {"number": 7, "kind": "therapist"},
    "doctor": {"id": "D-7", "name": "Ахметов Ерлан"},
    "since": "2024-01-09",
}


def service(files: Path, url: str, clock: ClockAt, bin_: str = ATTACHMENT_TEST_BIN) -> FastAPI:
    settings = AttachmentSettings(
        keys_dir=files / "keys",
        trust_dir=files / "trust",
        seals_dir=files / "seals",
        attachment_bin=bin_,
        database_url=url,
    )
    return create_app(settings, clock)


@pytest.fixture
def clock() -> ClockAt:
    return ClockAt(TUESDAY_TEN)


@pytest.fixture
def app(files: Path, database: Database, database_of: Any, clock: ClockAt) -> FastAPI:
    return service(files, database_of("attachment_svc"), clock)


@pytest.fixture
def home_visit(app: FastAPI, files: Path) -> CallsTo:
    return CallsTo(app, "attachment", envelopes_of(files / "keys", "home_visit"))


@pytest.fixture
def operator(app: FastAPI, files: Path) -> CallsTo:
    return CallsTo(app, "attachment", envelopes_of(files / "keys", "operator"))


def client_of(calls: object, files: Path, clock: ClockAt) -> AttachmentClient:
    return AttachmentClient(cast("ServiceClient", calls), Trust.from_folder(files / "trust"), clock)


async def reason(client: AttachmentClient, iin: str = ADULT) -> str:
    with pytest.raises(AttachmentsUnavailable) as refused:
        await client.current(iin, "HV-12.2")
    return refused.value.reason


async def test_hv_12_what_a_service_learns_is_sealed_by_the_register(
    home_visit: CallsTo, operator: CallsTo, files: Path, clock: ClockAt
) -> None:
    answer = await operator.call(IMPORT, json.dumps({"rows": [ROW]}).encode())
    assert answer.json() == {"rows": 1, "changed": 1}
    told = await client_of(home_visit, files, clock).current(ADULT, "HV-12.2")
    [attachment] = told.attachments
    assert (attachment.provider_bin, attachment.district.number, attachment.doctor.id) == (PROVIDER.bin, 7, "D-7")
    assert attachment.since == date(2024, 1, 9)
    assert told.jws.count(".") == 2


async def test_hv_12_2_nobody_attached_is_an_answer_too(home_visit: CallsTo, files: Path, clock: ClockAt) -> None:
    assert (await client_of(home_visit, files, clock).current(CHILD, "HV-12.2")).attachments == ()


async def test_a_look_is_noted_under_a_keyed_hash(home_visit: CallsTo, database: Database) -> None:
    body = json.dumps({"iin": ADULT, "purpose": "HV-12.2", "nonce": "n" * 16}).encode()
    for _ in range(2):
        assert (await home_visit.call(PATH, body)).status_code == 200
    async with database.connection() as connection:
        noted = await connection.fetch("SELECT caller, purpose, person FROM lookups")
    assert {(one["caller"], one["purpose"]) for one in noted} == {("home_visit", "HV-12.2")}
    assert len({one["person"] for one in noted}) == 1
    assert len(noted[0]["person"]) == 32


async def test_a_lookup_holds_on_the_day_in_almaty(
    imports: Imports, home_visit: CallsTo, files: Path, clock: ClockAt
) -> None:
    await imports.enter([row(date(2026, 11, 25))], TUESDAY_TEN)
    clock.at = TUESDAY_TEN.replace(hour=18, minute=59)
    assert (await client_of(home_visit, files, clock).current(ADULT, "HV-12.2")).attachments == ()
    clock.at = TUESDAY_TEN.replace(hour=19)
    assert len((await client_of(home_visit, files, clock).current(ADULT, "HV-12.2")).attachments) == 1


async def test_at_9_ap_12_2_a_lookup_about_a_day_to_come_tells_what_holds_then(
    imports: Imports, home_visit: CallsTo, files: Path, clock: ClockAt
) -> None:
    await imports.enter([row(date(2026, 11, 26))], TUESDAY_TEN)
    client = client_of(home_visit, files, clock)
    for day, found in ((25, 0), (26, 1)):
        assert len((await client.current(ADULT, "AP-12.2", date(2026, 11, day))).attachments) == found
    with pytest.raises(AttachmentsUnavailable, match="status"):
        await client.current(ADULT, "AP-12.2", date(2026, 11, 23))


async def test_an_answer_about_another_day_is_not_taken(home_visit: CallsTo, files: Path, clock: ClockAt) -> None:
    told = await client_of(home_visit, files, clock).current(ADULT, "AP-12.2", date(2026, 11, 26))
    answer = Answer(200, {}, told.jws.encode(), TUESDAY_TEN)
    client = AttachmentClient(Replaying(answer), Trust.from_folder(files / "trust"), clock)  # type: ignore[arg-type]
    with pytest.raises(AttachmentsUnavailable, match="another_question"):
        await client.current(ADULT, "AP-12.2", date(2026, 11, 27))


class Replaying:
    """Answers every question with one answer, whatever was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    async def post(self, *_: object, **__: object) -> Answer:
        return self.answer


class Failing:
    """Fails as a network does."""

    def __init__(self, kind: FailureKind) -> None:
        self.kind: FailureKind = kind

    async def post(self, *_: object, **__: object) -> Answer:
        raise CallFailed(self.kind)


async def test_an_answer_to_another_question_is_not_taken(home_visit: CallsTo, files: Path, clock: ClockAt) -> None:
    body = json.dumps({"iin": ADULT, "purpose": "HV-12.2", "nonce": "n" * 16}).encode()
    replayed = Replaying(await home_visit.post(PATH, body))
    assert await reason(client_of(replayed, files, clock)) == "another_question"


async def test_a_stale_answer_is_not_taken(home_visit: CallsTo, files: Path, clock: ClockAt) -> None:
    ahead = ClockAt(TUESDAY_TEN + timedelta(seconds=61))
    assert await reason(client_of(home_visit, files, ahead)) == "not_fresh"
    behind = ClockAt(TUESDAY_TEN - timedelta(seconds=6))
    assert await reason(client_of(home_visit, files, behind)) == "not_fresh"


async def test_an_answer_sealed_by_another_organisation_is_not_taken(
    files: Path, database: Database, database_of: Any, clock: ClockAt
) -> None:
    other = service(files, database_of("attachment_svc"), clock, OTHER_BIN)
    calls = CallsTo(other, "attachment", envelopes_of(files / "keys", "home_visit"))
    assert await reason(client_of(calls, files, clock)) == "seal_not_valid"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, b"", "status"),
        (200, b"<html>", "seal_not_valid"),
        (200, "жоқ".encode(), "not_a_seal"),
        (200, b"", "seal_not_valid"),
    ],
)
async def test_what_is_no_sealed_answer_is_not_taken(
    files: Path, clock: ClockAt, status: int, body: bytes, expected: str
) -> None:
    replayed = Replaying(Answer(status, {}, body, TUESDAY_TEN))
    assert await reason(client_of(replayed, files, clock)) == expected


@pytest.mark.parametrize("kind", ["unreachable", "too_slow", "too_large", "redirected", "broken"])
async def test_a_register_that_cannot_be_reached_is_told_by_its_kind(
    files: Path, clock: ClockAt, kind: FailureKind
) -> None:
    assert await reason(client_of(Failing(kind), files, clock)) == kind


@pytest.mark.parametrize(
    "change",
    [
        {"iin": "1"},
        {"district": {"number": "7", "kind": "therapist"}},
        {"district": {"number": 7, "kind": "surgeon"}},
        {"since": "9999-12-31"},
        {"ended": "2024-01-09"},
        {"current": True},
    ],
)
async def test_a_malformed_row_is_422_and_nothing_is_written(
    operator: CallsTo, database: Database, change: dict[str, Any]
) -> None:
    good = ROW | {"iin": CHILD}
    assert (await operator.call(IMPORT, json.dumps({"rows": [good, ROW | change]}).encode())).status_code == 422
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM attachments") == 0


async def test_a_row_twice_in_one_body_is_422(operator: CallsTo) -> None:
    assert (await operator.call(IMPORT, json.dumps({"rows": [ROW, ROW]}).encode())).status_code == 422


@pytest.mark.parametrize("purpose", ["curiosity", "HV", "HV-12.2.", ""])
async def test_a_lookup_without_a_clause_is_422(home_visit: CallsTo, purpose: str) -> None:
    body = json.dumps({"iin": ADULT, "purpose": purpose, "nonce": "n" * 16}).encode()
    assert (await home_visit.call(PATH, body)).status_code == 422


@pytest.mark.parametrize(
    ("caller", "lookup", "importing"),
    [
        ("home_visit", 200, 403),
        ("appointment", 200, 403),
        ("gateway", 200, 403),
        ("operator", 403, 200),
        ("diploma", 401, 401),
    ],
)
async def test_only_listed_callers_look_up_and_only_the_operator_imports(
    app: FastAPI, files: Path, caller: str, lookup: int, importing: int
) -> None:
    calls = CallsTo(app, "attachment", envelopes_of(files / "keys", caller))
    asked = json.dumps({"iin": ADULT, "purpose": "HV-12.2", "nonce": "n" * 16}).encode()
    assert (await calls.call(PATH, asked)).status_code == lookup
    assert (await calls.call(IMPORT, json.dumps({"rows": [ROW]}).encode())).status_code == importing


@pytest.mark.parametrize(("reachable", "status"), [(True, 200), (False, 503)])
async def test_the_service_says_whether_it_has_its_database(
    files: Path, database_of: Any, clock: ClockAt, *, reachable: bool, status: int
) -> None:
    url = database_of("attachment_svc") if reachable else "postgresql://nobody@127.0.0.1:9/nowhere"
    app = service(files, url, clock)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service") as http,
    ):
        assert (await http.get("/readyz")).status_code == status
