"""Decisions and the sealed documents. One method, one transaction; one outcome a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.kit.casework.deciding import Promise, confirmed_or_proposed, hold
from shared.kit.casework.entries import Drawn, Evidence
from shared.kit.casework.timing import AwaitsOfficial
from shared.kit.database import Connection, Database

_DECIDED = """
WITH decided AS (
    UPDATE requests SET state = 'decided', awaits_official = NULL WHERE request_id = $1
), kept AS (
    INSERT INTO evidence (request_id, place, source, about, clause, asked_at, answer)
    SELECT $1, given.place, given.source, given.about, given.clause, given.asked_at, given.answer
    FROM unnest($8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[])
        WITH ORDINALITY AS given(source, about, clause, asked_at, answer, place)
)
INSERT INTO documents (request_id, token, kind, outcome, grounds, payload, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_ANSWERED = """
WITH answered AS (
    UPDATE requests SET state = 'answered', answered_at = $3::timestamptz WHERE request_id = $1 AND state = 'decided'
    RETURNING request_id, least(registered_at, counts_from) AS begun_at, answer_by
), sealed AS (
    UPDATE documents SET jws = $2, issued_at = $3::timestamptz FROM answered
    WHERE documents.request_id = answered.request_id
    RETURNING documents.request_id, outcome
)
INSERT INTO steps (request_id, step, started_at, ended_at, limit_seconds, met)
SELECT request_id, CASE outcome WHEN 'granted' THEN 8 ELSE 7 END, begun_at, $3::timestamptz, $4::int,
    $3::timestamptz <= answer_by
FROM answered JOIN sealed USING (request_id)
RETURNING true
"""


@dataclass(frozen=True, slots=True)
class Decided:
    """When the request was decided, and the evidence that the decision rests on."""

    at: datetime
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A decision that waits for its seal."""

    channel: str
    provider_bin: str
    kind: str
    payload: bytes


class Answers:
    """The tables ``documents`` and ``evidence``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def grant(self, request_id: UUID, promise: Promise, decided: Decided) -> bool:
        """Keep what is promised and write the certificate as it will be sealed; False if the request is decided.

        ``promise`` writes its own rows in this transaction and draws the certificate up; another Drawn than a
        certificate (what was free is taken meanwhile, the norm is reached) is kept as well.

        Raises AwaitsOfficial where the provider has officials decide and nobody has confirmed this yet: it is proposed
        then, and nothing is promised (docs/decisions/0023).
        """
        async with self._database.transaction() as connection:
            held = await hold(connection, request_id)
            if held is None:
                return False
            if held.by_person:
                drawn = await confirmed_or_proposed(connection, held, promise, decided.at, decided.evidence)
            else:
                drawn = await promise(connection)
            if drawn is not None:
                await write(connection, request_id, drawn, decided)
        if drawn is None:
            raise AwaitsOfficial
        return True

    async def refuse(self, request_id: UUID, drawn: Drawn, decided: Decided) -> bool:
        """Write the refusal as it will be sealed; False if the request is already decided. Raises as ``grant``."""

        async def nothing(_: Connection) -> Drawn:
            return drawn

        return await self.grant(request_id, nothing, decided)

    async def unsealed(self, request_id: UUID) -> Unsealed | None:
        """Return what is to be sealed, None if nothing is."""
        async with self._database.connection() as connection:
            row = await connection.fetchrow(
                "SELECT channel, provider_bin, d.kind, d.payload FROM requests r JOIN documents d USING (request_id)"
                " WHERE request_id = $1 AND r.state = 'decided'",
                request_id,
            )
        return None if row is None else Unsealed(**row)

    async def write_answer(self, request_id: UUID, jws: str, at: datetime, *, limit_seconds: int) -> bool:
        """Write the sealed document and row 7 or 8 of the ledger; False if another has already answered."""
        async with self._database.connection() as connection:
            return bool(await connection.fetchval(_ANSWERED, request_id, jws, at, limit_seconds))


async def write(connection: Connection, request_id: UUID, drawn: Drawn, decided: Decided) -> None:
    """Write an answer as it will be sealed, inside the caller's transaction, which holds a request that has none."""
    evidence = decided.evidence
    await connection.execute(
        _DECIDED,
        request_id,
        drawn.token,
        drawn.kind,
        drawn.outcome,
        list(drawn.grounds),
        drawn.payload,
        decided.at,
        [kept.source for kept in evidence],
        [kept.about for kept in evidence],
        [kept.clause for kept in evidence],
        [kept.asked_at for kept in evidence],
        [kept.answer for kept in evidence],
    )
