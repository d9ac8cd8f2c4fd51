"""Bodies of deciding by officials that only the gateway has: what waits across services, signatures with a version."""

from typing import Annotated

from pydantic import BaseModel, Field

from gateway.schemas.requests import SignatureIn
from shared.forms.deciding import WaitingView


class WaitingBoard(BaseModel):
    """What waits for an official at the provider, the nearest deadline first."""

    waiting: list[WaitingView]
    silent: list[str] = Field(description="Services that do not answer now: what waits there is not in the list.")


class ConfirmationIn(SignatureIn):
    """An official's signature over the bytes of the version that they saw."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]
