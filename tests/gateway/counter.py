"""The registry desk of a clinic: Serik behind it with his employee's key, Aigul in front of it or on the telephone."""

import base64
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx2

from gateway import employees
from gateway.employees import Employee
from gateway.lookup_rows import TRIES
from nca_stub.authority import Issued
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.eds.verdict import Role
from shared.kit.identifiers import uuid7
from shared.kit.persons import Address, Bilingual, DocumentKind, IdentityDocument
from shared.law.providers import PROVIDERS
from shared.law.roles import StaffRole
from stack.material import make_scan_keys
from tests.gateway.portal import AIGUL, NOW, PASSWORD, SERIK, Portal, person
from tests.gateway.provider import Provider

CLINIC, OTHER_CLINIC = PROVIDERS[0].bin, PROVIDERS[1].bin
FORM = {
    "address": {"street": "Гоголь көшесі", "house": "86"},
    "phone": "+77012345678",
    "complaint": "Дене қызуы 38,5",
}
RIGHT = {"document_number": "5 678", "document_issued": "01.02.2020", "home": "12, 45"}
WRONG = {"document_number": "0000", "document_issued": "2020-02-02", "home": "12-46"}
LOOKUPS, REQUESTS = "/v1/staff/lookups", "/v1/staff/requests"
_KEYS: dict[tuple[str, str, str], Issued] = {}


def aigul() -> Any:
    """Aigul as the registry has her: a card, an address."""
    issuer = Bilingual(kk="ҚР ІІМ", ru="МВД РК")
    card = IdentityDocument(
        kind=DocumentKind.IDENTITY_CARD, number="012345678", issued=date(2020, 2, 1), expires=date(2030, 1, 31),
        issuer=issuer,
    )  # fmt: skip
    named = Bilingual(kk="Алматы", ru="Алматы")
    street = Bilingual(kk="Абай даңғылы", ru="проспект Абая")
    home = Address(city=named, district=named, street=street, house="12", apartment="45")
    return person(AIGUL, documents=(card,), registered_address=home)


@dataclass(frozen=True)
class Counter:
    """Whoever sits at the desk, logged in, with a provider behind the gateway."""

    portal: Portal
    provider: Provider
    iin: str
    bin: str
    token: str

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.portal.call(method, path, body, headers={"Authorization": f"Bearer {self.token}", **named})

    async def upload(self, path: str, content: bytes, kind: str) -> httpx2.Response:
        transport = httpx2.ASGITransport(self.portal.app)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
            return await http.post(path, content=content, headers=sent)

    async def look_up(self, channel: str = "in_person", iin: str = AIGUL, **more: Any) -> httpx2.Response:
        return await self.call("POST", LOOKUPS, {"iin": iin, "service": "home-visit", "channel": channel, **more})

    async def answer(self, lookup: dict[str, Any], answers: dict[str, str]) -> httpx2.Response:
        asked = [one["code"] for one in lookup["questions"]]
        told = {code: answers[code] for code in asked}
        return await self.call("POST", f"{LOOKUPS}/{lookup['id']}/answers", {"answers": told})

    async def identified(self, channel: str = "in_person") -> dict[str, Any]:
        """A lookup of Aigul that can be used."""
        lookup = dict((await self.look_up(channel)).json())
        if channel == "phone":
            answered = await self.answer(lookup, RIGHT)
            assert answered.status_code == 200, answered.text
        return lookup

    async def draft(self, channel: str = "in_person", key: str = "k1", **changes: Any) -> httpx2.Response:
        body = {"service": "home-visit", "channel": channel, "form": FORM} | changes
        if "lookup_id" not in body:
            body["lookup_id"] = (await self.identified(channel))["id"]
        return await self.call("POST", REQUESTS, body, Idempotency_Key=key)

    def cms(self, content: bytes, role: Role = Role.EMPLOYEE, iin: str | None = None, bin_: str | None = None) -> bytes:
        """A signature over these bytes, by default by the own key as an employee."""
        place = (iin or self.iin, bin_ or self.bin, role.value)
        if place not in _KEYS:
            order = Order.official(place[0], "Серік Канарейұлы", (place[1], "Емхана"), role, NOW)
            _KEYS[place] = self.portal.keys.authority.issue(order)
        return sign_cms(content, _KEYS[place].key, _KEYS[place].certificate, self.portal.clock.now())

    async def send(self, draft: dict[str, Any], cms: bytes) -> httpx2.Response:
        return await self.call("POST", draft["links"]["signature"], {"cms": base64.b64encode(cms).decode()})

    async def sign(self, draft: dict[str, Any], **by: Any) -> httpx2.Response:
        return await self.send(draft, self.cms(base64.b64decode(draft["to_sign"]["content"]), **by))

    async def signed(self, channel: str = "in_person", **changes: Any) -> dict[str, Any]:
        draft = await self.draft(channel, **changes)
        assert draft.status_code == 201, draft.text
        answer = await self.sign(draft.json())
        assert answer.status_code in {200, 202}, answer.text
        return dict(answer.json())

    async def wrong_answers(self) -> dict[str, Any]:
        """A lookup by telephone that three wrong answers have closed."""
        lookup = dict((await self.look_up("phone")).json())
        for _ in range(TRIES):
            await self.answer(lookup, WRONG)
        return lookup


async def sit_down(
    portal: Portal, provider: Provider, role: StaffRole = StaffRole.REGISTRY_DESK, bin_: str = CLINIC, iin: str = SERIK
) -> Counter:
    """Appoint somebody (registered if they are not), and log them in."""
    async with portal.world.database.transaction() as c:
        one = Employee(uuid7(NOW), bin_, iin, "Канарейұлы Серік", "Канарейкин Серик", frozenset({role}), NOW)
        await employees.appoint(c, one, None)
    if iin not in portal.registry.persons:
        portal.registry.add(person(iin))
    await portal.register(iin)
    told = await portal.call("POST", "/v1/staff/sessions", {"iin": iin, "password": PASSWORD, "organisation_bin": bin_})
    assert told.status_code == 201, told.text
    return Counter(portal, provider, iin, bin_, str(told.json()["access_token"]))


def open_counter(portal: Portal, keys: Path) -> Provider:
    """Give the portal a clinic's service, Aigul's record, and keys for scans."""
    provider = Provider(portal.clock)
    make_scan_keys(keys)
    settings = portal.world.settings.model_copy(update={"keys_dir": keys})
    portal.app.state.world = replace(portal.world, services={"home_visit": provider}, settings=settings)  # type: ignore[dict-item]
    portal.registry.add(aigul())
    return provider
