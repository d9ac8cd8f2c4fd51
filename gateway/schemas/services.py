"""What services answer to the gateway, read strictly: a service that errs must not spoil the journal."""

import json
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gateway.deliveries import ServiceAnswer
from gateway.ledger import StepTaken


class _FromService(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class Intake(_FromService):
    """Whether the provider takes requests now (HV-9)."""

    open: bool
    until: AwareDatetime | None
    opens_at: AwareDatetime | None


class DraftAnswer(_FromService):
    """What a service says of a draft."""

    intake: Intake | None
    notices: list[dict[str, Any]]

    def stored(self) -> tuple[datetime | None, datetime | None, str]:
        """Return (open until, opens at, notices as JSON)."""
        until, opens_at = (self.intake.until, self.intake.opens_at) if self.intake else (None, None)
        return until, opens_at, json.dumps(self.notices, ensure_ascii=False)


class NotPossible(_FromService):
    """A problem by which a service says that a draft cannot be; of its members the nearest free times are passed on."""

    type: Annotated[str, Field(pattern=r"^/problems/[a-z-]{1,60}$")]
    titles: dict[Literal["kk", "ru", "en"], Annotated[str, Field(max_length=500)]]
    errors: list[dict[Literal["pointer", "code"], str]] = Field([])
    nearest: list[dict[str, Any]] | None = None

    def slug(self) -> str:
        """Return what is the matter, for machines."""
        return self.type.rpartition("/")[2]


class _Document(_FromService):
    token: Annotated[str, Field(min_length=16, max_length=200)]
    jws: Annotated[str, Field(max_length=200_000)]


class _Step(_FromService):
    step: int
    started_at: AwareDatetime
    ended_at: AwareDatetime
    limit_seconds: float
    met: bool


class Registration(_FromService):
    """A request's registration and, once there is one, its outcome."""

    request_id: UUID
    number: Annotated[str, Field(min_length=1, max_length=60)]
    registered_at: AwareDatetime
    answer_by: AwareDatetime
    state: Literal["registered", "answered"]
    outcome: Literal["granted", "refused"] | None
    answered_at: AwareDatetime | None
    document: _Document | None
    steps: list[_Step]

    def as_answer(self) -> ServiceAnswer:
        """Return it as the gateway's journal keeps it; a half-told answer is a registration only."""
        answered = self.outcome is not None and self.document is not None and self.answered_at is not None
        return ServiceAnswer(
            self.number,
            self.registered_at,
            self.answer_by,
            self.outcome if answered else None,
            self.answered_at if answered else None,
            self.document.token if self.document and answered else None,
            self.document.jws if self.document and answered else None,
            tuple(
                StepTaken(s.step, s.started_at, s.ended_at, timedelta(seconds=s.limit_seconds), s.met)
                for s in self.steps
            ),
        )
