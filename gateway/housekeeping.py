"""Throwing away what has served: personal data are not kept for longer than they are needed."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from gateway.attempts import KEPT_FOR, KNOWN_FOR
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.logs import log_failure

EVERY_SECONDS: Final = 600.0
MOST: Final = 500
"""Rows that one statement deletes: it holds nobody up, and what is left over goes in the next one."""
_USED: Final = """
SELECT FROM desk_requests d LEFT JOIN lookups other ON other.lookup_id = d.subject_lookup_id
WHERE lookups.lookup_id IN (d.lookup_id, d.subject_lookup_id, other.for_lookup)
"""
_NAMED: Final = """
SELECT FROM desk_scans d WHERE d.scan_id = scans.scan_id
UNION ALL SELECT FROM scan_readings r WHERE r.scan_id = scans.scan_id
"""
OVER: Final = (
    # Challenges that nobody signed. Those that served stay: they are evidence of a registration.
    ("challenges", "used_at IS NULL AND expires_at < $1", timedelta(hours=1)),
    ("login_tallies", "since < $1 AND (locked_until IS NULL OR locked_until < $1)", KEPT_FOR),
    # A draft that was never signed asked nothing of anybody; its form says what ails a person.
    ("requests", "state = 'draft' AND sign_by < $1", timedelta(days=30)),
    # What was asked of the registry and served no request, and scans that no request names; who looked stays.
    ("lookups", f"expires_at < $1 AND NOT EXISTS ({_USED})", timedelta(days=2)),
    ("desk_scans", "request_id IS NULL AND kept_at < $1", timedelta(days=1)),
    ("scans", f"kept_at < $1 AND NOT EXISTS ({_NAMED})", timedelta(days=1)),
    ("known_addresses", "seen_at < $1", KNOWN_FOR),
    # Until then it can be seen who was logged in when something was signed; the ledger keeps the times of the log-in.
    ("sessions", "expires_at < $1", timedelta(days=30)),
    # The tokens of a session that is over serve nobody: not even whoever stole one.
    (
        "refresh_tokens",
        "session_id IN (SELECT session_id FROM sessions WHERE ended_at < $1 OR expires_at < $1)",
        timedelta(days=1),
    ),
    # An assertion that is over is refused for its age: what kept it from serving twice is not needed any more.
    ("client_assertions", "expires_at < $1", timedelta(days=1)),
    ("webhook_events", "occurred_at < $1", timedelta(days=30)),
    ("idempotency_keys", "kept_at < $1", timedelta(days=1)),
)


async def clean_up(database: Database, at: datetime, *, most: int = MOST) -> None:
    """Delete what is over by this time (aware), ``most`` rows at a time, each round by itself."""
    for table, over, kept_for in OVER:
        chosen = f"SELECT ctid FROM {table} WHERE {over} LIMIT $2 FOR UPDATE SKIP LOCKED"  # noqa: S608 - ours.
        statement = f"DELETE FROM {table} WHERE ctid = ANY (ARRAY({chosen}))"  # noqa: S608 - as above.
        deleted = most
        while deleted == most:
            async with database.connection() as c:
                deleted = int((await c.execute(statement, at - kept_for, most)).rpartition(" ")[2])


async def keep_clean(database: Database, clock: Clock) -> None:
    """Clean up every ten minutes until cancelled."""
    while True:
        try:
            await clean_up(database, clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away for a while; the next turn does it.
            log_failure("housekeeping.failed", error)
        await asyncio.sleep(EVERY_SECONDS)
