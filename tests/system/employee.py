"""An employee of a clinic at the portal: the administrator, who is a citizen too, and whom they appoint."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from gateway import offices
from shared.law.roles import ROLES_IN, StaffRole
from tests.system.asking import Asked, Told, ask
from tests.system.asks import Ask, Make, always
from tests.system.citizen import PASSWORD, Citizen
from tests.system.people import CLINIC

NAMES = ("Қызметкер Канарейқызы", "Сотрудница Канарейкина")
OTHER_ROLE = min(ROLES_IN[CLINIC.bin] - {StaffRole.ADMINISTRATOR})


@dataclass
class Employee:
    """One person as an employee; ``token`` opens the routes of employees and nothing else."""

    person: Citizen
    bin: str = CLINIC.bin
    token: str = ""

    async def take_office(self) -> "Employee":
        """Become the organisation's administrator by the operator's command, and log in."""
        system = self.person.system
        url = system.gateway.settings.database_url
        await offices.appoint_first(url, system.clock, (self.bin, self.person.iin), NAMES)
        return await self.log_in()

    async def log_in(self) -> "Employee":
        self.token = await self.new_token()
        return self

    async def new_token(self) -> str:
        told = await Citizen(self.person.system, self.person.slug, self.person.address).call(
            "POST", "/v1/staff/sessions", self.credentials()
        )
        assert told.status == 201, told.body
        return str(told.json["access_token"])

    def credentials(self) -> dict[str, str]:
        return {"iin": self.person.iin, "password": PASSWORD, "organisation_bin": self.bin}

    async def appoint(self, other: Citizen, role: str = OTHER_ROLE) -> str:
        """Appoint a person; returns the number of their office."""
        told = await self.call("PUT", "/v1/staff/employees", {"iin": other.iin, "roles": [role]})
        assert told.status == 200, told.body
        return str(told.json["employee_id"])

    async def call(self, method: str, target: str, body: Any = None) -> Told:
        content = None if body is None else Ask(body=body).content()
        sent = (("Authorization", f"Bearer {self.token}"), ("Idempotency-Key", str(uuid4())))
        return await ask(self.person.system.apps["gateway"], Asked(method, target, content, sent))


def staff_asks(administrator: Employee) -> dict[str, Make]:
    """Return the requests of employees, by operation."""
    appointed = Citizen(administrator.person.system, "elderly")
    path = "/v1/staff"

    async def leaving() -> Ask:
        return Ask(token=await administrator.new_token(), dear=True)

    async def dismissal() -> Ask:
        return Ask(path={"employee_id": await administrator.appoint(appointed)}, dear=True)

    return {
        f"POST {path}/sessions": always(Ask(body=administrator.credentials())),
        f"DELETE {path}/sessions/current": leaving,
        f"GET {path}/me": always(Ask()),
        f"GET {path}/employees": always(Ask()),
        f"PUT {path}/employees": always(Ask(body={"iin": appointed.iin, "roles": [OTHER_ROLE], "doctor_id": "D-9"})),
        f"DELETE {path}/employees/{{employee_id}}": dismissal,
    }
