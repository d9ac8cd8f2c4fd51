"""What has served is thrown away; what is evidence stays."""

from datetime import timedelta

from gateway.housekeeping import clean_up
from tests.gateway.portal import CAFE, NOW, Portal


async def rows(portal: Portal) -> dict[str, int]:
    tables = (
        "accounts",
        "registrations",
        "challenges",
        "sessions",
        "refresh_tokens",
        "login_tallies",
        "known_addresses",
    )
    async with portal.world.database.connection() as c:
        return {table: await c.fetchval(f"SELECT count(*) FROM {table}") for table in tables}  # noqa: S608 - ours.


async def clean(portal: Portal, later: timedelta) -> dict[str, int]:
    async with portal.world.database.connection() as c:
        await clean_up(c, NOW + later)
    return await rows(portal)


async def test_old_tallies_challenges_addresses_and_tokens_go_and_evidence_stays(portal: Portal) -> None:
    await portal.signed_in()
    await portal.challenge()
    await portal.log_in(password="дұрыс емес сөз", at=CAFE)
    before = await rows(portal)
    assert before["challenges"] == 2
    assert before["login_tallies"] > 0
    assert await clean(portal, timedelta()) == before
    hours = await clean(portal, timedelta(hours=2))
    assert hours == before | {"challenges": 1}
    days = await clean(portal, timedelta(days=9))
    assert days == hours | {"login_tallies": 0, "refresh_tokens": 0}
    months = await clean(portal, timedelta(days=91))
    assert months == days | {"known_addresses": 0}
    assert (months["accounts"], months["registrations"], months["sessions"]) == (1, 1, 1)


async def test_a_lock_that_still_holds_is_kept(portal: Portal) -> None:
    async with portal.world.database.connection() as c:
        until = NOW + timedelta(days=5)
        await c.execute("INSERT INTO login_tallies VALUES ('pair', 'x', $1, 0, 9, $2)", NOW, until)
        await clean_up(c, NOW + timedelta(days=4))
        assert await c.fetchval("SELECT count(*) FROM login_tallies") == 1
