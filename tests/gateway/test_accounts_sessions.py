"""Sessions: refresh, log-out, and what an access token is worth afterwards."""

import asyncio
from datetime import timedelta

import pytest

from gateway.tokens import Bearer
from tests.gateway.portal import AIGUL, NOW, SERIK, Portal


async def test_refresh_gives_new_tokens_and_each_refresh_token_serves_once(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.pass_by(timedelta(minutes=11))
    assert (await portal.get("/v1/me", tokens["access_token"])).status_code == 401
    answer = await portal.refresh(tokens["refresh_token"])
    assert answer.status_code == 201
    fresh = answer.json()
    assert fresh["refresh_token"] != tokens["refresh_token"]
    assert (await portal.get("/v1/me", fresh["access_token"])).status_code == 200


async def test_a_refresh_token_that_comes_twice_ends_the_session_for_both(portal: Portal) -> None:
    tokens = await portal.signed_in()
    fresh = (await portal.refresh(tokens["refresh_token"])).json()
    reused = await portal.refresh(tokens["refresh_token"])
    assert (reused.status_code, reused.json()["type"]) == (401, "/problems/session-not-valid")
    assert (await portal.refresh(fresh["refresh_token"])).status_code == 401
    assert (await portal.get("/v1/me", fresh["access_token"])).status_code == 401
    assert (await portal.get("/v1/me", tokens["access_token"])).status_code == 401
    async with portal.world.database.connection() as c:
        assert await c.fetchval("SELECT ended_by FROM sessions") == "refresh-token-reused"


async def test_one_refresh_token_sent_many_times_at_once_is_rotated_at_most_once(portal: Portal) -> None:
    tokens = await portal.signed_in()
    answers = await asyncio.gather(*(portal.refresh(tokens["refresh_token"]) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [401] * 5


async def test_reuse_in_one_session_leaves_the_persons_other_sessions(portal: Portal) -> None:
    tokens = await portal.signed_in()
    other = (await portal.log_in()).json()
    await portal.refresh(tokens["refresh_token"])
    await portal.refresh(tokens["refresh_token"])
    assert (await portal.get("/v1/me", other["access_token"])).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 200, "\u0000", "ё" * 40])
async def test_a_refresh_token_of_nobody_is_refused(portal: Portal, token: str) -> None:
    answer = await portal.refresh(token)
    assert answer.status_code in {400, 401, 422}
    assert "A" * 43 not in answer.text


async def test_an_access_token_is_no_refresh_token_and_a_refresh_token_no_access_token(portal: Portal) -> None:
    tokens = await portal.signed_in()
    assert (await portal.refresh(tokens["access_token"][:200])).status_code == 401
    assert (await portal.get("/v1/me", tokens["refresh_token"])).status_code == 401


async def test_a_session_that_lies_idle_for_twelve_hours_is_over(portal: Portal) -> None:
    tokens = await portal.signed_in()
    portal.pass_by(timedelta(hours=12))
    assert (await portal.refresh(tokens["refresh_token"])).status_code == 401


async def test_after_seven_days_one_logs_in_again_however_lively_the_session_is(portal: Portal) -> None:
    tokens = await portal.signed_in()
    for _ in range(13):
        portal.pass_by(timedelta(hours=11))
        answer = await portal.refresh(tokens["refresh_token"])
        assert answer.status_code == 201
        tokens = answer.json()
    portal.pass_by(timedelta(hours=11))
    portal.pass_by(timedelta(hours=11))
    assert (await portal.refresh(tokens["refresh_token"])).status_code == 401
    portal.pass_by(timedelta(hours=3))
    assert (await portal.get("/v1/me", tokens["access_token"])).status_code == 401


async def test_after_log_out_neither_token_serves(portal: Portal) -> None:
    tokens = await portal.signed_in()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    gone = await portal.call("DELETE", "/v1/sessions/current", headers=bearer)
    assert (gone.status_code, gone.content) == (204, b"")
    after = await portal.get("/v1/me", tokens["access_token"])
    assert (after.status_code, after.json()["type"]) == (401, "/problems/session-not-valid")
    assert after.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert (await portal.refresh(tokens["refresh_token"])).status_code == 401
    assert (await portal.call("DELETE", "/v1/sessions/current", headers=bearer)).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer  {token}"},
        {"Authorization": "Basic {token}"},
        {"Authorization": "Envelope {token}"},
        {"Authorization": "{token}"},
        {"Authorization": "Bearer {token}=="},
        {"Authorization": "Bearer {token}, Bearer {token}"},
        {"Authorization": "Bearer a.b.c"},
        {"X-Authorization": "Bearer {token}"},
    ],
)
async def test_without_a_bearer_token_of_ours_nothing_is_told(portal: Portal, headers: dict[str, str]) -> None:
    token = (await portal.signed_in())["access_token"]
    answer = await portal.call(
        "GET", "/v1/me", headers={name: value.format(token=token) for name, value in headers.items()}
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_the_token_of_one_account_with_the_session_of_another_is_refused(portal: Portal) -> None:
    first, second = await portal.signed_in(AIGUL), await portal.signed_in(SERIK)
    (one, _), (two, _) = (portal.world.tokens.read(tokens["access_token"], NOW) for tokens in (first, second))
    mixed = portal.world.tokens.issue(Bearer(one.account, two.session), NOW)
    assert (await portal.get("/v1/me", mixed)).status_code == 401
