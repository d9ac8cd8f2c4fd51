"""A person's own view of the register of the attached population: where one is attached, since when, history (AT-7).

One sees oneself and whom one represents, by the person registry (AT-1); of anybody else the register is not asked.
"""

import json
from typing import Final

from pydantic import ValidationError

from gateway.conditions import ask_registry
from gateway.identity import Session
from gateway.schemas.attachments import AttachmentList, Told, as_seen
from gateway.world import World
from shared.kit.http import CallFailed
from shared.kit.problems import Forbidden, Unavailable
from shared.kit.representation import relation_of, represents
from shared.law.hours import ALMATY
from shared.law.text import Text

SERVICE: Final = "attachment"
PATH: Final = "/internal/v1/attachments/history"
PURPOSE: Final = "AT-7"
SECONDS: Final = 3.0
_OK: Final = 200


class NotRepresented(Forbidden):
    """The person registry does not say that one may ask for this person; the same for whoever does not exist."""

    slug = "not-represented"
    title = Text(
        "Осы адамның өкілі екендігіңіз расталмады",
        "Не подтверждено, что вы представляете этого человека",
        "It is not confirmed that you represent this person",
    )


class RegisterUnavailable(Unavailable):
    """The register of the attached population does not answer now."""

    slug = "attachment-register-unavailable"
    title = Text(
        "Тіркелген халықтың тіркелімі қазір жауап бермейді, кейінірек қайталаңыз",
        "Регистр прикреплённого населения сейчас не отвечает, повторите позже",
        "The register of the attached population does not answer now, try again later",
    )


async def own_attachments(world: World, session: Session) -> AttachmentList:
    """Return where one is and was attached, the latest first; raises RegisterUnavailable."""
    return await _ask(world, session.iin)


async def attachments_of(world: World, session: Session, iin: str) -> AttachmentList:
    """Return the same of a child or a ward.

    Raises:
        NotRepresented: The registry does not say that one may ask for them.
        RegistryUnavailable: The person registry does not answer now.
        RegisterUnavailable: The register does not.
    """
    if iin != session.iin:
        await _require_representation(world, session.iin, iin)
    return await _ask(world, iin)


async def _require_representation(world: World, iin: str, other: str) -> None:
    today = world.now().astimezone(ALMATY).date()
    asking = (await ask_registry(world.registry, iin)).person
    if asking is None or not represents(asking, other, today):
        raise NotRepresented
    person = (await ask_registry(world.registry, other)).person
    if person is None or relation_of(asking, person, today) is None:
        raise NotRepresented


async def _ask(world: World, iin: str) -> AttachmentList:
    body = json.dumps({"iin": iin, "purpose": PURPOSE}).encode()
    try:
        answer = await world.services[SERVICE].post(PATH, body, total=SECONDS)
        if answer.status != _OK:
            raise RegisterUnavailable(retry_after=5)
        told = Told.model_validate_json(answer.body)
    except (CallFailed, ValidationError):
        # What the register answered is not repeated: it is about a person.
        raise RegisterUnavailable(retry_after=5) from None
    return as_seen(told, world.now().astimezone(ALMATY).date())
