"""Warnings of a term that are acknowledged by those responsible (DP-5): until then they stand in the list of cases."""

from typing import Final
from uuid import UUID

from diploma_svc import journal
from diploma_svc.cases import Actor, Happening
from diploma_svc.refusals import NotPossible, NotYourRole
from diploma_svc.stages import HEADS, RESPONSIBLE, acts_for
from diploma_svc.world import World
from shared.kit.problems import NotFound

_ACKNOWLEDGE: Final = "UPDATE cases SET acknowledged = warned WHERE request_id = $1 AND acknowledged < warned"


async def acknowledge(world: World, request_id: UUID, actor: Actor) -> None:
    """Acknowledge the warnings of a case: as the responsible person, the head, or whoever has the case now.

    Raises NotFound; NotYourRole; NotPossible where nothing waits to be acknowledged.
    """
    async with world.database.transaction() as c:
        case = await journal.hold(c, request_id)
        if case is None:
            raise NotFound
        if not (actor.roles & (RESPONSIBLE | HEADS) or acts_for(case.standing(), actor.roles, actor.iin)):
            raise NotYourRole
        if await c.execute(_ACKNOWLEDGE, request_id) != "UPDATE 1":
            raise NotPossible(code="nothing_to_acknowledge")
        said = Happening(world.now(), "acknowledge_warning", case.stage, actor.name_kk, None)
        await journal.note(c, request_id, said, actor.iin)
