import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from attachment_svc.districts import Districts, Loaded
from attachment_svc.imports import Imports
from attachment_svc.regulation import NORMS
from shared.kit.database import Database
from tests.attachment.surroundings import Surroundings, district, request_body
from tests.attachment.test_imports import row
from tests.attachment.test_lookup import app, clock, operator
from tests.home_visit.calls import CallsTo, envelopes_of
from tests.home_visit.people import CHILD, PROVIDER, TUESDAY_TEN

__all__ = ["app", "clock", "operator"]
PATH = "/internal/v1/districts"
ROW: dict[str, Any] = {
    "provider_bin": PROVIDER.bin,
    "number": 7,
    "kind": "therapist",
    "doctor": {"id": "D-7", "name": "Ахметов Ерлан"},
}


@pytest.fixture
def districts(database: Database) -> Districts:
    return Districts(database)


async def outcomes(districts: Districts, *rows: Loaded) -> list[str]:
    return [report.outcome for report in await districts.load(rows, TUESDAY_TEN)]


async def attached(database: Database) -> dict[int, int]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT number, attached FROM districts")
    return {row["number"]: row["attached"] for row in rows}


async def test_the_same_districts_again_change_nothing(districts: Districts) -> None:
    rows = [district(1), district(2, "paediatrician", "Абай даңғылы")]
    assert await outcomes(districts, *rows) == ["new", "new"]
    assert await outcomes(districts, *rows) == ["unchanged", "unchanged"]


@pytest.mark.parametrize("change", [{"norm": 7}, {"streets": ("Саин көшесі",)}])
async def test_a_row_that_differs_changes_its_district_alone(districts: Districts, change: dict[str, Any]) -> None:
    await districts.load([district(1), district(2)], TUESDAY_TEN)
    assert await outcomes(districts, district(1), replace(district(2), **change)) == ["unchanged", "changed"]


async def test_who_is_attached_already_is_counted_when_a_district_is_new(
    districts: Districts, imports: Imports, database: Database
) -> None:
    await imports.enter([row(), row(iin=CHILD), row(iin=CHILD, since=date(2020, 1, 1))], TUESDAY_TEN)
    [report] = await districts.load([district(7)], TUESDAY_TEN)
    assert report.attached == 2
    assert await attached(database) == {7: 2}


async def test_the_database_itself_counts_every_import(
    districts: Districts, imports: Imports, database: Database
) -> None:
    await districts.load([district(7), district(8)], TUESDAY_TEN)
    await imports.enter([row(), row(iin=CHILD)], TUESDAY_TEN)
    assert await attached(database) == {7: 2, 8: 0}
    await imports.enter([row(district_number=8), row(iin=CHILD, ended=date(2026, 1, 1))], TUESDAY_TEN)
    assert await attached(database) == {7: 0, 8: 1}


async def test_at_17_1_3_a_norm_below_what_is_there_is_taken_and_reported(
    districts: Districts, imports: Imports
) -> None:
    await imports.enter([row(), row(iin=CHILD)], TUESDAY_TEN)
    [report] = await districts.load([district(7, norm=1)], TUESDAY_TEN)
    assert (report.attached, report.norm) == (2, 1)


async def test_at_17_1_3_the_database_itself_refuses_a_request_above_the_norm(
    around: Surroundings, database: Database
) -> None:
    await around.load(district(norm=1))
    await around.answered()
    assert await around.held() != []
    other = await around.take(request_body())
    assert other is not None
    sql = """INSERT INTO attachments (iin, provider_bin, district_number, district_kind, doctor_id, doctor_name, since,
        why, request_id, changed_at) SELECT '850000000001', provider_bin, district_number, district_kind, doctor_id,
        doctor_name, since, why, $1, changed_at FROM attachments"""
    async with database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError, match="norm"):
            await connection.execute(sql, other.request_id)


async def test_history_cannot_be_taken_away(imports: Imports, database: Database) -> None:
    await imports.enter([row()], TUESDAY_TEN)
    async with database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError, match="History"):
            await connection.execute("DELETE FROM attachments")


async def test_a_clinics_system_gets_a_report_for_each_row(operator: CallsTo) -> None:
    body = json.dumps({"districts": [ROW, ROW | {"kind": "paediatrician", "norm": 0, "streets": ["Абай даңғылы"]}]})
    answer = await operator.call(PATH, body.encode())
    by_kind = {one["kind"]: one for one in answer.json()["districts"]}
    assert by_kind["therapist"]["norm"] == NORMS["therapist"]
    assert by_kind["paediatrician"] == {
        "provider_bin": PROVIDER.bin,
        "kind": "paediatrician",
        "number": 7,
        "outcome": "new",
        "norm": 0,
        "attached": 0,
        "above_norm": False,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"provider_bin": "130040901010"},
        {"number": -1},
        {"kind": "surgeon"},
        {"norm": -1},
        {"streets": [""]},
        {"attached": 0},
    ],
)
async def test_a_malformed_district_is_422_and_nothing_is_written(
    operator: CallsTo, database: Database, change: dict[str, Any]
) -> None:
    body = json.dumps({"districts": [ROW | {"number": 1}, ROW | change]}).encode()
    assert (await operator.call(PATH, body)).status_code == 422
    assert await attached(database) == {}


async def test_a_district_twice_in_one_body_is_422(operator: CallsTo) -> None:
    assert (await operator.call(PATH, json.dumps({"districts": [ROW, ROW]}).encode())).status_code == 422


@pytest.mark.parametrize("caller", ["home_visit", "appointment"])
async def test_no_other_service_loads_districts(app: FastAPI, files: Path, caller: str) -> None:
    calls = CallsTo(app, "attachment", envelopes_of(files / "keys", caller))
    assert (await calls.call(PATH, json.dumps({"districts": [ROW]}).encode())).status_code == 403
