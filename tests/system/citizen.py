"""A citizen at the portal of the system: registers, logs in, asks, signs."""

import base64
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from nca_stub.signing import sign_with_file
from person_registry_stub.demo_people import DemoPerson, demo_people
from tests.system.asking import Asked, Header, Told, ask
from tests.system.system import System

PASSWORD = "тау-бұлақ-k4nareika-2026"


@dataclass
class Citizen:
    """One demo person; every call goes through the gateway's application."""

    system: System
    slug: str
    address: str = "192.0.2.7"
    token: str = ""
    refresh_token: str = ""

    @cached_property
    def demo(self) -> DemoPerson:
        return demo_people()[self.slug]

    @property
    def iin(self) -> str:
        return self.demo.person.iin

    async def call(self, method: str, target: str, body: Any = None, headers: tuple[Header, ...] = ()) -> Told:
        """Ask as this person, logged in if they are."""
        content = None if body is None else json.dumps(body).encode()
        sent = (*headers, *self.authorization())
        return await ask(self.system.apps["gateway"], Asked(method, target, content, sent, address=self.address))

    def authorization(self) -> tuple[Header, ...]:
        return (("Authorization", f"Bearer {self.token}"),) if self.token else ()

    def cms_over(self, content: bytes) -> str:
        key = self.system.layout.demo / f"{self.slug}.pem"
        return base64.b64encode(sign_with_file(content, key, self.system.clock.now())).decode()

    async def registration(self) -> dict[str, str]:
        """Return the body of a registration that will be taken."""
        challenge = (await self.call("POST", "/v1/registration/challenges", {"iin": self.iin})).json
        cms = self.cms_over(base64.b64decode(challenge["content"]))
        return {"challenge_id": challenge["challenge_id"], "iin": self.iin, "password": PASSWORD, "cms": cms}

    async def enter(self) -> "Citizen":
        """Register and log in."""
        told = await self.call("POST", "/v1/registration", await self.registration())
        assert told.status == 201, told.body
        return await self.log_in()

    async def log_in(self) -> "Citizen":
        self.token = ""
        told = await self.call("POST", "/v1/sessions", {"iin": self.iin, "password": PASSWORD})
        assert told.status == 201, told.body
        self.token, self.refresh_token = told.json["access_token"], told.json["refresh_token"]
        return self

    async def draft(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make a draft."""
        told = await self.call("POST", "/v1/requests", body, (("Idempotency-Key", str(uuid4())),))
        assert told.status == 201, told.body
        return dict(told.json)

    async def signature(self, draft: dict[str, Any]) -> dict[str, str]:
        """Return the body that signs a draft."""
        content = (await self.call("GET", draft["links"]["content"])).body
        return {"cms": self.cms_over(content)}

    async def signed(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make a request and sign it; returns it as it stands then."""
        draft = await self.draft(body)
        told = await self.call("POST", draft["links"]["signature"], await self.signature(draft))
        assert told.status in {200, 202}, told.body
        return dict(told.json)
