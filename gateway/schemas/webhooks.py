"""Bodies of a clinic's webhooks (Standard Webhooks): end points, secrets, the log of deliveries."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from shared.forms.appointment import Moment
from shared.forms.strict import StrictModel

EventType = Literal[
    "appointment.booked",
    "appointment.cancelled",
    "appointment.moved",
    "home-visit.assigned",
    "attachment.attached",
    "attachment.left",
]
WEBHOOK: Final = {"url": "https://mis.example.kz/hooks/phc", "events": ["appointment.booked", "appointment.cancelled"]}


class WebhookIn(StrictModel):
    """Where to tell what: an `https` address on the public Internet."""

    url: Annotated[str, Field(min_length=10, max_length=500, pattern=r"^https?://[!-~]+$")] = Field(repr=False)
    events: Annotated[list[EventType], Field(min_length=1, max_length=6)]


class SecretIn(StrictModel):
    """For how long the old secret signs beside the new one."""

    overlap_hours: int = Field(24, ge=0, le=168)


class ReplayIn(StrictModel):
    """One event again, or all that happened since."""

    event_id: UUID | None = None
    since: Moment | None = None


class WebhookView(BaseModel):
    """An end point. When it has failed for a day it is disabled, and says so here: enable it and replay."""

    webhook_id: UUID
    url: str
    events: list[EventType]
    created_at: AwareDatetime
    old_secret_until: AwareDatetime | None
    failing_since: AwareDatetime | None
    disabled_at: AwareDatetime | None
    disabled_why: Literal["failing_for_a_day", "gone"] | None


class WebhookList(BaseModel):
    """The organisation's end points."""

    webhooks: list[WebhookView]


class SecretTold(BaseModel):
    """The secret of an end point; it is told this once."""

    webhook_id: UUID
    secret: str = Field(description="`whsec_` and base64, for any library of Standard Webhooks.")


class EventWritten(BaseModel):
    """The event that is on its way."""

    event_id: UUID


class Replayed(BaseModel):
    """How many events are on their way again."""

    events: int


class DeliveryView(BaseModel):
    """One event and what came of telling it; `answered` is a status, or why there was none."""

    event_id: UUID
    type: str
    number: str | None
    occurred_at: AwareDatetime
    attempts: int
    attempted_at: AwareDatetime | None
    next_attempt_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    given_up_at: AwareDatetime | None
    answered: str | None


class DeliveryLog(BaseModel):
    """The latest deliveries."""

    deliveries: list[DeliveryView]
