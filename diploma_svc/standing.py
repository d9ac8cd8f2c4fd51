"""What anyone may know of a document: by its token, and by its place in a status list. Nothing about a person."""

from typing import Final

from diploma_svc.documents import status_list
from diploma_svc.regulation import LIST_LENGTH
from diploma_svc.world import World
from shared.kit.casework.entries import IssuedDocument
from shared.kit.casework.journal import Journal
from shared.kit.database import Database

_ISSUED: Final = """
SELECT d.kind, coalesce(t.number, r.number) AS number, d.issued_at, r.provider_bin, d.outcome, d.status, t.replaced_by
FROM documents d JOIN requests r USING (request_id) LEFT JOIN training_documents t USING (request_id)
WHERE d.token = $1 AND r.state = 'answered'
"""
_LISTED: Final = """
SELECT status_index, status FROM training_documents WHERE status <> 'valid' AND status_index >= $1 AND status_index < $2
"""


class DiplomaJournal(Journal):
    """The journal of requests, whose documents have numbers of their own and may be replaced by a duplicate."""

    def __init__(self, database: Database, service: str, regulation: str) -> None:
        super().__init__(database, service, regulation)
        self._documents = database

    async def issued(self, token: str) -> IssuedDocument | None:
        """Return what anyone may know of the document with this token, None where none was issued."""
        async with self._documents.connection() as connection:
            row = await connection.fetchrow(_ISSUED, token)
        return None if row is None else IssuedDocument(**row)


async def status_list_of(world: World, number: int) -> bytes:
    """Return a status list as it is sealed: the status of every place now; places nobody has are valid too."""
    first = number * LIST_LENGTH
    async with world.database.connection() as c:
        rows = await c.fetch(_LISTED, first, first + LIST_LENGTH)
    statuses = {row["status_index"] - first: row["status"] for row in rows}
    return status_list(number, statuses, world.now(), world.public_url)
