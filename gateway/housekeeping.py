"""Throwing away what has served: personal data are not kept for longer than they are needed."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from gateway.attempts import KEPT_FOR, KNOWN_FOR
from shared.kit.clock import Clock
from shared.kit.database import Connection, Database
from shared.kit.idempotency import forget_keys
from shared.kit.logs import log_failure

EVERY_SECONDS: Final = 600.0
_STATEMENTS: Final = (
    # Challenges that nobody signed. Those that served stay: they are evidence of a registration.
    ("DELETE FROM challenges WHERE used_at IS NULL AND expires_at < $1", timedelta(hours=1)),
    (
        "DELETE FROM login_tallies WHERE since < $1 AND (locked_until IS NULL OR locked_until < $1)",
        KEPT_FOR,
    ),
    # A draft that was never signed asked nothing of anybody; its form says what ails a person.
    ("DELETE FROM requests WHERE state = 'draft' AND sign_by < $1", timedelta(days=30)),
    ("DELETE FROM known_addresses WHERE seen_at < $1", KNOWN_FOR),
    (
        """DELETE FROM refresh_tokens USING sessions WHERE refresh_tokens.session_id = sessions.session_id
           AND (ended_at < $1 OR sessions.expires_at < $1)""",
        timedelta(days=1),
    ),
)


async def clean_up(c: Connection, at: datetime) -> None:
    """Delete what is over by this time (aware)."""
    for statement, kept_for in _STATEMENTS:
        await c.execute(statement, at - kept_for)
    await forget_keys(c, at - timedelta(days=1))


async def keep_clean(database: Database, clock: Clock) -> None:
    """Clean up every ten minutes until cancelled."""
    while True:
        try:
            async with database.connection() as c:
                await clean_up(c, clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away for a while; the next turn does it.
            log_failure("housekeeping.failed", error)
        await asyncio.sleep(EVERY_SECONDS)
