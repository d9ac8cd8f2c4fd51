"""Bodies of organisations' own systems: who they are, their public keys, tokens, what the authorisation server is."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from gateway.schemas.requests import Words
from gateway.schemas.staff import Organisation, RoleView
from shared.forms.strict import PlainText, StrictModel
from shared.law.scopes import Scope

ScopeName = Scope
Kid = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~-]{1,100}$", examples=["mis-2026-11"])]
Coordinate = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_RSA_BITS: Final = (2048, 4096)
_RSA_EXPONENT: Final = 65537


class ClientJwk(StrictModel):
    """A public key (RFC 7517): P-256 for ES256, or RSA of 2048 to 4096 bits, whose `alg` says RS256 or PS256.

    Its `kid` stands for this key for ever. A body with a private key in it is refused: that key is lost, make another.
    """

    kid: Kid
    kty: Literal["EC", "RSA"]
    alg: Literal["ES256", "RS256", "PS256"] | None = None
    use: Literal["sig"] | None = None
    key_ops: list[Literal["verify"]] | None = Field(None, max_length=1)
    crv: Literal["P-256"] | None = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    n: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{342,683}$")] | None = None
    e: Literal["AQAB"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _public(cls, told: Any) -> Any:  # noqa: ANN401 - whatever came.
        if isinstance(told, dict) and not _PRIVATE.isdisjoint(told):
            raise PydanticCustomError("private_key", "A private key never leaves its owner")
        return told

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.kty == "EC") != (self.algorithm == "ES256"):
            raise PydanticCustomError("algorithm_of_another_key", "The algorithm is not of this key")
        try:
            key = jwt.PyJWK(self.told(), self.algorithm).key
        except (jwt.InvalidKeyError, jwt.PyJWKError, ValueError, TypeError):
            raise PydanticCustomError("no_such_key", "There is no such public key") from None
        if isinstance(key, RSAPublicKey) and not _RSA_BITS[0] <= key.key_size <= _RSA_BITS[1]:
            raise PydanticCustomError("key_size", "An RSA key has 2048 to 4096 bits")
        return self

    @property
    def algorithm(self) -> str:
        """Return the one algorithm that the key is used with."""
        return self.alg or ("ES256" if self.kty == "EC" else "RS256")

    def told(self) -> dict[str, Any]:
        """Return the members that make the key."""
        members = ("crv", "x", "y") if self.kty == "EC" else ("n", "e")
        named = {name: getattr(self, name) for name in members}
        return {"kty": self.kty, "kid": self.kid, **{name: value for name, value in named.items() if value}}


class ClientJwks(StrictModel):
    """Several public keys."""

    keys: Annotated[list[ClientJwk], Field(min_length=1, max_length=5)]


class KeysIn(StrictModel):
    """One public key as `jwk`, or several as `jwks`."""

    jwk: ClientJwk | None = None
    jwks: ClientJwks | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.jwk is None) == (self.jwks is None):
            raise PydanticCustomError("jwk_or_jwks", "Either jwk or jwks")
        if len({key.kid for key in self.public()}) != len(self.public()):
            raise PydanticCustomError("key_twice", "Each kid once")
        return self

    def public(self) -> list[ClientJwk]:
        """Return the keys."""
        return self.jwks.keys if self.jwks else [self.jwk] if self.jwk else []


class ClientIn(KeysIn):
    """A system to be admitted: its name, what it may do, its public keys."""

    name: Annotated[str, PlainText(120)] = Field(examples=["Дамумед"])
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=len(Scope))]


class NewKeysIn(KeysIn):
    """Keys that take the place of those that there are, which serve for so many hours yet."""

    overlap_hours: int = Field(24, ge=0, le=168)


class ScopeView(BaseModel):
    """A scope with its name."""

    code: Scope
    name: Words


class KeyView(BaseModel):
    """A public key of a client that serves now."""

    kid: str
    alg: str
    added_at: datetime
    valid_until: datetime | None = Field(
        description="After this it serves no more; null as long as nothing replaces it."
    )


class ClientView(BaseModel):
    """A system that acts for the organisation."""

    client_id: UUID
    name: str
    scopes: list[ScopeView]
    keys: list[KeyView]
    created_at: datetime


class ClientList(BaseModel):
    """The organisation's systems, and the scopes that it can give."""

    clients: list[ClientView]
    scopes: list[ScopeView]


class ClinicMe(BaseModel):
    """Who acts for which organisation, and what they may: a system its scopes, an employee their roles."""

    organisation: Organisation
    name: str
    client_id: UUID | None = Field(description="The system's; null for an employee.")
    scopes: list[ScopeView]
    roles: list[RoleView]


class TokenIn(BaseModel):
    """A form (RFC 6749, 4.4; RFC 7523, 2.2), not JSON."""

    grant_type: Literal["client_credentials"]
    client_assertion_type: Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    client_assertion: str = Field(description="`private_key_jwt`; see docs/clinic-api.md.")
    scope: str | None = Field(None, description="Some of the client's scopes; all of them unless told.")
    client_id: UUID | None = None


class TokenOut(BaseModel):
    """An access token for the API (RFC 6749, 5.1; RFC 9068)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a name, no secret.
    expires_in: int = Field(description="Seconds.")
    scope: str


class TokenError(BaseModel):
    """Why there is no token (RFC 6749, 5.2)."""

    error: Literal[
        "invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"
    ]
    error_description: str = Field(description="A code for the integrator, in English; it gives nothing away.")


class AuthorizationServer(BaseModel):
    """What the authorisation server is and takes (RFC 8414)."""

    issuer: str
    token_endpoint: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    service_documentation: str
