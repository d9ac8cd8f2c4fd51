"""The URL by which the portal is told what has become of what was granted, with its bodies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Self
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from shared.forms.strict import StrictModel
from shared.kit.callers import read_call
from shared.kit.casework.routes import GATEWAY_ONLY, add_internal, json_response
from shared.kit.casework.untold import AT_ONCE, Change, Untold
from shared.kit.envelope import Envelopes

State = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
EXAMPLE: Final[dict[str, Any]] = {"heard": [{"request_id": "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90", "state": "moved"}]}


class HeardState(StrictModel):
    """The state of what a request was granted, as the portal has stored it."""

    request_id: UUID
    state: State


class ChangesQuery(StrictModel):
    """What the portal has heard since it asked last; all the rest is told."""

    heard: Annotated[list[HeardState], Field(max_length=AT_ONCE)]


class ChangeBody(StrictModel):
    """What has become of what a request was granted; `moved_to` is the request that took its place."""

    request_id: UUID
    state: State
    moved_to: UUID | None
    changed_at: datetime


class ChangesBody(StrictModel):
    """What the portal has not heard yet, the eldest first."""

    changes: list[ChangeBody]

    @classmethod
    def of(cls, untold: Sequence[Change]) -> Self:
        """Return the changes as a body."""
        return cls(
            changes=[
                ChangeBody(request_id=one.request_id, state=one.state, moved_to=one.moved_to, changed_at=one.changed_at)
                for one in untold
            ]
        )


def add_telling(router: APIRouter, name: str, untold: Untold, envelopes: Envelopes) -> None:
    """Add the route to a service, by its operation id."""

    async def tell_changes(request: Request) -> Response:
        """Tell the portal what has become of what was granted, and forget what it has heard."""
        asked = await read_call(request, envelopes, GATEWAY_ONLY, ChangesQuery)
        return json_response(ChangesBody.of(await untold.after([(one.request_id, one.state) for one in asked.heard])))

    add_internal(router, name, "/changes", tell_changes, (ChangesQuery, EXAMPLE), ChangesBody)
