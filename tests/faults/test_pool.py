"""Every connection to the database is in use: whoever comes is told to come back, and nothing is lost by it."""

import base64
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2

from shared.kit.database import Database
from tests.faults.town import Town
from tests.home_visit.people import FORM

FEW, NOT_LONG = 2, 0.05
ALL = 20
"""The pool of the service's tests (tests/home_visit/conftest.py)."""


async def hold_all(held: AsyncExitStack, database: Database, *, of: int = FEW) -> None:
    for _ in range(of):
        await held.enter_async_context(database.connection())


def told_to_come_back(answer: httpx2.Response) -> bool:
    assert answer.headers["content-type"].startswith("application/problem+json")
    return answer.status_code == 503 and int(answer.headers["retry-after"]) > 0


async def test_a_full_pool_of_the_gateway_answers_503_with_retry_after_and_recovers(town: Town) -> None:
    portal, usual = town.portal, town.gateway
    few = Database(usual.settings.database_url, FEW, wait=NOT_LONG)
    portal.world = portal.app.state.world = replace(usual, database=few)
    try:
        headers = {"Authorization": f"Bearer {await town.token()}"}
        body: dict[str, Any] = {"service": "home-visit", "form": FORM}
        drafted = await portal.call("POST", "/v1/requests", body, headers={**headers, "Idempotency-Key": "one"})
        draft = drafted.json()
        content = base64.b64decode(draft["to_sign"]["content"])
        cms = base64.b64encode(portal.keys.sign(town.signed_by, content, town.clock.now())).decode()
        async with AsyncExitStack() as held:
            await hold_all(held, few)
            for method, path, sent in (
                ("GET", "/v1/requests", None),
                ("POST", "/v1/requests", body),
                ("POST", draft["links"]["signature"], {"cms": cms}),
                ("POST", "/v1/sessions", {"iin": town.signed_by, "password": "whatever it is"}),
            ):
                assert told_to_come_back(
                    await portal.call(method, path, sent, headers={**headers, "Idempotency-Key": "two"})
                )
        signed = await portal.call("POST", draft["links"]["signature"], {"cms": cms}, headers=headers)
        assert (signed.status_code, signed.json()["status"]) == (200, "granted")
        assert len((await portal.call("GET", "/v1/requests", headers=headers)).json()["requests"]) == 1
    finally:
        await few.close()
        portal.world = portal.app.state.world = usual


async def test_a_full_pool_of_the_service_keeps_the_request_at_the_gateway_until_there_is_room(town: Town) -> None:
    database = town.service.database
    async with AsyncExitStack() as held:
        await hold_all(held, database, of=ALL)
        assert (await town.sign()).state == "signed"
    town.clock.pass_by(timedelta(minutes=1))
    await town.tick()
    (request,) = await town.requests()
    assert request.outcome == "granted"
