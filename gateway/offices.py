"""Appointing and dismissing employees: by the organisation's administrator, the first one by the operator.

``DATABASE_URL=… python -m gateway.offices BIN "Name in Kazakh" "Name in Russian"`` makes the person whose IIN comes on
the standard input the administrator of the organisation: an IIN stands in no command line.
"""

import asyncio
import sys
from uuid import UUID

from gateway import employees
from gateway.conditions import PersonNotAuthentic, ask_registry, data_authentic
from gateway.employees import Employee
from gateway.settings import GatewaySettings
from gateway.staff import StaffSession
from gateway.world import World
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.kit.identifiers import uuid7
from shared.kit.problems import Conflict, NotFound, Unprocessable
from shared.law.iin import is_iin
from shared.law.roles import ROLES_IN, StaffRole
from shared.law.text import Text

USAGE = "python -m gateway.offices BIN NAME_KK NAME_RU, with the IIN on the standard input"


class LastAdministrator(Conflict):
    """An organisation keeps an administrator: one cannot dismiss oneself, nor give the role away."""

    slug = "last-administrator"
    title = Text(
        "Әкімші өз рөлін өзі алып тастай алмайды",
        "Администратор не может лишить роли сам себя",
        "An administrator cannot take the role from themselves",
    )


async def appoint(
    world: World, session: StaffSession, iin: str, roles: frozenset[StaffRole], doctor_id: str | None = None
) -> Employee:
    """Give a person exactly these roles at one's own organisation; a doctor also the clinic's own id of a doctor.

    Raises:
        NotYourRole: One is not its administrator.
        Unprocessable: The organisation has no such role, or who is named a doctor has not the role of one.
        LastAdministrator: One would take the role from oneself.
        PersonNotAuthentic, RegistryUnavailable: The person registry does not confirm the person, or does not answer.
    """
    session.require({StaffRole.ADMINISTRATOR})
    mine = session.employee
    if not roles <= ROLES_IN[mine.organisation_bin]:
        raise Unprocessable(errors=[{"pointer": "/roles", "code": "unknown-role"}])
    if doctor_id is not None and StaffRole.DOCTOR not in roles:
        raise Unprocessable(errors=[{"pointer": "/doctor_id", "code": "not-a-doctor"}])
    if iin == mine.iin and StaffRole.ADMINISTRATOR not in roles:
        raise LastAdministrator
    person = (await ask_registry(world.registry, iin)).person
    if person is None or not data_authentic(person):
        raise PersonNotAuthentic
    at, names = world.now(), person.names
    chosen = Employee(uuid7(at), mine.organisation_bin, iin, names.kk.full(), names.ru.full(), roles, at, doctor_id)
    async with world.database.transaction() as c:
        return await employees.appoint(c, chosen, mine.employee_id)


async def dismiss(world: World, session: StaffSession, employee_id: UUID) -> None:
    """End somebody's office; their sessions are over at once.

    Raises:
        NotYourRole: One is not the organisation's administrator.
        LastAdministrator: One would dismiss oneself.
        NotFound: One's own organisation has no such employee.
    """
    session.require({StaffRole.ADMINISTRATOR})
    if employee_id == session.employee.employee_id:
        raise LastAdministrator
    async with world.database.transaction() as c:
        if not await employees.dismiss(c, employee_id, session.employee, world.now()):
            raise NotFound


async def appoint_first(
    database_url: str, clock: Clock, administrator: tuple[str, str], names: tuple[str, str]
) -> None:
    """Make a person the administrator of an organisation, as its operator's command does.

    Args:
        database_url: The gateway's database.
        clock: The system's clock.
        administrator: The organisation's BIN and the person's IIN.
        names: The person's name in Kazakh and in Russian.

    Raises:
        ValueError: There is no such organisation, or that is no IIN.
    """
    bin_, iin = administrator
    if bin_ not in ROLES_IN or not is_iin(iin):
        raise ValueError("There is no such organisation, or that is no IIN.")
    at = clock.now()
    database = Database(database_url, 1, name="operator")
    try:
        async with database.transaction() as c:
            known = await employees.in_office(c, bin_, iin)
            roles = (known.roles if known else frozenset()) | {StaffRole.ADMINISTRATOR}
            doctor_id = known.doctor_id if known else None
            await employees.appoint(c, Employee(uuid7(at), bin_, iin, *names, roles, at, doctor_id), None)
    finally:
        await database.close()


def main(arguments: list[str]) -> int:
    """Do what the command says; 2 when it is not understood."""
    if len(arguments) != 3:  # noqa: PLR2004 - what USAGE names.
        sys.stderr.write(f"{USAGE}\n")
        return 2
    settings = GatewaySettings()
    iin = sys.stdin.readline().strip()
    bin_, kk, ru = arguments
    try:
        asyncio.run(appoint_first(settings.database_url, settings.clock(), (bin_, iin), (kk, ru)))
    except ValueError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
