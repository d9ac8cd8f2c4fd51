"""Places in the journal, its queries at a hundred thousand requests, and what an export makes of a formula (HV-17)."""

import asyncio
import csv
import dataclasses
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest_asyncio

from gateway.clinic_journal import Line, Wanted, read_lines, statement
from gateway.journal_export import as_csv, as_xlsx, harmless
from gateway.journal_places import give_places
from gateway.looks import Looker
from shared.kit.database import Database
from shared.kit.identifiers import uuid7
from shared.law.providers import PROVIDERS
from tests.gateway.portal import AIGUL, NOW

CLINIC, OTHER = PROVIDERS[0].bin, PROVIDERS[1].bin
_ENTER = """
WITH account AS (SELECT id FROM accounts LIMIT 1)
INSERT INTO requests (id, account_id, service, form_version, applicant_iin, subject_iin, form, content, state, version,
    created_at, updated_at, sign_by, signed_at, cms, signature_sha256, number, registered_at, answer_by)
SELECT gen_random_uuid(), account.id, 'home-visit', 1, $2, $2, jsonb_build_object('provider_bin', $1::text), '',
    'registered', 3, given.at, given.at, given.at, given.at, '', $3 || given.number, $3 || given.number, given.at,
    given.at + interval '30 minutes'
FROM account, (SELECT number, $4::timestamptz + number * interval '1 minute' AS at FROM generate_series(1, $5) number)
    AS given
"""
# As if the journal had been read all along: places are given, and all but the last of a batch are answered.
_ENTER_LISTED = _ENTER.replace("registered_at, answer_by)", "registered_at, answer_by, journal_no, change_no,"
    " listed_at, listed_version, outcome, answered_at, document, document_token)").replace(
    "'registered', 3", "CASE WHEN given.number < $5 THEN 'answered' ELSE 'registered' END, 3").replace(
    "interval '30 minutes'", "interval '30 minutes', $6 + given.number, $6 + given.number, given.at, 3, 'granted',"
    " given.at, 'x', $3 || given.number")  # fmt: skip
_ANSWER = """
UPDATE requests SET state = 'answered', version = version + 1, outcome = 'granted', answered_at = registered_at,
    document = 'x', document_token = number WHERE number = ANY($1::text[])
"""


@pytest_asyncio.fixture
async def database(database_of: Callable[[str], str]) -> AsyncIterator[Database]:
    database = Database(database_of("gateway"), 20, name="tests")
    async with database.connection() as c:
        await c.execute("TRUNCATE accounts, employees CASCADE")
        await c.execute(
            "INSERT INTO employees (employee_id, organisation_bin, iin, name_kk, name_ru, roles, appointed_at) "
            "VALUES ($1, $2, $3, 'А', 'А', '{registry_desk}', $4)", LOOKER.employee_id, CLINIC, AIGUL, NOW)  # fmt: skip
        await make_account(c)
    yield database
    await database.close()


LOOKER = Looker(CLINIC, uuid7(NOW))


async def make_account(c: Any) -> None:
    columns = await c.fetch(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_name = 'accounts' AND is_nullable = 'NO' AND column_default IS NULL"
    )
    made: dict[str, object] = {"uuid": UUID(int=1), "text": "x", "timestamp with time zone": NOW, "integer": 1}
    values = {row["column_name"]: made[row["data_type"]] for row in columns} | {"iin": AIGUL}
    names = ", ".join(values)
    places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
    await c.execute(f"INSERT INTO accounts ({names}) VALUES ({places})", *values.values())  # noqa: S608 - the table's own.


async def enter(database: Database, many: int, prefix: str = "a", begins: datetime = NOW, bin_: str = CLINIC) -> None:
    async with database.connection() as c:
        await c.execute(_ENTER, bin_, AIGUL, prefix, begins, many)


async def numbers(database: Database, **wanted: Any) -> list[str]:
    lines = await read_lines(database, LOOKER, Wanted(**wanted), most=100, at=NOW)
    return [line.number for line in lines]


async def test_hv_17_what_is_committed_later_stands_later_whatever_its_clock_says(database: Database) -> None:
    await enter(database, 2)
    assert await numbers(database) == ["a1", "a2"]
    last = (await read_lines(database, LOOKER, Wanted(), most=9, at=NOW))[-1]
    await enter(database, 1, "late", NOW - timedelta(hours=1))  # Registered before both, told to the portal after them.
    assert await numbers(database, after=last.journal_no) == ["late1"]
    assert await numbers(database) == ["a1", "a2", "late1"]


