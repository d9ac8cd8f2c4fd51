"""What the floor's four processes share: connections to PostgreSQL, envelopes, seals, the text of the certificate."""

import asyncio
import base64
import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

import asyncpg
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, load_pem_public_key
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates

from bench.bare import Asked, Refused, decode, digest, encode, opened, sealed
from bench.scene import ROLES, Scene
from home_visit_svc.wording import DECREE

POOL: Final = 10
"""Connections of one process, as ours has them."""
LIFE: Final = 60
_PLACE: Final = "Алматы қаласы"


class Store:
    """A few connections to PostgreSQL; the last one given back is lent first."""

    def __init__(self) -> None:
        self._idle: asyncio.LifoQueue[Any] = asyncio.LifoQueue()

    @classmethod
    async def open(cls, address: str) -> "Store":
        """Connect."""
        store = cls()
        for _ in range(POOL):
            store._idle.put_nowait(await asyncpg.connect(address))
        return store

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Any]:
        connection = await self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put_nowait(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        """Lend a connection inside a transaction."""
        async with self._lent() as connection, connection.transaction():
            yield connection

    async def row(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - a row or None, as asyncpg has it.
        """Return the first row."""
        async with self._lent() as connection:
            return await connection.fetchrow(sql, *values)

    async def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Return all rows."""
        async with self._lent() as connection:
            return [dict(row) for row in await connection.fetch(sql, *values)]

    async def do(self, sql: str, *values: object) -> None:
        """Do a statement, which commits for itself."""
        async with self._lent() as connection:
            await connection.execute(sql, *values)


class Wax:
    """Envelopes of one process: bound to the path and the body, for a minute, once."""

    def __init__(self, scene: Scene, role: str) -> None:
        keys = scene.layout.keys / "services"
        self._role = role
        self._key = _private((keys / f"{role}.key.pem").read_bytes())
        self._callers = {name: _public((keys / f"{name}.pub.pem").read_bytes()) for name in ROLES}
        self._head = encode(json.dumps({"alg": "ES256", "typ": "envelope+jwt", "kid": role}).encode())
        self._now = scene.now
        self._opened: set[str] = set()

    def seal(self, audience: str, path: str, body: bytes) -> bytes:
        """Return an envelope around a call."""
        now = int(self._now().timestamp())
        claims = {
            "iss": self._role, "aud": audience, "iat": now, "exp": now + LIFE, "jti": secrets.token_urlsafe(16),
            "htm": "POST", "htu": path, "bsh": digest(body),
        }  # fmt: skip
        return b"Envelope " + sealed(self._key, self._head, json.dumps(claims).encode())

    def open(self, caller: str, asked: Asked) -> None:
        """Raise Refused unless this caller sealed exactly this call, for us, now and for the first time."""
        claims = opened(self._callers[caller], asked.authorization[9:])
        bound = (claims["iss"], claims["aud"], claims["htu"], claims["bsh"])
        if bound != (caller, self._role, asked.path, digest(asked.body)) or claims["jti"] in self._opened:
            raise Refused
        if not 0 < claims["exp"] - self._now().timestamp() <= LIFE:
            raise Refused
        self._opened.add(claims["jti"])


@dataclass(frozen=True, slots=True)
class Seal:
    """An organisation's key, and its certificates as a JWS names them."""

    key: ec.EllipticCurvePrivateKey
    heads: dict[str, bytes]
    chain: tuple[Certificate, ...]

    def over(self, payload: bytes, typ: str) -> bytes:
        """Return the compact JWS."""
        if typ not in self.heads:
            x5c = [base64.b64encode(_der(one)).decode() for one in self.chain]
            kid = encode(hashlib.sha256(_der(self.chain[0])).digest()).decode()
            self.heads[typ] = encode(json.dumps({"alg": "ES256", "typ": typ, "kid": kid, "x5c": x5c}).encode())
        return sealed(self.key, self.heads[typ], payload)

    @staticmethod
    def opened(jws: bytes, issuer: Certificate) -> Any:  # noqa: ANN401 - JSON of any shape.
        """Return what a seal of an organisation says; its certificate is checked once."""
        return opened(_key_in(jws.partition(b".")[0], issuer), jws)

    @staticmethod
    def loader(scene: Scene) -> "Callable[[str], Seal]":
        """Return what loads an organisation's seal, once."""

        @cache
        def load(bin_: str) -> Seal:
            folder = scene.layout.seals
            key = _private((folder / f"{bin_}.key.pem").read_bytes())
            return Seal(key, {}, tuple(load_pem_x509_certificates((folder / f"{bin_}.chain.pem").read_bytes())))

        return load


@cache
def _key_in(head: bytes, issuer: Certificate) -> ec.EllipticCurvePublicKey:
    certificate = load_der_x509_certificate(base64.b64decode(json.loads(decode(head))["x5c"][0]))
    certificate.verify_directly_issued_by(issuer)
    return cast("ec.EllipticCurvePublicKey", certificate.public_key())


def access_key(scene: Scene) -> ec.EllipticCurvePrivateKey:
    """Return the key of access tokens."""
    return _private((scene.layout.keys / "access.key.pem").read_bytes())


def authorities(scene: Scene) -> tuple[Certificate, ...]:
    """Return the authority that issues all certificates here, and the root over it."""
    names = ("issuing.cer", "root.cer")
    return tuple(load_der_x509_certificate((scene.layout.trust / name).read_bytes()) for name in names)


def revoked_serials(scene: Scene) -> frozenset[int]:
    """Return what the authority has revoked."""
    data = (scene.layout.authority / "lists" / "full.crl").read_bytes()
    return frozenset(one.serial_number for one in x509.load_der_x509_crl(data))


def draw(
    number: str, token: str, person: dict[str, Any], form: dict[str, Any], visit: tuple[str, datetime, datetime]
) -> bytes:
    """Return the certificate's bytes: as much text as ours has."""
    doctor, begins, ends = visit
    names = person["names"]
    party = {"iin": person["iin"], "name": {"kk": " ".join(names["kk"].values()), "ru": " ".join(names["ru"].values())}}
    text = f"№ {number}: {doctor}, {begins:%d.%m.%Y}, {begins:%H:%M}–{ends:%H:%M}, {form['address']['street']}. " * 2
    said = {
        "kind": "home-visit-certificate", "version": 1, "number": number, "check": {"token": token},
        "issued_at": begins.isoformat(), "service": {"code": "home-visit", "name": DECREE.as_dict()},
        "provider": {"bin": form["provider_bin"], "address": _PLACE}, "applicant": party, "patient": party,
        "decree": DECREE.as_dict(), "text": {"kk": text, "ru": text, "en": text},
        "visit": {"from": begins.isoformat(), "to": ends.isoformat(), "doctor": doctor, "address": form["address"]},
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def _der(certificate: Certificate) -> bytes:

    return certificate.public_bytes(Encoding.DER)


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    return cast("ec.EllipticCurvePrivateKey", load_pem_private_key(pem, password=None))


def _public(pem: bytes) -> ec.EllipticCurvePublicKey:
    return cast("ec.EllipticCurvePublicKey", load_pem_public_key(pem))
