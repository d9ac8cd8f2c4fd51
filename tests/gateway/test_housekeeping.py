"""What has served is thrown away; what is evidence stays."""

from datetime import timedelta

import pytest

from gateway.housekeeping import OVER, clean_up
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
    await clean_up(portal.world.database, NOW + later, most=1)
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
    assert months == days | {"known_addresses": 0, "sessions": 0}
    assert (months["accounts"], months["registrations"]) == (1, 1)


async def test_a_session_stays_for_a_month_after_its_end(portal: Portal) -> None:
    await portal.signed_in()
    async with portal.world.database.connection() as c:
        over = await c.fetchval("SELECT expires_at FROM sessions")
    assert (await clean(portal, over - NOW + timedelta(days=29)))["sessions"] == 1
    assert (await clean(portal, over - NOW + timedelta(days=31)))["sessions"] == 0


async def test_hundreds_of_old_rows_go_round_by_round(portal: Portal) -> None:
    async with portal.world.database.connection() as c:
        await c.execute(
            "INSERT INTO login_tallies SELECT 'pair', n::text, $1, 0, 0, NULL FROM generate_series(1, 350) AS n", NOW
        )
    await clean_up(portal.world.database, NOW + timedelta(days=4), most=100)
    assert (await rows(portal))["login_tallies"] == 0


@pytest.mark.parametrize(("table", "over"), [(table, over) for table, over, _ in OVER])
async def test_an_index_finds_what_is_over(portal: Portal, table: str, over: str) -> None:
    """However much is kept: with sequential scans forbidden where an index would do, none is left."""
    async with portal.world.database.transaction() as c:
        await c.execute("SET LOCAL enable_seqscan = off")
        plan = await c.fetch(f"EXPLAIN SELECT ctid FROM {table} WHERE {over} LIMIT 500", NOW)  # noqa: S608 - ours.
    assert "Seq Scan" not in "\n".join(line for (line,) in plan)


async def test_a_lock_that_still_holds_is_kept(portal: Portal) -> None:
    async with portal.world.database.connection() as c:
        until = NOW + timedelta(days=5)
        await c.execute("INSERT INTO login_tallies VALUES ('pair', 'x', $1, 0, 9, $2)", NOW, until)
        await clean_up(portal.world.database, NOW + timedelta(days=4))
        assert await c.fetchval("SELECT count(*) FROM login_tallies") == 1
