"""An official of a clinic: confirms what the rules propose, answers reviews; and what services are asked."""

import base64
import json
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex
from typing import Any
from uuid import uuid4

from gateway import employees
from gateway.employees import Employee as Office
from nca_stub.authority import Authority, Issued
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.eds.verdict import Role
from shared.kit.identifiers import uuid7
from shared.law.providers import PROVIDERS, Provider
from shared.law.roles import StaffRole
from tests.system.asking import Asked, Told, ask
from tests.system.asks import Ask, Make, always
from tests.system.asks_of_services import forwarded_request
from tests.system.citizen import Citizen
from tests.system.employee import NAMES, Employee
from tests.system.people import request_for
from tests.system.system import System

BY_OFFICIALS, BY_RULES, ELSEWHERE = PROVIDERS[2], PROVIDERS[3], PROVIDERS[4]
"""Clinics where nobody of the demo people is attached: whoever asks there is refused."""
STAFF, INTERNAL = "/v1/staff", "POST /internal/v1"


@dataclass
class ClinicOfficial:
    """The head of a clinic, with a key of the head's."""

    person: Citizen
    clinic: Provider = BY_OFFICIALS
    token: str = ""

    async def take_office(self, role: StaffRole = StaffRole.HEAD) -> "ClinicOfficial":
        """Come into office: whoever it is has an account already."""
        world, at = self.person.system.gateway, self.person.system.clock.now()
        office = Office(uuid7(at), self.clinic.bin, self.person.iin, *NAMES, frozenset({role}), at)
        async with world.database.transaction() as c:
            await employees.appoint(c, office, None)
        self.token = await Employee(self.person, self.clinic.bin).new_token()
        return self

    @cached_property
    def key(self) -> Issued:
        system, employer = self.person.system, (self.clinic.bin, self.clinic.name)
        order = Order.official(self.person.iin, NAMES[0], employer, Role.HEAD, system.clock.now())
        return Authority.open(system.layout.authority).issue(order)

    def cms_over(self, content: bytes) -> str:
        signed = sign_cms(content, self.key.key, self.key.certificate, self.person.system.clock.now())
        return base64.b64encode(signed).decode()

    async def call(self, method: str, target: str, body: Any = None) -> Told:
        content = None if body is None else json.dumps(body).encode()
        sent = (("Authorization", f"Bearer {self.token}"),)
        return await ask(self.person.system.apps["gateway"], Asked(method, target, content, sent))

    async def signed(self, kind: str, request_id: str, version: int = 1) -> dict[str, Any]:
        """Return the body that confirms a proposal, or signs a review's answer."""
        told = await self.call("GET", f"{STAFF}/{kind}/{request_id}/content?version={version}")
        assert told.status == 200, told.body
        return {"cms": self.cms_over(told.body), "version": version}


async def called_for(citizen: Citizen, refused: dict[str, Any]) -> dict[str, Any]:
    """Call for a review of a refusal and sign that; returns the review as it stands then."""
    key = (("Idempotency-Key", str(uuid4())),)
    told = await citizen.call("POST", refused["links"]["review"], {"reason": "Мен k4nareika тіркелгенмін"}, key)
    assert told.status == 201, told.body
    draft = told.json
    told = await citizen.call("POST", draft["links"]["signature"], await citizen.signature(draft))
    assert told.status == 202, told.body
    return dict(told.json)


