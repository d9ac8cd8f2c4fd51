"""What is neither logged nor kept as it is."""

import json

import pytest

from tests.gateway.portal import AIGUL, NOBODY, PASSWORD, SERIK, WRONG, Portal


async def test_nothing_personal_or_secret_is_logged(portal: Portal, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = await portal.signed_in()
    await portal.log_in(password=WRONG)
    await portal.log_in(NOBODY, WRONG)
    await portal.register(AIGUL, signed_by=SERIK)
    await portal.call("POST", "/v1/sessions", {"iin": AIGUL, "password": WRONG, "extra": "canary-field"})
    await portal.get("/v1/me", tokens["access_token"])
    await portal.get("/v1/me/represented", tokens["access_token"])
    await portal.get("/v1/me", tokens["access_token"] + "x")
    fresh = (await portal.refresh(tokens["refresh_token"])).json()
    await portal.refresh(tokens["refresh_token"])
    logged = capsys.readouterr().out
    events = [json.loads(line) for line in logged.splitlines()]
    assert {"login.step", "refresh.refused", "access.refused"} <= {event["event"] for event in events}
    assert {(event["step"], event["met"]) for event in events if event["event"] == "login.step"} == {
        (1, True),
        (2, True),
    }
    secrets = [AIGUL, SERIK, NOBODY, PASSWORD, WRONG, "Канарей", "canary-field", "192.0.2.7"]
    secrets += [value for answer in (tokens, fresh) for value in (answer["access_token"], answer["refresh_token"])]
    assert [secret for secret in secrets if secret in logged] == []


async def test_nothing_secret_is_kept_as_it_is(portal: Portal) -> None:
    tokens = await portal.signed_in()
    async with portal.world.database.connection() as c:
        kept = str(
            await c.fetch(
                "SELECT * FROM accounts JOIN sessions ON id = account_id JOIN refresh_tokens USING (session_id)"
            )
        )
    assert AIGUL in kept
    assert [one for one in (PASSWORD, tokens["access_token"], tokens["refresh_token"]) if one in kept] == []
