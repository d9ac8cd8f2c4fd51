"""Calls to a service in this process: sealed by a caller, without a network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from fastapi import FastAPI

from shared.kit.envelope import Envelopes
from shared.kit.http import Answer
from tests.openapi import document


def make_keys(folder: Path, names: Sequence[str]) -> Path:
    """Write a key pair for each name where services look for them; gives the folder of keys."""
    services = folder / "services"
    services.mkdir(parents=True)
    for name in names:
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (services / f"{name}.key.pem").write_bytes(private)
        (services / f"{name}.pub.pem").write_bytes(public)
    return folder


def envelopes_of(keys: Path, name: str) -> Envelopes:
    """Return what one caller seals its calls with."""
    return Envelopes(name, (keys / "services" / f"{name}.key.pem").read_bytes(), {})


@dataclass(frozen=True, slots=True)
class CallsTo:
    """The way from one caller to one service; stands in for a ServiceClient."""

    app: FastAPI
    service: str
    envelopes: Envelopes

    async def call(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> httpx2.Response:
        """Post a body, sealed unless other headers are given."""
        sealed = {"Authorization": self.envelopes.seal("POST", path, body, self.service)}
        transport = httpx2.ASGITransport(self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://service") as http:
            sent = {"Content-Type": "application/json", **(sealed if headers is None else headers)}
            answer = await http.post(path, content=body, headers=sent)
        document(self.service).check(("POST", path), answer.status_code, answer.headers, answer.content)
        return answer

    async def post(self, path: str, body: bytes, **_: float) -> Answer:
        """Post as a ServiceClient does; its limits have nothing to limit here."""
        response = await self.call(path, body)
        return Answer(
            response.status_code, dict(response.headers), response.content, datetime(2026, 11, 24, tzinfo=UTC)
        )
