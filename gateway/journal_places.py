"""The place of each request in its provider's journal, and of its last change: given when the journal is read.

Clocks and sequences do not say what is committed when: whoever reads page after page, or asks what is new since, would
miss what was begun earlier and committed later. So places are given to what is committed already, under a lock of the
provider that is held until the places are committed too: a later place is always seen later (docs/decisions/0024).
"""

from datetime import datetime
from typing import Final

from shared.kit.database import Database

AT_ONCE: Final = 2_000
"""Requests that one transaction gives places to; what is left over gets them when the journal is read next."""
_ANY: Final = """
SELECT EXISTS (SELECT FROM requests
    WHERE provider_bin = $1 AND state IN ('registered', 'answered') AND listed_version IS DISTINCT FROM version)
"""
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7702))"
# A row that is being changed is skipped: it gets its place with that change. Times never go back from place to place,
# for ``updated_since`` is answered by them.
_GIVE: Final = """
WITH new AS (
    SELECT id, nextval('journal_places') AS place FROM (
        SELECT id FROM requests
        WHERE provider_bin = $1 AND state IN ('registered', 'answered') AND listed_version IS DISTINCT FROM version
        ORDER BY registered_at, number LIMIT $3 FOR UPDATE SKIP LOCKED) AS chosen
), last AS (
    SELECT listed_at FROM requests WHERE provider_bin = $1 AND change_no IS NOT NULL ORDER BY change_no DESC LIMIT 1
)
UPDATE requests SET change_no = new.place, journal_no = coalesce(journal_no, new.place), listed_version = version,
    listed_at = greatest($2::timestamptz, (SELECT listed_at FROM last))
FROM new WHERE requests.id = new.id
"""


async def give_places(database: Database, provider_bin: str, at: datetime) -> None:
    """Give places to what was registered or has changed since the provider's journal was read last."""
    async with database.connection() as c:
        if not await c.fetchval(_ANY, provider_bin):
            return
    async with database.transaction() as c:
        await c.execute(_LOCK, f"journal {provider_bin}")
        await c.execute(_GIVE, provider_bin, at, AT_ONCE)
