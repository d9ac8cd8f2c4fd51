"""The registry desk of the clinic in the whole system: an employee with a key, and a person in front of them."""

import base64
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any
from uuid import uuid4

from gateway.questions import Question
from nca_stub.authority import Authority, Issued
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.eds.verdict import Role
from shared.law.providers import PROVIDERS
from shared.law.roles import StaffRole
from tests.system.asking import Asked, Told, ask
from tests.system.asks import Ask, Make, always
from tests.system.citizen import Citizen
from tests.system.college import TRAINING_FORM
from tests.system.employee import NAMES, Employee
from tests.system.people import CLINIC, FORM, FORMS, THIRD_DOCTOR, times

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40) + b"IEND\xaeB`\x82"
LOOKUPS, REQUESTS = "/v1/staff/lookups", "/v1/staff/requests"
ONE = f"{REQUESTS}/{{request_id}}"


@dataclass
class Counter:
    """An employee of a clinic at its desk; ``visitor`` is who comes or phones."""

    person: Citizen
    visitor: Citizen
    bin: str = CLINIC.bin
    token: str = ""

    async def sit_down(self, administrator: Employee, role: StaffRole = StaffRole.REGISTRY_DESK) -> "Counter":
        """Be appointed by the clinic's administrator, and log in."""
        await self.person.enter()
        await administrator.appoint(self.person, role)
        self.token = await Employee(self.person, self.bin).new_token()
        return self

    @cached_property
    def key(self) -> Issued:
        system = self.person.system
        employer = (self.bin, next(one.name for one in PROVIDERS if one.bin == self.bin))
        order = Order.official(self.person.iin, NAMES[0], employer, Role.EMPLOYEE, system.clock.now())
        return Authority.open(system.layout.authority).issue(order)

    async def call(self, method: str, target: str, body: Any = None, raw: bytes | None = None) -> Told:
        content = raw if raw is not None else None if body is None else Ask(body=body).content()
        sent = (("Authorization", f"Bearer {self.token}"), ("Idempotency-Key", str(uuid4())))
        kind = "image/png" if raw is not None else "application/json"
        return await ask(self.person.system.apps["gateway"], Asked(method, target, content, sent, kind))

    async def as_of(self, token: str, method: str, target: str, body: Any) -> dict[str, Any]:
        """Return what another employee is told."""
        told = await replace(self, token=token).call(method, target, body)
        assert told.status == 201, told.body
        return dict(told.json)

    async def look_up(self, channel: str = "in_person", service: str = "home-visit") -> dict[str, Any]:
        told = await self.call("POST", LOOKUPS, {"iin": self.visitor.iin, "service": service, "channel": channel})
        assert told.status == 201, told.body
        return dict(told.json)

    def answers(self, lookup: dict[str, Any]) -> dict[str, Any]:
        """Return what the visitor answers on the telephone."""
        one = self.visitor.demo.person
        card, home = max(one.documents, key=lambda document: document.issued), one.registered_address
        assert home is not None
        right = {
            "document_number": card.number[-4:],
            "document_issued": card.issued.strftime("%d.%m.%Y"),
            "home": f"{home.house}-{home.apartment or ''}",
        }
        return {"answers": {one["code"]: right[one["code"]] for one in lookup["questions"]}}

    async def draft(self, **more: Any) -> dict[str, Any]:
        told = await self.call("POST", REQUESTS, await self.request(**more))
        assert told.status == 201, told.body
        return dict(told.json)

    async def request(self, **more: Any) -> dict[str, Any]:
        lookup = more.get("lookup_id") or (await self.look_up())["id"]
        return {"service": "home-visit", "channel": "in_person", "form": FORM, **more, "lookup_id": lookup}

    def signature(self, draft: dict[str, Any]) -> dict[str, str]:
        content = base64.b64decode(draft["to_sign"]["content"])
        signed = sign_cms(content, self.key.key, self.key.certificate, self.person.system.clock.now())
        return {"cms": base64.b64encode(signed).decode()}

    async def signed(self, **more: Any) -> dict[str, Any]:
        draft = await self.draft(**more)
        told = await self.call("POST", draft["links"]["signature"], self.signature(draft))
        assert told.status in {200, 202}, told.body
        return dict(told.json)

    async def scan(self) -> str:
        told = await self.call("POST", "/v1/staff/scans", raw=PNG)
        assert told.status == 201, told.body
        return str(told.json["id"])


