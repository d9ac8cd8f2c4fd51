"""Bodies of employees: log-in, who is in office, roles."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gateway.schemas.accounts import LoginIn, PersonName
from gateway.schemas.requests import Words
from shared.forms.strict import Bin, Iin, PlainText, StrictModel
from shared.law.roles import StaffRole

StaffRoleName = StaffRole


class StaffLoginIn(LoginIn):
    """IIN and password of one's own account, and the organisation that one acts for."""

    organisation_bin: Bin


class Organisation(BaseModel):
    """An organisation with employees: a provider of Appendix 3, or the medical college."""

    bin: str
    name: str


class RoleView(BaseModel):
    """A role with its name."""

    code: StaffRole
    name: Words


class StaffMe(BaseModel):
    """Who acts for whom, in which roles."""

    employee_id: UUID
    iin: str = Field(description="Masked but for the last four digits.")
    name: PersonName
    organisation: Organisation
    roles: list[RoleView]
    authorised_at: datetime


class EmployeeIn(StrictModel):
    """Somebody to be appointed, or to have exactly these roles from now on."""

    iin: Iin = Field(repr=False)
    roles: Annotated[list[StaffRoleName], Field(min_length=1, max_length=11)]
    doctor_id: Annotated[str, PlainText(64)] | None = Field(
        None, description="Which doctor of the clinic's rounds and schedules they are, by the clinic's own id."
    )


class EmployeeView(BaseModel):
    """Somebody in office."""

    employee_id: UUID
    iin: str = Field(description="Masked but for the last four digits.")
    name: PersonName
    roles: list[RoleView]
    doctor_id: str | None
    appointed_at: datetime


class EmployeeList(BaseModel):
    """Everyone in office at one's own organisation."""

    employees: list[EmployeeView]
