"""A call at the desk or by telephone, as the service decides it: by the same rules, in ten minutes."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from shared.kit.identifiers import uuid7
from tests.forwarded import asked_of, content_of
from tests.home_visit.calls import CallsTo
from tests.home_visit.people import ADULT, CHILD, FORM, TUESDAY_TEN
from tests.home_visit.requests import request_json
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_process import answered, registered
from tests.home_visit.test_routes import REQUESTS, app, gateway, keys

__all__ = ["app", "gateway", "keys"]
DESK = ("in_person", "phone")


def id_in(body: bytes) -> UUID:
    return UUID(json.loads(body)["request_id"])


@pytest.mark.parametrize("channel", DESK)
async def test_hv_14_at_the_desk_and_by_telephone_the_answer_is_due_in_ten_minutes(
    around: Surroundings, channel: str
) -> None:
    entry = await registered(around, channel=channel)
    assert entry.channel == channel
    assert entry.answer_by == TUESDAY_TEN + timedelta(minutes=10)


async def test_hv_17_the_ledger_counts_by_table_2(around: Surroundings) -> None:
    found, _ = await answered(around, channel="phone")
    assert [(step.step, step.limit_seconds, step.met) for step in found.steps] == [(6, 90, True), (8, 600, True)]


async def test_hv_17_9_a_refusal_by_table_2_is_due_in_ten_minutes(around: Surroundings) -> None:
    around.register.attach(ADULT)
    found, _ = await answered(around, channel="in_person")
    assert [(step.step, step.limit_seconds) for step in found.steps] == [(6, 90), (7, 600)]


@pytest.mark.parametrize("channel", DESK)
async def test_hv_15_1_the_desk_refuses_on_clause_12_only(around: Surroundings, channel: str) -> None:
    around.register.attach(ADULT)
    _, document = await answered(around, channel=channel, content=b"no document of the law on informatisation")
    assert [ground["clause"] for ground in document["grounds"]] == ["HV-12.2"]
    assert document["clauses"] == ["HV-8.3", "HV-15.1", "HV-12.2"]


async def test_hv_8_1_what_the_desk_gives_names_its_own_clause(around: Surroundings) -> None:
    _, document = await answered(around, channel="phone")
    assert "HV-8.1" in document["clauses"]
    assert "HV-8.2" not in document["clauses"]


async def test_hv_17_6_a_request_of_the_desk_is_of_the_person_that_its_bytes_name(
    gateway: CallsTo,
) -> None:
    body = request_json(channel="phone")
    other = content_of(asked_of("home-visit", id_in(body), (CHILD, CHILD), FORM, "phone"))
    answer = await gateway.call(REQUESTS, request_json(id_in(body), channel="phone", content=other))
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"pointer": "/content", "code": "another-request"}])


async def test_hv_17_6_bytes_that_name_another_channel_are_not_taken(gateway: CallsTo) -> None:
    body = request_json(channel="phone")
    portal = content_of(asked_of("home-visit", id_in(body), (ADULT, ADULT), FORM))
    answer = await gateway.call(REQUESTS, request_json(id_in(body), channel="phone", content=portal))
    assert answer.status_code == 422


async def test_hv_16_10_bytes_of_the_desk_do_not_serve_on_the_portal(around: Surroundings) -> None:
    request_id = uuid7(TUESDAY_TEN)
    _, document = await answered(
        around,
        request_id=request_id,
        content=content_of(asked_of("home-visit", request_id, (ADULT, ADULT), FORM, "phone")),
    )
    assert [ground["code"] for ground in document["grounds"]] == ["not_by_the_informatisation_law"]