async def deciding_asks(official: ClinicOfficial, citizen: Citizen) -> dict[str, Make]:
    """Return the requests of a clinic's officials, and a citizen's call for a review."""
    token = official.token
    chosen = await official.call("PUT", f"{STAFF}/deciding", {"service": "home-visit", "by": "official"})
    assert chosen.status == 200, chosen.body
    iin, clinic = citizen.iin, official.clinic.bin

    async def proposed() -> str:
        return str((await citizen.signed(request_for("home-visit", iin, provider_bin=clinic)))["id"])

    async def refused() -> dict[str, Any]:
        told = await citizen.signed(request_for("attachment", iin, provider_bin=clinic))
        assert told["status"] == "refused", told
        return told

    async def drafted() -> str:
        review = (await called_for(citizen, await refused()))["id"]
        told = await official.call("POST", f"{STAFF}/reviews/{review}/draft", ANSWER)
        assert told.status == 200, told.body
        return str(review)

    async def confirmation() -> Ask:
        one = await proposed()
        return Ask(path={"request_id": one}, body=await official.signed("proposals", one), token=token, dear=True)

    async def returned() -> Ask:
        body = {"version": 1, "remark": "Учаскесін тексеріңіз"}
        return Ask(path={"request_id": await proposed()}, body=body, token=token, dear=True)

    async def answer() -> Ask:
        one = await drafted()
        return Ask(path={"request_id": one}, body=await official.signed("reviews", one), token=token, dear=True)

    async def call_for_review() -> Ask:
        return Ask(path={"request_id": (await refused())["id"]}, body={"reason": "Мен тіркелгенмін"}, dear=True)

    waiting = Ask(path={"request_id": await proposed()}, token=token)
    review = Ask(path={"request_id": await drafted()}, token=token)
    choice = {"service": "home-visit", "by": "official"}
    one = "{request_id}"
    return {
        f"GET {STAFF}/deciding": always(Ask(token=token)),
        f"PUT {STAFF}/deciding": always(Ask(body=choice, token=token)),
        f"GET {STAFF}/proposals": always(Ask(token=token)),
        f"GET {STAFF}/proposals/{one}": always(waiting),
        f"GET {STAFF}/proposals/{one}/content": always(Ask(waiting.path, {"version": "1"}, token=token)),
        f"POST {STAFF}/proposals/{one}/confirmation": confirmation,
        f"POST {STAFF}/proposals/{one}/return": returned,
        f"GET {STAFF}/reviews": always(Ask(token=token)),
        f"GET {STAFF}/reviews/{one}": always(review),
        f"POST {STAFF}/reviews/{one}/draft": lambda: draft_of(drafted, token),
        f"GET {STAFF}/reviews/{one}/content": always(Ask(review.path, {"version": "1"}, token=token)),
        f"POST {STAFF}/reviews/{one}/confirmation": answer,
        f"POST /v1/requests/{one}/review": call_for_review,
    }


async def draft_of(drafted: Any, token: str) -> Ask:
    """Draw an answer up anew, of a review of its own: what others sign must not change under them."""
    return Ask(path={"request_id": await drafted()}, body=ANSWER, token=token, dear=True)


ANSWER = {"stands": True, "kk": "Тексерілді, k4nareika.", "ru": "Проверено.", "en": "Checked."}


async def service_asks(system: System, service: str, form: dict[str, Any], iin: str) -> dict[str, Make]:
    """Return what the gateway asks of a state service (its public code) for officials."""
    client = system.clients("gateway")[service.replace("-", "_")]
    official = {"provider_bin": BY_RULES.bin, "iin": iin, "name": "Басшы k4nareika"}
    choice = {"official": official, "by_person": True}
    await post(client, "deciding/choose", choice)

    async def forwarded(clinic: Provider) -> dict[str, Any]:
        # What a patient asks of one doctor is proposed in the order in which it was asked: each asks for another.
        doctor = {"doctor_id": f"D-{token_hex(4)}"} if "doctor_id" in form else {}
        body = forwarded_request(service, form | doctor | {"provider_bin": clinic.bin}, iin)
        return body | await post(client, "requests", body)

    async def acted(**said: Any) -> Ask:
        waiting = (await forwarded(BY_RULES))["request_id"]
        return Ask(body={"official": official, "request_id": waiting, "version": 1, **said}, dear=True)

    async def review() -> dict[str, Any]:
        refused = await forwarded(ELSEWHERE)
        asked = {
            "provider_bin": ELSEWHERE.bin,
            "review_of": refused["request_id"],
            "number": refused["number"],
            "document_token": refused["document"]["token"],
            "reason": "Мен тіркелгенмін k4nareika",
        }
        return forwarded_request(service, asked, iin)

    async def taken() -> Ask:
        return Ask(body=await review(), dear=True)

    async def draft() -> Ask:
        called = await post(client, "reviews", await review())
        by = official | {"provider_bin": ELSEWHERE.bin}
        return Ask(body={"official": by, "request_id": called["request_id"], "said": ANSWER}, dear=True)

    at = {"provider_bin": BY_RULES.bin}
    one = at | {"request_id": (await forwarded(BY_RULES))["request_id"], "reviews": False}
    signed = {"cms": "Y21z", "evidence": {"verifier": "test"}}
    return {
        f"{INTERNAL}/deciding/read": always(Ask(body=at)),
        f"{INTERNAL}/deciding/choose": always(Ask(body=choice)),
        f"{INTERNAL}/proposals/list": always(Ask(body=at | {"reviews": False})),
        f"{INTERNAL}/proposals/read": always(Ask(body=one)),
        f"{INTERNAL}/proposals/confirmed": always(Ask(body={"request_id": one["request_id"]})),
        f"{INTERNAL}/proposals/confirmation": lambda: acted(**signed, signature_sha256=token_hex(32)),
        f"{INTERNAL}/proposals/return": lambda: acted(remark="Учаскесін тексеріңіз"),
        f"{INTERNAL}/reviews": taken,
        f"{INTERNAL}/reviews/draft": draft,
    }


async def post(client: Any, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(f"/internal/v1/{path}", json.dumps(body).encode())
    assert answer.status in {200, 202}, answer.body
    return dict(json.loads(answer.body))
