"""The list of one's own requests: without what it does not show, which is most of a row."""

from typing import Final
from uuid import UUID

from gateway.journal import COLUMNS, Request
from shared.kit.database import Database

_LEFT_OUT: Final = {
    "form": "'{}'::jsonb AS form",
    "content": "''::bytea AS content",
    "cms": "CASE WHEN cms IS NOT NULL THEN ''::bytea END AS cms",
    "evidence": "NULL AS evidence",
    "document": "NULL AS document",
}
"""What may be large, and what stands instead; whether there is a signature is still told."""
_COLUMNS: Final = ", ".join(_LEFT_OUT.get(name, name) for name in COLUMNS.replace("\n", "").replace(" ", "").split(","))
_LIST: Final = f"""
SELECT {_COLUMNS} FROM requests WHERE account_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""  # noqa: S608 -- Constants of ours.


async def list_own(database: Database, account_id: UUID, *, before: UUID | None, limit: int) -> list[Request]:
    """Return the account's requests, newest first, at most ``limit``, older than ``before``.

    They are for a list only: form, bytes to sign, signature, evidence and document are left out.
    """
    async with database.connection() as c:
        rows = await c.fetch(_LIST, account_id, before, limit)
    return [Request(**row) for row in rows]
