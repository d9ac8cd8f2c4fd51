"""An employee of the medical college at the gateway: one person in every role of it but the administrator's."""

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gateway import employees
from gateway.employees import Employee as Office
from nca_stub.authority import Authority, Issued
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.eds.verdict import Role
from shared.kit.identifiers import uuid7
from shared.law.college import COLLEGE
from shared.law.roles import ROLES_OF_COLLEGE, StaffRole
from tests.system.asks import Ask, Make, always
from tests.system.citizen import Citizen
from tests.system.college import HANDED, TRAINING_FORM, College
from tests.system.employee import NAMES, Employee
from tests.system.people import request_for

CASES = "/v1/staff/training/cases"
EVERYTHING = ROLES_OF_COLLEGE - {StaffRole.ADMINISTRATOR}


@dataclass
class Official:
    """An employee with a key of the right to sign for the college."""

    person: Citizen
    token: str = ""

    async def take_office(self) -> "Official":
        world, at = self.person.system.gateway, self.person.system.clock.now()
        await self.person.enter()
        office = Office(uuid7(at), COLLEGE.bin, self.person.iin, *NAMES, EVERYTHING, at)
        async with world.database.transaction() as c:
            await employees.appoint(c, office, None)
        self.token = await Employee(self.person, COLLEGE.bin).new_token()
        return self

    @cached_property
    def key(self) -> Issued:
        system = self.person.system
        employer = (COLLEGE.bin, COLLEGE.name)
        order = Order.official(self.person.iin, NAMES[0], employer, Role.RIGHT_TO_SIGN, system.clock.now())
        return Authority.open(system.layout.authority).issue(order)

    def cms_over(self, content: bytes) -> str:
        signed = sign_cms(content, self.key.key, self.key.certificate, self.person.system.clock.now())
        return base64.b64encode(signed).decode()


async def training_asks(college: College, official: Official, citizen: Citizen) -> dict[str, Make]:
    """Return the requests of the college's employees, and of a citizen about their training documents."""
    standing = await college.case()
    form: dict[str, Any] = {"kind": "diploma", "decision_number": await college.attested(), "phone": "+77471112233"}
    own = {"request_id": (await citizen.signed(request_for() | {"service": "diploma", "form": form}))["id"]}
    token = official.token

    async def act(until: str, **wanted: Any) -> Ask:
        case = await college.case(until=until)
        if "handed" in wanted:
            await college.power(case)
        if wanted["act"] == "prepare":
            wanted["blank"] = case["blank"]
        path = {"request_id": case["request_id"]}
        return Ask(path=path, body={"version": case["version"], **wanted}, token=token, dear=True)

    async def document() -> Ask:
        case = await college.case(until="approval")
        return Ask(path={"request_id": case["request_id"]}, query={"version": str(case["version"])}, token=token)

    async def signature() -> Ask:
        case = await college.case(until="approval")
        body = {"version": case["version"], "cms": official.cms_over(await college.content(case))}
        return Ask(path={"request_id": case["request_id"]}, body=body, token=token, dear=True)

    one = f"{CASES}/{{request_id}}"
    training = {"service": "diploma", "form": TRAINING_FORM}
    return {
        "POST /v1/requests as of a training document": always(Ask(body=training)),
        f"GET {CASES}": always(Ask(token=token)),
        f"GET {one}": always(Ask(path={"request_id": standing["request_id"]}, token=token)),
        f"POST {one}/acts": lambda: act("responsible", act="send_back", reason="Аты қате"),
        f"POST {one}/acts as preparing": lambda: act("preparing", act="prepare"),
        f"POST {one}/acts as handing over": lambda: act("handing_over", act="hand_over", handed=HANDED),
        f"GET {one}/document": document,
        f"POST {one}/signature": signature,
        "GET /v1/requests/{request_id}/progress": always(Ask(path=own)),
        "GET /v1/me/training-documents": always(Ask()),
        "GET /v1/training-documents/status-lists/{number}": always(Ask(path={"number": "0"})),
    }
