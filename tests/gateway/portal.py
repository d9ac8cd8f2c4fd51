"""The portal under test: the real routes over a real database, real signatures, a registry that the test fills."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
from fastapi import FastAPI

from gateway.world import World
from nca_stub.authority import Authority, Issued
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from shared.kit.persons import BothNames, Names, Person
from shared.kit.registry import RegistryAnswer, RegistryUnavailable
from shared.law.iin import check_digit
from tests.fakes import ClockAt
from tests.openapi import document

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Almaty."""
PASSWORD = "тау-тас 9 құс"
WRONG = "дұрыс емес сөз"
HOME, CAFE = "192.0.2.7", "198.51.100.9"


def iin_of(place: int) -> str:
    """Return a valid IIN, another for each place; some places have none."""
    first = f"87{place:09d}"
    digit = check_digit(first)
    return iin_of(place + 1_000_000) if digit is None else f"{first}{digit}"


AIGUL, SERIK, NOBODY = iin_of(1), iin_of(2), iin_of(3)


def person(iin: str = AIGUL, **changes: Any) -> Person:
    names = BothNames(
        kk=Names(surname="Канарейқызы", given="Айгүл", patronymic=None),
        ru=Names(surname="Канарейкина", given="Айгуль", patronymic=None),
    )
    values: dict[str, Any] = {
        "iin": iin,
        "names": names,
        "birth_date": date(1987, 5, 5),
        "sex": "female",
        "documents": (),
        "registered_address": None,
        "deceased": None,
        "parents": (),
        "guardians": (),
        "children": (),
        "wards": (),
    }
    return Person(**values | changes)


@dataclass
class Registry:
    """The person registry as the gateway asks it; ``silent`` makes it answer nothing."""

    persons: dict[str, Person] = field(default_factory=dict)
    silent: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def add(self, one: Person) -> None:
        self.persons[one.iin] = one

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        self.asked.append((iin, purpose))
        if self.silent:
            raise RegistryUnavailable("unreachable")
        return RegistryAnswer(self.persons.get(iin), "sealed.registry.answer")


@dataclass
class Keys:
    """Signing keys of people, each made once for the whole session: an RSA key takes a while."""

    authority: Authority
    made: dict[str, Issued] = field(default_factory=dict)

    def of(self, iin: str) -> Issued:
        if iin not in self.made:
            self.made[iin] = self.authority.issue(Order.individual(iin, "Айгүл Канарейқызы", NOW))
        return self.made[iin]

    def sign(self, iin: str, content: bytes, at: datetime) -> bytes:
        issued = self.of(iin)
        return sign_cms(content, issued.key, issued.certificate, at)


@dataclass
class Portal:
    """The gateway's API as a test calls it, from an address, with or without a session."""

    app: FastAPI
    world: World
    clock: ClockAt
    registry: Registry
    keys: Keys

    async def call(
        self, method: str, path: str, body: Any = None, *, at: str = HOME, headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        transport = httpx2.ASGITransport(self.app, client=(at, 40_000))
        async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
            answer = await http.request(method, path, json=body, headers=dict(headers or {}))
        document("gateway").check((method, path), answer.status_code, answer.headers, answer.content)
        return answer

    async def challenge(self, iin: str = AIGUL, at: str = HOME) -> dict[str, Any]:
        answer = await self.call("POST", "/v1/registration/challenges", {"iin": iin}, at=at)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def register(
        self, iin: str = AIGUL, *, password: str = PASSWORD, signed_by: str | None = None, at: str = HOME
    ) -> httpx2.Response:
        challenge = await self.challenge(iin, at)
        content = base64.b64decode(challenge["content"])
        return await self.send(
            challenge, iin, self.keys.sign(signed_by or iin, content, self.clock.now()), password, at
        )

    async def send(
        self, challenge: Mapping[str, Any], iin: str, cms: bytes, password: str = PASSWORD, at: str = HOME
    ) -> httpx2.Response:
        body = {
            "challenge_id": challenge["challenge_id"],
            "iin": iin,
            "password": password,
            "cms": base64.b64encode(cms).decode(),
        }
        return await self.call("POST", "/v1/registration", body, at=at)

    async def log_in(self, iin: str = AIGUL, password: str = PASSWORD, at: str = HOME) -> httpx2.Response:
        return await self.call("POST", "/v1/sessions", {"iin": iin, "password": password}, at=at)

    async def refresh(self, token: str) -> httpx2.Response:
        return await self.call("POST", "/v1/sessions/refresh", {"refresh_token": token})

    async def get(self, path: str, token: str) -> httpx2.Response:
        return await self.call("GET", path, headers={"Authorization": f"Bearer {token}"})

    async def signed_in(self, iin: str = AIGUL) -> dict[str, Any]:
        """Register and log in; gives the tokens."""
        assert (await self.register(iin)).status_code == 201
        answer = await self.log_in(iin)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def take_lists(self) -> None:
        """Let the gateway have the authority's revocation list of this moment."""
        self.world.revocation.accept(RevocationLists(self.keys.authority).full(self.clock.now()))

    def pass_by(self, time: timedelta) -> None:
        """Let time pass, with a fresh revocation list at its end."""
        self.clock.pass_by(time)
        self.take_lists()


def told(answer: httpx2.Response) -> tuple[int, dict[str, str], dict[str, object]]:
    """Return what an outsider sees of an answer, but for the id of its trace."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"traceparent", "x-trace-id"}}
    return answer.status_code, headers, {key: value for key, value in answer.json().items() if key != "trace_id"}
