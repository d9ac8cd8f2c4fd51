"""Whose signature a request bears: the applicant's on the portal, an employee's at the desk and by telephone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.destinations import purpose_of
from gateway.employees import Employee, find_employee
from gateway.journal import Request
from shared.eds.cms import OFFICIAL, Expected
from shared.eds.verdict import Role
from shared.kit.database import Database
from shared.law.channels import Channel

OF_ORGANISATION: Final = OFFICIAL | {Role.EMPLOYEE}
"""Keys that an employee signs with: as an employee, or as an official. A person's own key does not do."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Whom a signature must be of, by which clause, and what its evidence says beside the verdict."""

    expected: Expected
    clause: str
    told: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def applicant(cls, request: Request) -> "Signer":
        """Return the applicant (HV-16.6)."""
        return cls(Expected(request.applicant_iin), "HV-16.7")

    @classmethod
    def of(cls, request: Request, one: Employee) -> "Signer":
        """Return the employee who asked for the applicant (HV-17.6): of the organisation, by their own IIN."""
        told = {
            "channel": request.channel,
            "signed_by": "employee",
            "employee_id": str(one.employee_id),
            "organisation_bin": one.organisation_bin,
        }
        expected = Expected(one.iin, one.organisation_bin, OF_ORGANISATION)
        return cls(expected, purpose_of(request.service), told)


async def signer_of(database: Database, request: Request) -> Signer:
    """Return whose signature a stored request bears."""
    if request.channel == Channel.PORTAL:
        return Signer.applicant(request)
    async with database.connection() as c:
        one = await find_employee(c, request.employee_id) if request.employee_id else None
    if one is None:
        raise LookupError("A request of the desk names its employee.")
    return Signer.of(request, one)
