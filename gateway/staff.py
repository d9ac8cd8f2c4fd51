"""Who acts as an employee: the session behind a Bearer token that names an organisation and roles.

A citizen's token opens no route of employees and an employee's none of citizens, even where both are one person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import structlog
from fastapi import Depends, Security
from starlette.requests import Request

from gateway import employees
from gateway.employees import Employee
from gateway.identity import IN_OPENAPI, WITHOUT_SESSION, SessionNotValid, StepTimes, bearer_of
from gateway.looks import Looker
from gateway.world import world_of
from shared.kit.problem_schema import problem_docs
from shared.kit.staff_problems import NotYourRole
from shared.law.roles import StaffRole

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StaffSession:
    """An employee who is logged in; their roles are those of this moment."""

    session_id: UUID
    account_id: UUID
    employee: Employee
    authorisation: StepTimes
    expires_at: datetime

    @property
    def looker(self) -> Looker:
        """Return who looks when this employee opens a person's data."""
        return Looker(self.employee.organisation_bin, self.employee.employee_id)

    def require(self, roles: Collection[StaffRole]) -> None:
        """Raise NotYourRole unless the employee acts in one of the roles."""
        if self.employee.roles.isdisjoint(roles):
            raise NotYourRole


async def employed(request: Request, _: Annotated[object, Security(IN_OPENAPI)] = None) -> StaffSession:
    """Return the employee's session that the request's access token speaks for.

    Raises:
        NotAuthenticated: There is no access token.
        SessionNotValid: It is not one of ours, or a citizen's, or its session has ended, or the employee is dismissed.
    """
    world = world_of(request)
    bearer, expires_at = bearer_of(request)
    async with world.database.connection() as c:
        found = await employees.acting(c, bearer.session, bearer.account, world.now())
    if found is None or bearer.organisation != found["organisation_bin"]:
        log.info("access.refused", reason="not-as-employee")
        raise SessionNotValid
    times = StepTimes(found["step_started_at"], found["authorised_at"])
    return StaffSession(bearer.session, bearer.account, employees.employee_in(found), times, expires_at)


FOR_EMPLOYEES: Final = WITHOUT_SESSION | problem_docs(NotYourRole)
"""The ``responses`` of a route for employees."""
Employed = Annotated[StaffSession, Depends(employed)]
"""The parameter of a route for employees."""
