"""Processes 1 and 2 (HV-16.2 to 16.4): log-in, its refusal, refresh, log-out."""

import asyncio
import json
from datetime import date, timedelta

import httpx2
import pytest
from argon2 import PasswordHasher

from gateway import attempts
from gateway.attempts import Attempt
from gateway.tokens import Bearer
from gateway.workers import WorkersBusy
from tests.gateway.portal import AIGUL, CAFE, HOME, NOBODY, NOW, PASSWORD, SERIK, Portal, iin_of, person

WRONG = "дұрыс емес сөз"


def told(answer: httpx2.Response) -> tuple[int, dict[str, str], dict[str, object]]:
    """Return what an outsider sees of an answer, but for the id of its trace."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"traceparent", "x-trace-id"}}
    return answer.status_code, headers, {key: value for key, value in answer.json().items() if key != "trace_id"}


async def test_hv_16_2_the_tokens_are_as_rfc_6749_says(portal: Portal) -> None:
    await portal.register()
    answer = await portal.log_in()
    assert answer.status_code == 201
    tokens = answer.json()
    assert tokens.keys() == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert answer.headers["cache-control"] == "no-store"


async def test_hv_16_4_a_refusal_of_authorisation_has_its_words_and_its_step(portal: Portal) -> None:
    await portal.register()
    answer = await portal.log_in(password=WRONG)
    body = answer.json()
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert (body["type"], body["clause"], body["step"]) == ("/problems/authorisation-refused", "HV-16.4", 2)
    assert body["titles"]["kk"] == ("Тұтынушының деректерінде бұзушылықтар болғандықтан, авторландырудан бас тартылды")
    assert body["titles"].keys() == {"kk", "ru", "en"}


async def test_the_unknown_the_unregistered_the_dead_and_the_wrong_password_are_answered_alike(portal: Portal) -> None:
    await portal.register(AIGUL)
    dead = person(iin_of(4))
    portal.registry.add(dead)
    await portal.register(dead.iin)
    portal.registry.add(person(dead.iin, deceased=date(2026, 11, 20)))
    answers = [
        await portal.log_in(AIGUL, WRONG),
        await portal.log_in(SERIK, PASSWORD),
        await portal.log_in(NOBODY, PASSWORD),
        await portal.log_in(dead.iin, PASSWORD),
        await portal.log_in(AIGUL, "x"),
        await portal.log_in(AIGUL, "nul\u200b\u200bwidth"),
    ]
    first, *others = map(told, answers)
    assert first[0] == 401
    assert all(other == first for other in others)


async def test_the_lock_of_a_person_who_does_not_exist_is_the_same(portal: Portal) -> None:
    await portal.register(AIGUL)
    courses = [[told(await portal.log_in(iin, WRONG)) for _ in range(7)] for iin in (AIGUL, NOBODY)]
    assert courses[0] == courses[1]
    assert [status for status, *_ in courses[0]] == [401] * 5 + [429] * 2


async def test_nobody_who_is_refused_by_the_password_is_looked_up_in_the_registry(portal: Portal) -> None:
    await portal.register()
    portal.registry.asked.clear()
    await portal.log_in(AIGUL, WRONG)
    await portal.log_in(NOBODY, WRONG)
    assert portal.registry.asked == []
    await portal.log_in()
    assert portal.registry.asked == [(AIGUL, "HV-16.3")]


async def test_hv_16_3_a_silent_registry_keeps_nobody_out(portal: Portal) -> None:
    await portal.register()
    portal.registry.silent = True
    assert (await portal.log_in()).status_code == 201


async def test_after_five_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(portal: Portal) -> None:
    await portal.register()
    for _ in range(5):
        assert (await portal.log_in(password=WRONG)).status_code == 401
    locked = await portal.log_in()
    assert (locked.status_code, locked.json()["type"]) == (429, "/problems/too-many-attempts")
    assert locked.headers["retry-after"] == "900"
    portal.pass_by(timedelta(minutes=14, seconds=59))
    assert (await portal.log_in()).headers["retry-after"] == "1"
    portal.pass_by(timedelta(seconds=1))
    assert (await portal.log_in()).status_code == 201


async def test_four_wrong_passwords_and_a_right_one_begin_anew(portal: Portal) -> None:
    await portal.register()
    for _ in range(3):
        for _ in range(4):
            assert (await portal.log_in(password=WRONG)).status_code == 401
        assert (await portal.log_in()).status_code == 201


async def test_many_guesses_at_once_are_counted_before_any_is_looked_at(portal: Portal) -> None:
    await portal.register()
    answers = await asyncio.gather(*(portal.log_in(password=f"{WRONG} {n}") for n in range(12)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 7


async def test_a_stranger_elsewhere_does_not_lock_the_owner_out(portal: Portal) -> None:
    await portal.register()
    for _ in range(6):
        stranger = await portal.log_in(password=WRONG, at=CAFE)
    assert stranger.status_code == 429
    assert (await portal.log_in()).status_code == 201


async def test_a_guess_spread_over_many_addresses_is_slowed_but_the_owners_address_is_not(portal: Portal) -> None:
    await portal.register()
    for n in range(100):
        async with portal.world.database.transaction() as c:
            assert not await attempts.count_login(c, Attempt(AIGUL, f"203.0.113.{n}", NOW))
    spread = await portal.log_in(password=WRONG, at="203.0.113.200")
    assert (spread.status_code, spread.headers["retry-after"]) == (429, "30")
    assert (await portal.log_in(at=HOME)).status_code == 201
    assert (await portal.log_in(at="203.0.113.201")).status_code == 429
    assert (await portal.log_in(SERIK, WRONG, at="203.0.113.202")).status_code == 401


async def test_the_eds_path_stays_open_and_opens_the_password_path_again(portal: Portal) -> None:
    await portal.register()
    for _ in range(6):
        await portal.log_in(password=WRONG)
    assert (await portal.log_in()).status_code == 429
    assert (await portal.register(password="жаңа құпия сөз")).status_code == 201
    assert (await portal.log_in(password="жаңа құпия сөз")).status_code == 201


async def test_the_address_where_one_showed_an_eds_passes_the_lock_that_strangers_ran_into(portal: Portal) -> None:
    await portal.register(at=CAFE)
    async with portal.world.database.connection() as c:
        await c.execute(
            "INSERT INTO login_tallies VALUES ('person', $1, $2, 99, 3, $3)", AIGUL, NOW, NOW + timedelta(minutes=4)
        )
    assert (await portal.log_in(at=HOME)).status_code == 429
    assert (await portal.log_in(at=CAFE)).status_code == 201


async def test_an_address_that_tries_very_many_people_waits(portal: Portal) -> None:
    async with portal.world.database.connection() as c:
        await c.execute("INSERT INTO login_tallies VALUES ('address', $1, $2, 299, 0, NULL)", CAFE, NOW)
    await portal.register()
    assert (await portal.log_in(NOBODY, WRONG, at=CAFE)).status_code == 401
    assert (await portal.log_in(at=CAFE)).status_code == 429
    assert (await portal.log_in(at=HOME)).status_code == 201


async def test_an_attempt_whose_password_nobody_looked_at_does_not_count(portal: Portal) -> None:
    class Busy:
        async def matches(self, *_: object) -> bool:
            raise WorkersBusy

    await portal.register()
    right = portal.world.passwords
    object.__setattr__(portal.world, "passwords", Busy())
    for _ in range(8):
        assert (await portal.log_in()).status_code == 503
    object.__setattr__(portal.world, "passwords", right)
    assert (await portal.log_in()).status_code == 201


async def test_a_hash_of_old_parameters_is_renewed_at_log_in(portal: Portal) -> None:
    await portal.register()
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    async with portal.world.database.connection() as c:
        await c.execute("UPDATE accounts SET password_hash = $1", old)
        assert (await portal.log_in()).status_code == 201
        renewed = await c.fetchval("SELECT password_hash FROM accounts")
    assert not portal.world.passwords.outdated(renewed)
    assert (await portal.log_in()).status_code == 201


async def test_a_session_is_not_opened_with_a_password_that_was_changed_meanwhile(portal: Portal) -> None:
    await portal.register()

    class Slow:
        """Lets the owner set a new password while the old one is being compared."""

        outdated = portal.world.passwords.outdated
        hashed = portal.world.passwords.hashed
        right = portal.world.passwords

        async def matches(self, text: str, kept: str | None) -> bool:
            same = await self.right.matches(text, kept)
            object.__setattr__(portal.world, "passwords", self.right)
            portal.pass_by(timedelta(seconds=1))
            assert (await portal.register(password="жаңа құпия сөз")).status_code == 201
            return same

    object.__setattr__(portal.world, "passwords", Slow())
    assert (await portal.log_in()).status_code == 401


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


async def test_table_1_step_1_is_measured_from_the_log_in_to_the_session(portal: Portal) -> None:
    await portal.signed_in()
    async with portal.world.database.connection() as c:
        times = await c.fetchrow("SELECT step_started_at, authorised_at FROM sessions")
    assert tuple(times) == (NOW, NOW)


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
