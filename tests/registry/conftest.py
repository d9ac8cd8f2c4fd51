"""A registry that runs as its own process on a real socket, sealed by an authority of the tests."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nca_stub.authority import create_authority
from nca_stub.keys import pem_of
from nca_stub.orders import Order
from person_registry_stub.app import CALLERS
from shared.eds.trust import Trust
from shared.kit.clock import SystemClock
from shared.kit.envelope import Envelopes
from shared.kit.http import Answer, Call, HttpClient, ServiceClient
from shared.kit.registry import REGISTRY_TEST_BIN, RegistryClient
from tests.waiting import until

SIZE = 300


@dataclass(frozen=True)
class Running:
    """Where the registry answers, what lies in its folder, and what it has written."""

    url: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def envelopes(self, name: str) -> Envelopes:
        return Envelopes(name, (self.folder / f"keys/services/{name}.key.pem").read_bytes(), {})


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def _furnish(folder: Path) -> None:
    now = SystemClock().now()
    authority = create_authority(folder / "nca", now)
    authority.write_trust(folder / "trust")
    issued = authority.issue(Order.organisation(REGISTRY_TEST_BIN, "ЖТ МДҚ TEST", now))
    (folder / "seals").mkdir()
    (folder / f"seals/{REGISTRY_TEST_BIN}.key.pem").write_bytes(issued.key_pem())
    (folder / f"seals/{REGISTRY_TEST_BIN}.chain.pem").write_bytes(issued.chain_pem())
    services = folder / "keys/services"
    services.mkdir(parents=True)
    for name in ("person_registry", "operator", *CALLERS):
        key = ec.generate_private_key(ec.SECP256R1())
        (services / f"{name}.key.pem").write_bytes(pem_of(key))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (services / f"{name}.pub.pem").write_bytes(public)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("registry")
    _furnish(folder)
    port = _free_port()
    settings = {
        "KEYS_DIR": str(folder / "keys"),
        "SEALS_DIR": str(folder / "seals"),
        "POPULATION_SIZE": str(SIZE),
    }
    command = ["-m", "uvicorn", "--factory", "person_registry_stub.app:create_app", "--no-access-log"]
    guarded = ["--http", "shared.kit.server:GuardedProtocol", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, *command, *guarded], env=os.environ | settings, stdout=log, stderr=log
        )
    try:
        assert until(lambda: _answers(port)), (folder / "log").read_text()
        yield Running(f"http://127.0.0.1:{port}", folder)
    finally:
        process.kill()
        process.wait()


class Control:
    """The handles of the running registry."""

    def __init__(self, http: HttpClient, url: str) -> None:
        self._http = http
        self._url = url

    async def call(self, method: str, path: str, body: bytes = b"") -> Answer:
        headers = {"Content-Type": "application/json"} if body else {}
        return await self._http.call(Call(method, f"{self._url}/control{path}", body, headers))

    async def mood(self, mood: str, **more: object) -> None:
        said = {"mood": mood} | more
        answer = await self.call("POST", "/mood", json_bytes(said))
        assert answer.status == 200, answer.body

    async def change(self, **said: object) -> None:
        answer = await self.call("POST", "/people", json_bytes(said))
        assert answer.status == 204, answer.body


def json_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    client = HttpClient()
    yield client
    await client.close()


@pytest.fixture
async def control(running: Running, http: HttpClient) -> AsyncIterator[Control]:
    control = Control(http, running.url)
    yield control
    await control.mood("ok")


@pytest.fixture
def client(running: Running, http: HttpClient) -> RegistryClient:
    return client_of(running, http)


def client_of(running: Running, http: HttpClient, caller: str = "home_visit") -> RegistryClient:
    service = ServiceClient(http, running.envelopes(caller), running.url, "person_registry")
    return RegistryClient(service, Trust.from_folder(running.folder / "trust"), SystemClock())
