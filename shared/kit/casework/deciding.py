"""Deciding by a person: what the rules propose waits for an official, until the last safe minute (decision 0023).

It stands at the one door by which answers are written (``answers.py``), so that no service can pass it by.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.kit.casework.entries import Drawn, Evidence
from shared.kit.casework.timing import closing_moment
from shared.kit.database import Connection
from shared.law.answers import canonical

# One statement, as it was before there was a choice: who has made none pays nothing for it. Who stands at the desk or
# is on the telephone is told the answer there and then: what the rules say.
_HOLD: Final = """
SELECT request_id, answer_by, channel = 'portal' AND coalesce((SELECT by_person FROM deciding_choices c
    WHERE c.provider_bin = requests.provider_bin ORDER BY since DESC LIMIT 1), false) AS by_person
FROM requests WHERE request_id = $1 AND state = 'registered' FOR UPDATE
"""
_LATEST: Final = """
SELECT p.version, p.token, p.kind, p.outcome, p.grounds, p.payload, a.act, a.remark
FROM proposals p LEFT JOIN proposal_acts a USING (request_id, version)
WHERE request_id = $1 ORDER BY version DESC LIMIT 1
"""
_PROPOSE: Final = """
INSERT INTO proposals (request_id, version, made_at, token, kind, outcome, grounds, payload, content, rests_on, remark)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11)
"""
_WAIT: Final = """
UPDATE requests SET due_at = $2, awaits_official = coalesce(awaits_official, $3) WHERE request_id = $1
"""
_OF_THE_MOMENT: Final = frozenset({"check", "issued_at"})
"""What differs between two drawings of the same refusal."""
Promise = Callable[[Connection], Awaitable[Drawn]]


@dataclass(frozen=True, slots=True)
class Held:
    """An entry without a decision, which nobody else touches until the transaction ends."""

    request_id: UUID
    answer_by: datetime
    by_person: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """The latest proposal of an entry, and what an official did with it (None: nothing yet)."""

    version: int
    drawn: Drawn
    act: str | None
    remark: str | None

    def says(self, drawn: Drawn) -> bool:
        """Say whether it proposes this: the same outcome on the same grounds; of a refusal, in the same words.

        Which slot, place or district a granted request gets is found when it is given, and may be another.
        """
        if (self.drawn.outcome, self.drawn.grounds) != (drawn.outcome, drawn.grounds):
            return False
        return drawn.outcome == "granted" or _matter(self.drawn.payload) == _matter(drawn.payload)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be proposed, the exact bytes that an official signs to confirm it, and the answers it rests on."""

    drawn: Drawn
    content: bytes
    evidence: tuple[Evidence, ...] = ()


class _NotConfirmed(Exception):
    """Rolls back to where nothing was promised yet."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__()
        self.drawn = drawn


async def hold(connection: Connection, request_id: UUID) -> Held | None:
    """Keep an entry as it is until the caller's transaction ends; None if it is decided."""
    row = await connection.fetchrow(_HOLD, request_id)
    return None if row is None else Held(**row)


async def confirmed_or_proposed(
    connection: Connection, held: Held, promise: Promise, at: datetime, evidence: Sequence[Evidence]
) -> Drawn | None:
    """Return what is to be written: what an official confirmed, or at the last safe minute what the rules say.

    None where an official is still to confirm it: the proposal is on record then, the entry is put off until the last
    safe minute, and nothing that ``promise`` wrote is kept. A confirmed refusal is the very document that was signed.
    """
    before = await latest(connection, held.request_id)
    closes_at = closing_moment(held.answer_by)
    try:
        async with connection.transaction():
            return _kept(before, await promise(connection), rules_decide=at >= closes_at)
    except _NotConfirmed as not_yet:
        drawn = not_yet.drawn
    if before is None or before.act is not None or not before.says(drawn):
        await propose(connection, held.request_id, before, Proposal(drawn, signable(drawn), tuple(evidence)), at)
    await connection.execute(_WAIT, held.request_id, closes_at, at)
    return None


def _kept(before: Proposed | None, drawn: Drawn, *, rules_decide: bool) -> Drawn:
    if before is not None and before.act == "confirmed" and before.says(drawn):
        return drawn if drawn.outcome == "granted" else before.drawn
    if rules_decide:
        return drawn
    raise _NotConfirmed(drawn)


async def latest(connection: Connection, request_id: UUID) -> Proposed | None:
    """Return the latest proposal of an entry, None where there is none."""
    row = await connection.fetchrow(_LATEST, request_id)
    if row is None:
        return None
    drawn = Drawn(row["token"], row["kind"], row["outcome"], tuple(row["grounds"]), row["payload"])
    return Proposed(row["version"], drawn, row["act"], row["remark"])


async def propose(
    connection: Connection, request_id: UUID, before: Proposed | None, proposal: Proposal, at: datetime
) -> int:
    """Write what is proposed, in place of what was proposed before; return its version.

    It carries the remark with which the one before it was returned.
    """
    drawn, version = proposal.drawn, 1 if before is None else before.version + 1
    rests_on = [
        {"source": one.source, "about": one.about, "clause": one.clause, "asked_at": one.asked_at.isoformat(),
         "sha256": hashlib.sha256(one.answer.encode()).hexdigest()} for one in proposal.evidence
    ]  # fmt: skip
    await connection.execute(
        _PROPOSE, request_id, version, at, drawn.token, drawn.kind, drawn.outcome, list(drawn.grounds), drawn.payload,
        proposal.content, json.dumps(rests_on), None if before is None else before.remark,
    )  # fmt: skip
    return version


def signable(drawn: Drawn) -> bytes:
    """Return the bytes that an official signs: of a refusal the very document; of a certificate that it be given."""
    if drawn.outcome == "refused":
        return drawn.payload
    return canonical({"purpose": "request-granted", "proposed": _matter(drawn.payload)})


def _matter(payload: bytes) -> dict[str, Any]:
    return {name: value for name, value in json.loads(payload).items() if name not in _OF_THE_MOMENT}
