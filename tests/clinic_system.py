"""A clinic's own system as its makers write it: a key, an assertion, a token; nothing of ours is used."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ISSUER = "http://127.0.0.1:8000"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def new_key(alg: str = "ES256", bits: int = 2048) -> PrivateKey:
    if alg == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, bits)


def jwk_of(key: PrivateKey, kid: str, alg: str = "ES256") -> dict[str, Any]:
    """Return the public key as it is registered."""
    public = key.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        told = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(public))
    else:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
    return {name: told[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in told} | {
        "kid": kid,
        "alg": alg,
        "use": "sig",
    }


@dataclass
class ClinicSystem:
    """Holds the private key; ``client_id`` is what the administrator was told."""

    key: PrivateKey = field(default_factory=new_key)
    kid: str = "mis-1"
    alg: str = "ES256"
    client_id: str = ""
    audience: str = f"{ISSUER}/v1/oauth/token"

    @property
    def jwk(self) -> dict[str, Any]:
        return jwk_of(self.key, self.kid, self.alg)

    def claims(self, at: datetime | None = None, **changes: Any) -> dict[str, Any]:
        """Return good claims with changes; None takes one out."""
        now = at or datetime.now(UTC)  # noqa: TID251 - a system outside has no clock but its own.
        told = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.audience,
            "jti": str(uuid4()),
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(minutes=2)).timestamp()),
        }
        return {name: value for name, value in (told | changes).items() if value is not None}

    def signed(self, claims: dict[str, Any], **header: Any) -> str:
        return jwt.encode(claims, self.key, self.alg, {"kid": self.kid, **header})

    def form(self, assertion: str | None = None, **others: str) -> str:
        """Return the form that asks for a token, urlencoded."""
        told = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or self.signed(self.claims()),
        }
        return urlencode(told | others)
