"""Asking a service about what officials decide there, and what it may say to that."""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from gateway.destinations import DESTINATIONS
from gateway.world import World
from shared.kit.http import CallFailed
from shared.kit.problems import Conflict, NotFound, Unavailable
from shared.law.text import Text

SECONDS: Final = 6.0
"""A confirmation is answered within the exchange: facts are asked anew before it is."""
A = TypeVar("A", bound=BaseModel)
_OK: Final = 200


class NoLongerWaits(Conflict):
    """It is decided meanwhile, or facts have changed and another proposal stands in its place: read it again."""

    slug = "no-longer-waits"
    title = Text(
        "Бұл жоба енді күтіп тұрған жоқ: қайта оқыңыз",
        "Этот проект уже не ожидает решения: прочитайте заново",
        "This does not wait any more: read it again",
    )


class DecidingUnavailable(Unavailable):
    """The service does not answer now."""

    slug = "deciding-unavailable"
    title = Text(
        "Қызмет қазір жауап бермейді, кейінірек қайталаңыз",
        "Служба сейчас не отвечает, повторите позже",
        "The service does not answer now, try again later",
    )


async def ask(world: World, service: str, path: str, body: Mapping[str, Any], kind: type[A]) -> A:
    """Return what a service (its public code) says; raises NotFound, NoLongerWaits, DecidingUnavailable."""
    try:
        client = world.services[DESTINATIONS[service].service]
        sent = json.dumps(body, default=str).encode()
        answer = await client.post(f"/internal/v1/{path}", sent, total=SECONDS)
        if answer.status == _OK:
            return kind.model_validate_json(answer.body)
    except (CallFailed, KeyError, ValidationError):
        # What the service answered is not repeated: it is about a person.
        raise DecidingUnavailable(retry_after=5) from None
    if answer.status == NotFound.status:
        raise NotFound
    if answer.status == Conflict.status:
        raise NoLongerWaits
    raise DecidingUnavailable(retry_after=5)
