"""Bodies of the list of who looked at one's data."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.schemas.accounts import PersonName
from gateway.schemas.requests import Words
from gateway.schemas.staff import Organisation, RoleView


class LookedBy(BaseModel):
    """Who looked: an employee by name and roles, or the organisation's own information system."""

    kind: Literal["employee", "system"]
    name: PersonName | None = Field(description="None where it was a system.")
    roles: list[RoleView]


class LookPurpose(BaseModel):
    """What for: the service, and the clause of its regulation."""

    service: str | None
    service_name: Words | None
    clause: str = Field(examples=["HV-17.3"])


class LookView(BaseModel):
    """One opening of one's data: who, of which organisation, why, what, when."""

    id: UUID
    looked_at: datetime
    organisation: Organisation
    by: LookedBy
    purpose: LookPurpose
    opened: str = Field(examples=["registry"])
    opened_text: Words
    request_id: UUID | None


class LookList(BaseModel):
    """Who looked, the latest first; `Link: rel="next"` leads on."""

    looks: list[LookView]
