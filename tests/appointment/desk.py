"""The portal with the appointment service itself behind it, and a citizen who is logged in."""

import base64
import dataclasses
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from appointment_svc.app import CALLERS
from appointment_svc.routes import routes_of
from appointment_svc.settings import AppointmentSettings
from shared.kit.app import assemble
from shared.kit.http import CallFailed
from shared.kit.keys import load_keys
from tests.appointment.surroundings import PAEDIATRICIAN, Surroundings, form
from tests.gateway.conftest import keys, passwords, portal, trust, workers
from tests.gateway.portal import AIGUL, SERIK, Portal, iin_of
from tests.gateway.portal import person as portal_person
from tests.home_visit.calls import CallsTo, envelopes_of, make_keys
from tests.home_visit.people import PROVIDER, attachment, child, person

__all__ = ["keys", "passwords", "portal", "trust", "workers"]
CHILD = iin_of(21)
SLOTS = "/v1/appointments/slots"


@dataclasses.dataclass
class Away:
    """A service that does not answer."""

    async def post(self, *_: object, **__: float) -> Any:
        raise CallFailed("unreachable")


@dataclasses.dataclass
class Desk:
    """Aigul, unless told otherwise, at the portal, logged in."""

    portal: Portal
    around: Surroundings
    token: str
    iin: str = AIGUL

    async def call(self, method: str, path: str, body: Any = None, key: str = "", **named: str) -> httpx2.Response:
        """Call with this login; ``named`` are further headers, their names with underscores."""
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        headers |= {name.replace("_", "-"): value for name, value in named.items()}
        return await self.portal.call(method, path, body, headers=headers)

    async def read(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the request as it is now."""
        return dict((await self.call("GET", request["links"]["self"])).json())

    async def draft(self, key: str, asked: dict[str, Any] | None = None, **changes: Any) -> httpx2.Response:
        body = {"service": "appointment", "form": asked or form()} | changes
        return await self.call("POST", "/v1/requests", body, key)

    async def sign(self, draft: dict[str, Any], what: str = "content") -> httpx2.Response:
        here = draft["links"]["self"]
        content = (await self.call("GET", f"{here}/{what}")).content
        cms = self.portal.keys.sign(self.iin, content, self.portal.clock.now())
        path = f"{here}/{'signature' if what == 'content' else what}"
        return await self.call("POST", path, {"cms": base64.b64encode(cms).decode()})

    async def booked(self, key: str = "first", clock: str = "09:00") -> dict[str, Any]:
        answer = await self.sign((await self.draft(key, form(clock))).json())
        assert (answer.status_code, answer.json()["status"]) == (200, "granted")
        return dict(answer.json())

    async def standing(self, request: dict[str, Any]) -> dict[str, Any]:
        return dict((await self.call("GET", request["links"]["appointment"])).json())

    async def public(self, request: dict[str, Any]) -> str:
        return str((await self.portal.call("GET", request["document"]["check"])).json()["status"])

    async def move(self, request: dict[str, Any], clock: str, key: str) -> httpx2.Response:
        return await self.call("POST", f"{request['links']['self']}/move", {"starts_at": form(clock)["starts_at"]}, key)

    async def clinic_cancels(self, request: dict[str, Any]) -> None:
        now = self.around.clock.now()
        assert await self.around.world.appointments.cancel_by_clinic(PROVIDER.bin, [], [request["number"]], now)

    def later(self, **by: int) -> None:
        for clock in (self.portal.clock, self.around.clock):
            clock.pass_by(timedelta(**by))


@pytest.fixture(scope="session")
def envelope_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_keys(tmp_path_factory.mktemp("envelopes"), ["appointment", "gateway", "operator"])


@pytest.fixture
async def desk(portal: Portal, around: Surroundings, envelope_keys: Path) -> Desk:
    envelopes = load_keys(envelope_keys, "appointment", CALLERS)
    settings = AppointmentSettings(keys_dir=envelope_keys)
    app = assemble("appointment", settings, [routes_of(around.world, around.work, envelopes)])
    service = CallsTo(app, "appointment", envelopes_of(envelope_keys, "gateway"))
    portal.world = dataclasses.replace(portal.world, services={"appointment": service})  # type: ignore[dict-item]
    portal.app.state.world = portal.world
    async with portal.world.database.connection() as c:
        await c.execute("TRUNCATE requests, idempotency_keys CASCADE")
    portal.registry.add(portal_person(AIGUL, children=(CHILD,)))
    portal.registry.add(child(CHILD, parents=(AIGUL,)))
    around.registry.know(person(AIGUL, children=(CHILD,)), person(SERIK), child(CHILD, parents=(AIGUL,)))
    around.register.attach(AIGUL, attachment())
    around.register.attach(SERIK, attachment())
    around.register.attach(CHILD, attachment(doctor=PAEDIATRICIAN, kind="paediatrician"))
    return Desk(portal, around, (await portal.signed_in())["access_token"])
