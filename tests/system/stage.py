"""The whole system with a citizen in it, and the callers who walk through it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from shared.documents import case_file
from shared.kit.keys import load_keys
from tests.openapi import Operation
from tests.system.asks import Ask, Make, always
from tests.system.asks_of_citizens import gateway_asks
from tests.system.asks_of_services import (
    casework_asks,
    nca_asks,
    person_registry_asks,
    register_asks,
    round_asks,
    schedule_asks,
)
from tests.system.callers import Caller, nobody, sealed_by, with_token
from tests.system.citizen import Citizen
from tests.system.clinic_asks import clinic_asks
from tests.system.clinic_system import client_asks
from tests.system.clinic_work import work_asks
from tests.system.college import TRAINING_FORM, College, college_asks
from tests.system.college_office import office_asks, office_asks_of_service
from tests.system.college_papers import paper_asks
from tests.system.college_staff import Official, training_asks
from tests.system.counter import Counter, desk_asks
from tests.system.employee import Employee, staff_asks
from tests.system.officials import ClinicOfficial, deciding_asks, service_asks
from tests.system.operations import OPERATORS, line_of, operations_of
from tests.system.people import FORMS, THIRD_DOCTOR, request_for, times
from tests.system.system import System
from tests.system.webhook_asks import webhook_asks


@dataclass(frozen=True)
class Stage:
    """The system, a citizen who is logged in, and a good request for every operation of every application."""

    system: System
    citizen: Citizen
    administrator: Employee
    counter: Counter
    asks: Mapping[str, Mapping[str, Make]]

    def operations(self, name: str) -> list[Operation]:
        """Return an application's operations but for the pages of operators, which take nothing."""
        told = operations_of(name, self.system.apps[name])
        return [one for one in told if OPERATORS not in one.told.get("tags", ())]

    def caller(self, name: str, application: str) -> Caller:
        """Return the caller of this name before an application: ``nobody``, ``citizen``, ``employee``, or a service."""
        if name == "nobody":
            return nobody
        if name == "citizen":
            return with_token(self.citizen.token)
        if name == "employee":
            return with_token(self.administrator.token)
        return sealed_by(load_keys(self.system.layout.keys, name, callers=()), application)

    async def good(self, name: str, operation: Operation) -> Ask:
        """Return a new request that is answered as it should be."""
        return await self.makes(name, operation)[0]()

    def makes(self, name: str, operation: Operation) -> list[Make]:
        """Return what makes good requests for an operation: one of each kind of body that it takes."""
        asks = self.asks[name].items()
        return [make for line, make in asks if line.partition(" as ")[0] == line_of(operation)]


async def begun(citizen: Citizen, place: int = 1) -> str:
    """Return the number of a child's appointment that has begun: the clock stands, so the appointment is moved."""
    child = Citizen(citizen.system, "child-8").iin
    booked = await citizen.signed(request_for("appointment", child, starts_at=next(times(place))))
    async with citizen.system.databases["appointment"].connection() as c:
        begins = citizen.system.clock.now()
        await c.execute(
            "UPDATE bookings SET starts_at = $2, changed_at = $2 WHERE request_id = $1", booked["id"], begins
        )
    return str(booked["number"])


async def called(citizen: Citizen) -> str:
    """Return a new call whose visit nobody has noted: what stands for the child is noted first."""
    child = Citizen(citizen.system, "child-8").iin
    async with citizen.system.databases["home_visit"].connection() as c:
        await c.execute(
            "UPDATE visits SET standing = 'visited', changed_at = $2, noted_at = $2, noted_by = '{}' "
            "FROM requests WHERE requests.request_id = visits.request_id AND subject_iin = $1 AND noted_at IS NULL",
            child,
            citizen.system.clock.now(),
        )
    return str((await citizen.signed(request_for(subject_iin=child)))["id"])


async def case_of(system: System, service: str, token: str) -> dict[str, Any]:
    """Return what the gateway tells of a request's case file: the digests of what was signed and answered."""
    sql = "SELECT request_id, content, cms, jws FROM requests JOIN documents USING (request_id) WHERE token = $1"
    async with system.databases[service].connection() as c:
        row = await c.fetchrow(sql, token)
    held = {case_file.CONTENT: row["content"], case_file.CMS: row["cms"], case_file.DOCUMENT: row["jws"].encode()}
    items = [{"name": name, "sha256": case_file.print_of(data)} for name, data in held.items()]
    return {"request_id": str(row["request_id"]), "items": items}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(system: System) -> AsyncIterator[Stage]:
    """Dauren, a father of two, is logged in; one request of his at every service is answered."""
    citizen = await Citizen(system, "parent").enter()
    administrator = await Employee(citizen).take_office()
    answered = {code: await citizen.signed(request_for(code)) for code in FORMS}
    booked = answered["appointment"]
    assert booked["status"] == "granted"
    # What is booked must not take the time that drafts are made for.
    drafted, signed = ({"doctor_id": THIRD_DOCTOR["id"], "starts_at": next(times(place))} for place in (0, 1))
    forms = {code: (form, form) for code, form in FORMS.items()}
    forms["appointment"] = (FORMS["appointment"] | drafted, FORMS["appointment"] | signed)
    casework = {
        code: {
            **casework_asks(code, both, citizen.iin, answered[code]["document"]["token"]),
            "POST /internal/v1/case-files": always(
                Ask(body=await case_of(system, code.replace("-", "_"), answered[code]["document"]["token"]))
            ),
        }
        for code, both in forms.items()
    }
    college = await College(system, citizen.iin).open()
    token = await college.token()
    official = await Official(Citizen(system, "guardian", address="192.0.2.11")).take_office()
    head = await ClinicOfficial(Citizen(system, "guardian", address="192.0.2.11")).take_office()
    officials = {code: await service_asks(system, code, both[1], citizen.iin) for code, both in forms.items()}
    counter = await Counter(Citizen(system, "newcomer", address="192.0.2.13"), citizen).sit_down(administrator)
    training = casework_asks("diploma", (TRAINING_FORM, TRAINING_FORM), citizen.iin, token)
    training["POST /internal/v1/case-files"] = always(Ask(body=await case_of(system, "diploma", token)))
    asks: dict[str, Mapping[str, Make]] = {
        "gateway": await gateway_asks(system, citizen)
        | staff_asks(administrator)
        | await client_asks(administrator)
        | await webhook_asks(administrator)
        | await clinic_asks(administrator, citizen, await begun(citizen, 3))
        | work_asks(counter.token, answered["home-visit"]["id"], lambda: called(citizen))
        | await training_asks(college, official, citizen)
        | paper_asks(college, official.token, citizen)
        | await office_asks(college, official.token)
        | await deciding_asks(head, citizen)
        | await desk_asks(counter, official.token),
        "home_visit": {
            **casework["home-visit"],
            **officials["home-visit"],
            **round_asks(citizen.iin, answered["home-visit"]["id"], lambda: called(citizen)),
        },
        "attachment": {**casework["attachment"], **officials["attachment"], **register_asks(citizen.iin)},
        "appointment": {
            **casework["appointment"],
            **officials["appointment"],
            **schedule_asks(citizen.iin, booked, await begun(citizen), system.clock.now()),
        },
        "diploma": {**training, **await college_asks(college), **await office_asks_of_service(college)},
        "person_registry": person_registry_asks(citizen.iin, Citizen(system, "elderly").iin),
        "nca": nca_asks(system, citizen.iin),
    }
    yield Stage(system, citizen, administrator, counter, asks)
