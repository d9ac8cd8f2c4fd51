"""Too many wrong passwords: who waits, who does not, and what stays open."""

import asyncio
from datetime import timedelta

from gateway import attempts
from gateway.accounts import Account, put_account
from gateway.attempts import Attempt
from gateway.turns import Turns
from gateway.workers import WorkersBusy
from shared.kit.identifiers import uuid7
from tests.gateway.portal import (
    AIGUL,
    CAFE,
    HOME,
    NOBODY,
    NOW,
    PASSWORD,
    SERIK,
    WRONG,
    Portal,
    iin_of,
    person,
    told,
)


async def test_the_lock_of_a_person_who_does_not_exist_is_the_same(portal: Portal) -> None:
    await portal.register(AIGUL)
    courses = [[told(await portal.log_in(iin, WRONG)) for _ in range(7)] for iin in (AIGUL, NOBODY)]
    assert courses[0] == courses[1]
    assert [status for status, *_ in courses[0]] == [401] * 5 + [429] * 2


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


async def test_many_right_passwords_at_once_from_one_address_all_pass(portal: Portal) -> None:
    await portal.register(AIGUL)
    await portal.register(SERIK)
    answers = await asyncio.gather(*(portal.log_in(iin) for _ in range(4) for iin in (AIGUL, SERIK)))
    assert {answer.status_code for answer in answers} == {201}


async def test_attempts_while_one_waits_do_not_make_the_wait_longer(portal: Portal) -> None:
    await portal.register()
    for _ in range(5):
        await portal.log_in(password=WRONG)
    waits = [(await portal.log_in(password=WRONG)).headers["retry-after"] for _ in range(8)]
    assert waits == ["900"] * 8
    portal.pass_by(timedelta(minutes=15))
    assert (await portal.log_in()).status_code == 201


async def test_a_persons_own_right_passwords_at_once_all_pass(portal: Portal) -> None:
    await portal.register()
    answers = await asyncio.gather(*(portal.log_in() for _ in range(12)))
    assert {answer.status_code for answer in answers} == {201}
    wrong = await asyncio.gather(*(portal.log_in(password=WRONG) for _ in range(6)))
    assert sorted(answer.status_code for answer in wrong) == [401] * 5 + [429]


async def test_ninety_people_at_one_address_log_in_at_once(portal: Portal) -> None:
    """They wait for each other, within the limit of process 1: nobody is sent away."""
    people = [iin_of(place) for place in range(100, 190)]
    kept = await portal.world.passwords.hashed(PASSWORD)
    for iin in people:
        portal.registry.add(person(iin))
        async with portal.world.database.transaction() as c:
            await put_account(c, Account(uuid7(NOW), iin, kept, NOW, NOW))
    answers = await asyncio.gather(*(portal.log_in(iin) for iin in people))
    assert {answer.status_code for answer in answers} == {201}


async def test_who_waits_too_long_for_a_turn_is_told_to_come_back(portal: Portal) -> None:
    await portal.register()
    object.__setattr__(portal.world, "log_ins", Turns(seconds=0.01))
    async with portal.world.log_ins.turn(Attempt(AIGUL, HOME, NOW).pair):
        late = await portal.log_in()
        assert (late.status_code, late.headers["retry-after"]) == (503, "1")
    assert (await portal.log_in()).status_code == 201
