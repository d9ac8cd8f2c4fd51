"""The two programs beside ours, as the rounds see them: started, given drafts of their own, asked, judged."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

import asyncpg

from bench.people import Person
from bench.scene import ROLES, Scene, create_database, started
from bench.tables import TABLES, Account, open_accounts, put_drafts
from bench.wire import Address, Answer, request_of
from gateway.tokens import AccessTokens, Bearer

OK: Final = 200
MODULES: Final = {
    "gateway": "conventional",
    "home_visit": "conventional",
    "attachment": "conventional_registers",
    "person_registry": "conventional_registers",
}
Kind = Literal["floor", "conventional"]


@dataclass(frozen=True)
class Beside:
    """One of the two: four processes over a database of its own."""

    name: Kind
    scene: Scene
    families: Mapping[str, int]
    tokens: AccessTokens
    accounts: list[Account] = field(default_factory=list)

    @property
    def address(self) -> Address:
        """Where its gateway listens."""
        return Address(self.scene.port_of("gateway"))

    async def open(self, people: Sequence[Person]) -> None:
        """Give the people sessions there."""
        connection = await asyncpg.connect(self.scene.database)
        self.accounts.extend(await open_accounts(connection, people, self.scene.now()))
        await connection.close()

    async def prepare(self, count: int) -> list[bytes]:
        """Return requests that each send a good signature of a draft of its own."""
        now = self.scene.now()
        connection = await asyncpg.connect(self.scene.database)
        drafts = await put_drafts(connection, self.accounts, count, now)
        await connection.close()
        bearers = {one.session_id: self.bearer_of(one) for one in self.accounts}
        return [
            self.request(str(request_id), bearers[one.session_id], one.person.sign(content, now))
            for request_id, one, content in drafts
        ]

    def request(self, request_id: str, bearer: str, cms: bytes) -> bytes:
        """Return the request that sends a signature, as this program takes it."""
        kind, body = "application/cms", cms
        if self.name == "conventional":
            kind, body = "application/json", json.dumps({"cms": base64.b64encode(cms).decode()}).encode()
        headers = {"Authorization": bearer, "Content-Type": kind}
        return request_of("POST", f"/v1/requests/{request_id}/signature", headers, body)

    def is_right(self, answer: Answer) -> bool:
        """Say whether an answer is a certificate."""
        return answer.status == OK and json.loads(answer.body)["outcome"] == "granted"

    def bearer_of(self, account: Account) -> str:
        """Return the authorisation of a session: a token as the gateway issues it."""
        return "Bearer " + self.tokens.issue(Bearer(account.account_id, account.session_id), self.scene.now())


@contextmanager
def running(name: Kind, scene: Scene, postgres: int) -> Iterator[Beside]:
    """Run one of the two for the length of a `with`; its database is there, ``postgres`` is the server's process."""
    layout = scene.layout
    tokens = AccessTokens.from_file(
        layout.keys / "access.key.pem", issuer="almaty-primary-care/gateway", audience="almaty-primary-care/api"
    )
    log = layout.logs / f"{name}.log"
    with started(scene, {role: command_of(name, scene, role) for role in ROLES}, log) as processes:
        yield Beside(name, scene, {**processes, "postgres": postgres}, tokens)


async def create_tables(server: str, name: Kind) -> str:
    """Create the database of one of the two; returns its address."""
    return await create_database(server, f"bench_{name}", TABLES)


def command_of(name: Kind, scene: Scene, role: str) -> list[str]:
    """Return what Python is to run as one role."""
    if name == "floor":
        return ["-m", "bench.floor", role]
    command = ["-m", "uvicorn", "--factory", f"bench.{MODULES[role]}:{role}", "--port", str(scene.port_of(role))]
    return [*command, "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