async def desk_asks(counter: Counter, college: str) -> dict[str, Make]:
    """Return the requests of the registry desk, by operation; ``college`` is the token of the college's clerk."""
    scan, token = await counter.scan(), counter.token
    answered = await counter.signed(scans=[scan])
    own = {"request_id": answered["id"]}

    async def draft() -> Ask:
        applicant = (await counter.look_up())["id"]
        child = {"iin": Citizen(counter.person.system, "child-8").iin, "service": "home-visit", "channel": "in_person"}
        subject = (await counter.as_of(token, "POST", LOOKUPS, child | {"applicant_lookup_id": applicant}))["id"]
        asked = await counter.request(lookup_id=applicant, subject_lookup_id=subject, scans=[await counter.scan()])
        return Ask(body=asked, token=token, dear=True)

    free = times(20)

    async def another(service: str) -> Ask:
        chosen = {"starts_at": next(free), "doctor_id": THIRD_DOCTOR["id"]} if service == "appointment" else {}
        lookup, form = (await counter.look_up(service=service))["id"], FORMS[service] | chosen
        return Ask(body=await counter.request(service=service, lookup_id=lookup, form=form), token=token, dear=True)

    async def at_college() -> Ask:
        wanted = {"iin": counter.visitor.iin, "service": "diploma", "channel": "in_person"}
        lookup = await counter.as_of(college, "POST", LOOKUPS, wanted)
        body = {"service": "diploma", "channel": "in_person", "lookup_id": lookup["id"], "form": TRAINING_FORM}
        return Ask(body=body, token=college, dear=True)

    async def signature() -> Ask:
        made = await counter.draft()
        return Ask(path={"request_id": made["id"]}, body=counter.signature(made), token=token, dear=True)

    async def answers(asked: str) -> Ask:
        async with counter.person.system.databases["gateway"].connection() as c:
            await c.execute("UPDATE lookups SET tries = 0")  # What hostile callers answered is not counted here.
        lookup = await counter.look_up("phone")
        while asked not in {one["code"] for one in lookup["questions"]}:
            lookup = await counter.look_up("phone")
        return Ask(path={"lookup_id": lookup["id"]}, body=counter.answers(lookup), token=token, dear=True)

    async def of_child() -> Ask:
        child = {"iin": Citizen(counter.person.system, "child-8").iin, "service": "home-visit", "channel": "in_person"}
        return Ask(body=child | {"applicant_lookup_id": (await counter.look_up())["id"]}, token=token, dear=True)

    wanted = {"iin": counter.visitor.iin, "service": "home-visit", "channel": "in_person"}
    return {
        f"POST {LOOKUPS}": always(Ask(body=wanted, token=token)),
        f"POST {LOOKUPS} as of a child": of_child,
        **{f"POST {LOOKUPS}/{{lookup_id}}/answers as asked {one}": partial(answers, one) for one in Question},
        "POST /v1/staff/scans": always(Ask(raw=PNG, kind="image/png", token=token)),
        f"POST {REQUESTS}": draft,
        f"POST {REQUESTS} as an attachment": partial(another, "attachment"),
        f"POST {REQUESTS} as an appointment": partial(another, "appointment"),
        f"POST {REQUESTS} as of a training document": at_college,
        f"GET {ONE}": always(Ask(path=own, token=token)),
        f"GET {ONE}/content": always(Ask(path=own, token=token)),
        f"GET {ONE}/steps": always(Ask(path=own, token=token)),
        f"GET {ONE}/document": always(Ask(path=own, token=token)),
        f"GET {ONE}/evidence": always(Ask(path=own, token=token)),
        f"GET {ONE}/scans/{{scan_id}}": always(Ask(path=own | {"scan_id": scan}, token=token)),
        f"POST {ONE}/signature": signature,
    }
