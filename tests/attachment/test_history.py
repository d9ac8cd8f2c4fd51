import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from attachment_svc.imports import Imports
from shared.kit.database import Database
from tests.attachment.test_imports import row
from tests.attachment.test_lookup import app, clock
from tests.home_visit.calls import CallsTo, envelopes_of
from tests.home_visit.people import ADULT, CHILD, OTHER_PROVIDER, PROVIDER, TUESDAY_TEN

__all__ = ["app", "clock"]
PATH = "/internal/v1/attachments/history"


def asked(**changes: Any) -> bytes:
    return json.dumps({"iin": ADULT, "purpose": "AT-7"} | changes).encode()


@pytest.fixture
def gateway(app: FastAPI, files: Path) -> CallsTo:
    return CallsTo(app, "attachment", envelopes_of(files / "keys", "gateway"))


async def test_at_7_the_history_tells_all_attachments_the_latest_first(gateway: CallsTo, imports: Imports) -> None:
    past = row(date(2020, 1, 1), "D-1", provider_bin=OTHER_PROVIDER.bin, ended=date(2024, 1, 9))
    await imports.enter([past, row(), row(iin=CHILD)], TUESDAY_TEN)
    now, before = (await gateway.call(PATH, asked())).json()["attachments"]
    assert now == {
        "provider_bin": PROVIDER.bin,
        "district": {"number": 7, "kind": "therapist"},
        "doctor": {"id": "D-7", "name": "Ахметов Ерлан"},
        "since": "2024-01-09",
        "ended": None,
        "why": "imported",
        "request_number": None,
    }
    assert (before["provider_bin"], before["ended"]) == (OTHER_PROVIDER.bin, "2024-01-09")


async def test_a_look_into_the_history_is_noted_under_a_keyed_hash(gateway: CallsTo, database: Database) -> None:
    assert (await gateway.call(PATH, asked())).json() == {"attachments": []}
    async with database.connection() as connection:
        [noted] = await connection.fetch("SELECT * FROM lookups")
    assert (noted["caller"], noted["purpose"], noted["found"]) == ("gateway", "AT-7", 0)
    assert ADULT not in str(dict(noted))


@pytest.mark.parametrize("caller", ["home_visit", "appointment", "operator"])
async def test_only_the_gateway_is_told_a_history(app: FastAPI, files: Path, caller: str) -> None:
    calls = CallsTo(app, "attachment", envelopes_of(files / "keys", caller))
    assert (await calls.call(PATH, asked())).status_code == 403


@pytest.mark.parametrize("change", [{"iin": "1"}, {"purpose": "curiosity"}, {"nonce": "n" * 16}])
async def test_a_malformed_question_is_422(gateway: CallsTo, change: dict[str, str]) -> None:
    assert (await gateway.call(PATH, asked(**change))).status_code == 422