async def test_a_system_that_asks_for_what_changed_since_misses_nothing_and_sees_a_change_once_more(
    database: Database,
) -> None:
    await enter(database, 3)
    seen = await read_lines(database, LOOKER, Wanted(), most=9, at=NOW)
    async with database.connection() as c:
        await c.execute(_ANSWER, ["a1"])
    # Another replica's clock is behind: what it lists is no earlier than what was listed before.
    await give_places(database, CLINIC, NOW - timedelta(hours=2))
    since = await read_lines(database, LOOKER, Wanted(updated_since=seen[-1].listed_at), most=9, at=NOW)
    assert since[-1].number == "a1"
    assert {line.listed_at >= seen[-1].listed_at for line in since} == {True}
    assert await numbers(database, updated_since=NOW, after=since[-1].change_no) == []
    assert await numbers(database) == ["a1", "a2", "a3"]  # Its place in the journal stays.


async def test_whoever_pages_while_others_register_sees_each_request_once(database: Database) -> None:
    async def register() -> None:
        for turn in range(12):
            await enter(database, 3, f"t{turn}-", NOW - timedelta(minutes=turn))

    async def page() -> list[str]:
        found: list[str] = []
        after = 0
        while len(found) < 72:  # Both writers' all.
            lines = await read_lines(database, LOOKER, Wanted(after=after), most=5, at=NOW)
            found += [line.number for line in lines]
            after = lines[-1].journal_no if lines else after
        return found

    async def register_too() -> None:
        for turn in range(12):
            await enter(database, 3, f"u{turn}-", NOW + timedelta(minutes=turn))

    async with asyncio.timeout(30):
        first, second, _, _ = await asyncio.gather(page(), page(), register(), register_too())
    assert first == second == await numbers(database)
    assert len(set(first)) == 72


async def test_another_organisations_requests_are_in_no_answer(database: Database) -> None:
    await enter(database, 2, "theirs", bin_=OTHER)
    await enter(database, 1)
    assert await numbers(database) == ["a1"]


async def test_at_a_hundred_thousand_requests_each_question_is_answered_by_an_index(database: Database) -> None:
    async with database.connection() as c:
        for batch in range(10):
            begins = NOW - timedelta(minutes=(10 - batch) * 10_000 + 60)
            await c.execute(_ENTER_LISTED, CLINIC, AIGUL, f"b{batch}-", begins, 10_000, batch * 10_000)
        await c.execute("ANALYZE requests")
        day = date(2026, 11, 20)
        for wanted in (Wanted(), Wanted(after=60_000), Wanted(first_day=day, last_day=day), Wanted(overdue=True),
                       Wanted(updated_since=NOW, after=90_000), Wanted(state="registered")):  # fmt: skip
            sql, values = statement(CLINIC, wanted, 50, NOW)
            plan = "\n".join(row[0] for row in await c.fetch(f"EXPLAIN {sql}", *values))
            assert "Seq Scan" not in plan, plan


def test_a_text_that_a_table_program_would_reckon_with_is_only_text() -> None:
    assert [harmless(one) for one in ("=1+1", "+7", "-1", "@a", "\t=1", "Ахметова")] == [
        "'=1+1", "'+7", "'-1", "'@a", "'\t=1", "Ахметова"]  # fmt: skip
    hostile = line('=HYPERLINK("http://x","y")')
    [_, row] = csv.reader(io.StringIO(as_csv([hostile], "kk").decode("utf-8-sig")))
    assert row[4] == '\'=HYPERLINK("http://x","y")'
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx([hostile, dataclasses.replace(hostile, name_kk="12")], "ru")))
    assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")
    assert "Номер" in sheet.read("xl/sharedStrings.xml").decode()


def line(name: str) -> Line:
    told: dict[str, Any] = {"id": uuid7(NOW), "number": "HV-2026-0000001", "service": "home-visit", "channel": "portal",
            "state": "answered", "outcome": "granted", "standing": None, "standing_at": None, "registered_at": NOW,
            "answer_by": NOW, "answered_at": NOW, "applicant_iin": AIGUL, "subject_iin": AIGUL, "journal_no": 1,
            "change_no": 1, "listed_at": NOW, "name_kk": name, "name_ru": None}  # fmt: skip
    return Line(**told)
