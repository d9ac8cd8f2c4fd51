"""What a clinic does with an assigned call: note what became of it, or give it to another round (HV-8).

Every act says which version of the visit it was decided on; who did it and when stands in ``visit_acts``. The calls
that share a visit go with it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from home_visit_svc.in_work import Call, read_call
from shared.kit.database import Connection, Database
from shared.kit.problems import Conflict, NotFound, PreconditionFailed, Unprocessable
from shared.law.hours import ALMATY
from shared.law.text import Text

Outcome = Literal["visited", "nobody_home", "not_needed"]
# A call that shares a visit is another name of that visit.
_HOLD: Final = """
SELECT v.request_id FROM visits v JOIN requests q USING (request_id)
WHERE v.request_id = coalesce((SELECT same_as FROM visits WHERE request_id = $1), $1) AND q.provider_bin = $2
FOR UPDATE OF v
"""
_NOTE: Final = """
UPDATE visits SET standing = $2, changed_at = $3, noted_at = coalesce(noted_at, $3), noted_by = $4::jsonb, reason = $5,
    version = version + 1 WHERE request_id = $1 OR same_as = $1
"""
# In the order in which clinics' entries lock them: two moves that cross wait for each other and no more.
_ROUNDS: Final = """
SELECT round_id, clinic_round_id, day, starts_at, ends_at, duty OR taken < calls AS has_room FROM rounds
WHERE provider_bin = $1 AND (clinic_round_id = $2
    OR round_id = (SELECT round_id FROM visits WHERE request_id = $3))
ORDER BY provider_bin, duty, starts_at, clinic_round_id FOR UPDATE
"""
_PLACES: Final = """
UPDATE rounds SET taken = taken + CASE round_id WHEN $1 THEN 1 ELSE -1 END WHERE round_id IN ($1, $2)
"""
_GIVE: Final = """
UPDATE visits SET round_id = $2, starts_at = $3, ends_at = $4, standing = 'reassigned', moved = true,
    changed_at = $5, version = version + 1 WHERE request_id = $1 OR same_as = $1
"""
_KEEP: Final = """
INSERT INTO visit_acts (request_id, act, outcome, from_round, to_round, reason, actor, acted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
"""


class VisitNoted(Conflict):
    """What became of the visit is noted: it is given to nobody else any more, or the day of its corrections is over."""

    slug = "visit-noted"
    title = Text(
        "Бұл шақырудың нәтижесі жазылған", "Итог этого вызова уже записан", "What became of this visit is noted already"
    )


class VisitNotBegun(Conflict):
    """The day of the visit has not come: nobody can have been there."""

    slug = "visit-not-begun"
    title = Text("Шақыру күні әлі келген жоқ", "День этого вызова ещё не наступил", "The day of the visit has not come")


class RoundClosed(Conflict):
    """The round takes no further call: it is full, or it is over."""

    slug = "round-closed"
    title = Text(
        "Бұл айналымда бос орын жоқ немесе ол аяқталған",
        "В этом обходе нет мест, или он уже окончен",
        "The round is full, or it is over",
    )


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts on which visit: of which provider, as which doctor (None: any of the provider's), on which version."""

    provider_bin: str
    request_id: UUID
    version: int
    doctor_id: str | None
    actor: Mapping[str, Any]
    at: datetime


class Acts:
    """The tables ``visits`` and ``visit_acts``, as they are changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, act: Act, outcome: Outcome, reason: str | None) -> Call:
        """Note what became of a visit; until the day of the first note ends it is corrected, with a reason.

        Raises NotFound, PreconditionFailed (another version), Unprocessable (a correction needs a reason),
        VisitNotBegun, VisitNoted (the day of its corrections is over).
        """
        async with self._database.transaction() as c:
            call = await _held(c, act)
            today = act.at.astimezone(ALMATY).date()
            if call.noted_at is not None and call.noted_at.astimezone(ALMATY).date() != today:
                raise VisitNoted
            if call.noted_at is not None and reason is None:
                raise Unprocessable(errors=[{"pointer": "/reason", "code": "needed-for-a-correction"}])
            if outcome != "not_needed" and call.starts_at.astimezone(ALMATY).date() > today:
                raise VisitNotBegun
            actor = json.dumps(dict(act.actor), ensure_ascii=False)
            await c.execute(_NOTE, call.request_id, outcome, act.at, actor, reason)
            done = "noted" if call.noted_at is None else "corrected"
            await c.execute(_KEEP, call.request_id, done, outcome, None, None, reason, actor, act.at)
            return await read_call(c, call.request_id)

    async def move(self, act: Act, clinic_round_id: str, reason: str | None) -> Call:
        """Give a visit to another round of that day, which has a place for it; its old place is free again.

        Raises NotFound, PreconditionFailed (another version), VisitNoted, Unprocessable (no such round that day),
        RoundClosed.
        """
        async with self._database.transaction() as c:
            call = await _held(c, act)
            if call.noted_at is not None:
                raise VisitNoted
            rounds = await c.fetch(_ROUNDS, act.provider_bin, clinic_round_id, call.request_id)
            to = next((one for one in rounds if one["clinic_round_id"] == clinic_round_id), None)
            if to is None or to["day"] != call.starts_at.astimezone(ALMATY).date():
                raise Unprocessable(errors=[{"pointer": "/round", "code": "no-such-round-that-day"}])
            if call.walk is not None and call.walk.id == clinic_round_id:
                return call
            if not to["has_room"] or to["ends_at"] <= act.at:
                raise RoundClosed
            before = next((one["round_id"] for one in rounds if one is not to), None)
            await c.execute(_PLACES, to["round_id"], before)
            hours = max(to["starts_at"], act.at), to["ends_at"]
            await c.execute(_GIVE, call.request_id, to["round_id"], *hours, act.at)
            actor = json.dumps(dict(act.actor), ensure_ascii=False)
            await c.execute(_KEEP, call.request_id, "moved", None, before, to["round_id"], reason, actor, act.at)
            return await read_call(c, call.request_id)


async def _held(connection: Connection, act: Act) -> Call:
    """Return the visit, which nobody else changes until the transaction ends."""
    request_id = await connection.fetchval(_HOLD, act.request_id, act.provider_bin)
    if request_id is None:
        raise NotFound
    call = await read_call(connection, request_id)
    if act.doctor_id is not None and (call.walk is None or call.walk.doctor_id != act.doctor_id):
        raise NotFound
    if call.version != act.version:
        raise PreconditionFailed
    return call
