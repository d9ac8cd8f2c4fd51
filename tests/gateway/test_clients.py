"""Organisations' own systems: admitted by the administrator, known by a key, over as soon as they are revoked."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.law.college import COLLEGE
from shared.law.providers import PROVIDERS
from shared.law.scopes import SCOPES_OF_PROVIDER
from tests.clinic_system import ISSUER, ClinicSystem, jwk_of, new_key
from tests.fakes import ClockAt
from tests.gateway.portal import SERIK, Portal
from tests.gateway.test_staff import administrator, appoint, first_administrator, log_in
from tests.openapi import document

CLIENTS, TOKEN = "/v1/staff/clients", "/v1/oauth/token"
CLINIC = PROVIDERS[0].bin
SCOPES = ["journal:read", "schedules:write"]
AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
RSA = new_key("RS256")
Break = Callable[[ClinicSystem], str]


async def at_clinic(portal: Portal) -> str:
    """Make Serik the clinic's administrator; returns his token."""
    await portal.register(SERIK)
    await first_administrator(portal, SERIK, CLINIC)
    return str((await log_in(portal, SERIK, CLINIC)).json()["access_token"])


async def ask(portal: Portal, token: str, method: str, path: str, body: Any = None) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    return await portal.call(method, path, body, headers=headers)


async def admitted(portal: Portal, token: str, system: ClinicSystem, scopes: list[str] | None = None) -> ClinicSystem:
    body = {"name": "МИС", "scopes": scopes or SCOPES, "jwk": system.jwk}
    answer = await ask(portal, token, "POST", CLIENTS, body)
    assert answer.status_code == 201, answer.text
    system.client_id = answer.json()["client_id"]
    return system


async def token_for(portal: Portal, form: str, kind: str = "application/x-www-form-urlencoded") -> httpx2.Response:
    transport = httpx2.ASGITransport(portal.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
        answer = await http.post(TOKEN, content=form, headers={"Content-Type": kind})
    document("gateway").check(("POST", TOKEN), answer.status_code, answer.headers, answer.content)
    return answer


async def clinics_token(portal: Portal) -> str:
    """Return the token of a clinic's system with every scope that there is."""
    system = await admitted(portal, await at_clinic(portal), ClinicSystem(), sorted(SCOPES_OF_PROVIDER))
    return str((await token_for(portal, system.form())).json()["access_token"])


@pytest.fixture
def clock(portal: Portal) -> ClockAt:
    """The machine's clock, by which assertions are judged; it need not be the portal's."""
    clock = ClockAt(AT)
    object.__setattr__(portal.world, "outside", clock)
    return clock


async def test_a_system_gets_a_token_that_names_its_clinic_and_no_more_than_its_scopes(
    portal: Portal, clock: ClockAt
) -> None:
    system = await admitted(portal, await at_clinic(portal), ClinicSystem())
    answer = await token_for(portal, system.form(system.signed(system.claims(AT))))
    told = answer.json()
    assert (answer.status_code, told["token_type"], told["expires_in"]) == (200, "Bearer", 600)
    assert (told["scope"].split(), answer.headers["cache-control"]) == (SCOPES, "no-store")
    claims = jwt.decode(told["access_token"], options={"verify_signature": False})
    assert claims["sub"] == claims["client_id"] == system.client_id
    assert (claims["org"], "sid" in claims) == (CLINIC, False)
    one = await token_for(portal, system.form(system.signed(system.claims(AT)), scope="journal:read"))
    assert one.json()["scope"] == "journal:read"


async def test_a_systems_token_opens_nothing_of_citizens_and_employees(portal: Portal, clock: ClockAt) -> None:
    system = await admitted(portal, await at_clinic(portal), ClinicSystem())
    token = (await token_for(portal, system.form(system.signed(system.claims(AT))))).json()["access_token"]
    told = (await portal.get("/v1/clinic/me", token)).json()
    assert (told["organisation"]["bin"], told["name"], [one["code"] for one in told["scopes"]]) == (
        CLINIC,
        "МИС",
        SCOPES,
    )
    for path in ("/v1/me", "/v1/requests", "/v1/staff/me", "/v1/staff/employees", CLIENTS):
        answer = await portal.get(path, token)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/session-not-valid"), path


@pytest.mark.parametrize("alg", ["ES256", "RS256", "PS256"])
async def test_three_algorithms_serve_each_with_its_own_key_only(portal: Portal, clock: ClockAt, alg: str) -> None:
    key = RSA if alg != "ES256" else new_key()
    system = await admitted(portal, await at_clinic(portal), ClinicSystem(key=key, alg=alg))
    assert (await token_for(portal, system.form(system.signed(system.claims(AT))))).status_code == 200
    for other in {"RS256", "PS256"} - {alg} if alg != "ES256" else ():
        wrong = jwt.encode(system.claims(AT), key, other, {"kid": system.kid})
        refused = await token_for(portal, system.form(wrong))
        assert (refused.status_code, refused.json()["error_description"]) == (401, "algorithm")


async def test_an_assertion_serves_once_however_often_it_comes(portal: Portal, clock: ClockAt) -> None:
    system = await admitted(portal, await at_clinic(portal), ClinicSystem())
    form = system.form(system.signed(system.claims(AT)))
    answers = [await token_for(portal, form) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 401, 401]
    assert answers[1].json() == {"error": "invalid_client", "error_description": "used_before"}


def hs256_with_the_public_key(system: ClinicSystem) -> str:
    pem = system.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = (
        jwt.utils.base64url_encode(json.dumps(one).encode()).decode()
        for one in ({"alg": "HS256", "kid": system.kid}, system.claims(AT))
    )
    mac = hmac.digest(pem, f"{head}.{body}".encode(), hashlib.sha512)
    return f"{head}.{body}.{jwt.utils.base64url_encode(mac).decode()}"


def unsigned(system: ClinicSystem) -> str:
    whole = jwt.encode(system.claims(AT), "", "none", {"kid": system.kid})
    return f"{whole}{'A' * 86}"


def changed(**changes: Any) -> Break:
    return lambda system: system.signed(system.claims(AT, **changes))


def headed(**header: Any) -> Break:
    return lambda system: system.signed(system.claims(AT), **header)


def at(minutes: float) -> int:
    return int((AT + timedelta(minutes=minutes)).timestamp())


BROKEN: dict[str, tuple[Break, str]] = {
    "of another key": (lambda one: jwt.encode(one.claims(AT), new_key(), "ES256", {"kid": one.kid}), "signature"),
    "for another server": (changed(aud="https://elsewhere.example"), "audience"),
    "for the server and another": (changed(aud=[f"{ISSUER}/v1/oauth/token", "x"]), "malformed"),
    "for nearly the server": (changed(aud=f"{ISSUER}/v1/oauth/token/"), "audience"),
    "over": (changed(iat=at(-3), exp=at(0)), "not_now"),
    "of the future": (changed(iat=at(1), exp=at(3)), "not_now"),
    "not before later": (changed(nbf=at(1)), "not_now"),
    "for an hour": (changed(exp=at(60)), "lives_too_long"),
    "of long ago for long": (changed(iat=at(-60), exp=at(1)), "lives_too_long"),
    "without an end": (changed(exp=None), "malformed"),
    "an end in words": (changed(exp="2126"), "malformed"),
    "without a name": (changed(jti=None), "malformed"),
    "an empty name": (changed(jti=""), "malformed"),
    "for somebody else": (changed(sub="0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"), "malformed"),
    "of nobody": (changed(iss="0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90", sub="0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"),
                  "unknown_key"),
    "of no client": (changed(iss="mis", sub="mis"), "malformed"),
    "under another kid": (headed(kid="mis-2"), "unknown_key"),
    "with a key in it": (headed(jwk={"kty": "EC"}), "header"),
    "with an address of keys": (headed(jku="https://evil.example"), "header"),
    "with crit": (headed(crit=["exp"]), "malformed"),
    "of another type": (headed(typ="at+jwt"), "header"),
    "HS256 with the public key": (hs256_with_the_public_key, "algorithm"),
    "unsigned": (unsigned, "algorithm"),
    "padded": (lambda one: one.signed(one.claims(AT)) + "==", "malformed"),
    "words": (lambda _: "let me in", "malformed"),
}  # fmt: skip


async def test_nothing_else_is_taken_for_an_assertion(portal: Portal, clock: ClockAt) -> None:
    system = await admitted(portal, await at_clinic(portal), ClinicSystem())
    told = {}
    for name, (made, _) in BROKEN.items():
        answer = await token_for(portal, system.form(made(system)))
        assert answer.status_code == 401, name
        told[name] = answer.json()["error_description"]
    assert told == {name: code for name, (_, code) in BROKEN.items()}
    issuer = system.signed(system.claims(AT, aud=ISSUER, iat=None))
    assert (await token_for(portal, system.form(issuer))).status_code == 200


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}, "invalid_request"),
        ({"client_secret": "s"}, "invalid_request"),
        ({"scope": "journal:read everything"}, "invalid_scope"),
        ({"scope": "rounds:write"}, "invalid_scope"),
        ({"scope": "journal:read journal:read"}, "invalid_scope"),
        ({"client_id": "another"}, "invalid_client"),
    ],
)
async def test_the_form_is_what_rfc_6749_says(
    portal: Portal, clock: ClockAt, change: dict[str, str], error: str
) -> None:
    system = await admitted(portal, await at_clinic(portal), ClinicSystem())
    answer = await token_for(portal, system.form(system.signed(system.claims(AT)), **change))
    assert answer.json()["error"] == error
    again = system.form(system.signed(system.claims(AT)))
    assert (await token_for(portal, f"{again}&scope=a&scope=b")).json()["error"] == "invalid_request"
    assert (await token_for(portal, "\x00=%ff%zz")).json()["error"] == "invalid_request"
    assert (await token_for(portal, json.dumps({}), "application/json")).status_code == 415
    assert (await token_for(portal, again)).status_code == 200


async def test_a_key_is_rotated_with_an_overlap_and_ended_at_once(portal: Portal, clock: ClockAt) -> None:
    staff, old = await at_clinic(portal), ClinicSystem(kid="old")
    await admitted(portal, staff, old)
    new = ClinicSystem(kid="new", client_id=old.client_id)
    path = f"{CLIENTS}/{old.client_id}/keys"
    rotated = await ask(portal, staff, "POST", path, {"jwks": {"keys": [new.jwk]}, "overlap_hours": 1})
    assert {key["kid"]: key["valid_until"] is None for key in rotated.json()["keys"]} == {"old": False, "new": True}
    for one in (old, new):
        assert (await token_for(portal, one.form(one.signed(one.claims(AT))))).status_code == 200
    again = await ask(portal, staff, "POST", path, {"jwk": jwk_of(new_key(), "old")})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/key-name-used")
    portal.pass_by(timedelta(hours=1))
    fresh = (await log_in(portal, SERIK, CLINIC)).json()["access_token"]
    answers = [await token_for(portal, one.form(one.signed(one.claims(AT)))) for one in (old, new)]
    assert [one.status_code for one in answers] == [401, 200]
    assert (await ask(portal, fresh, "DELETE", f"{path}/new")).status_code == 204
    assert (await ask(portal, fresh, "DELETE", f"{path}/new")).status_code == 404
    assert (await token_for(portal, new.form(new.signed(new.claims(AT))))).status_code == 401


async def test_a_revoked_system_is_over_and_only_its_own_administrator_revokes_it(
    portal: Portal, clock: ClockAt
) -> None:
    staff, system = await at_clinic(portal), ClinicSystem()
    await admitted(portal, staff, system)
    token = (await token_for(portal, system.form(system.signed(system.claims(AT))))).json()["access_token"]
    assert (await portal.get("/v1/clinic/me", token)).status_code == 200
    elsewhere = await administrator(portal)
    path = f"{CLIENTS}/{system.client_id}"
    assert (await ask(portal, elsewhere, "GET", CLIENTS)).json()["clients"] == []
    foreign = [
        await ask(portal, elsewhere, "DELETE", path),
        await ask(portal, elsewhere, "DELETE", f"{path}/keys/mis-1"),
        await ask(portal, elsewhere, "POST", f"{path}/keys", {"jwk": jwk_of(new_key(), "theirs")}),
    ]
    assert {one.status_code for one in foreign} == {404}
    assert (await ask(portal, staff, "DELETE", path)).status_code == 204
    assert (await ask(portal, staff, "GET", CLIENTS)).json()["clients"] == []
    assert (await portal.get("/v1/clinic/me", token)).status_code == 401
    assert (await token_for(portal, system.form(system.signed(system.claims(AT))))).status_code == 401


def private(_: dict[str, Any]) -> dict[str, Any]:
    key = ec.generate_private_key(ec.SECP256R1())
    told = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key))
    return {name: told[name] for name in ("kty", "crv", "x", "y", "d")} | {"kid": "k"}


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (private, "private-key"),
        (lambda jwk: jwk | {"y": jwk["x"]}, "no-such-key"),
        (lambda jwk: jwk | {"alg": "RS256"}, "algorithm-of-another-key"),
        (lambda jwk: jwk | {"x5u": "https://evil.example"}, "extra-forbidden"),
        (lambda _: jwk_of(RSA, "k", "ES384"), "literal-error"),
        (lambda jwk: jwk | {"kid": "a/../b"}, "string-pattern-mismatch"),
    ],
)
async def test_only_sound_public_keys_are_registered(
    portal: Portal, broken: Callable[[dict[str, Any]], dict[str, Any]], code: str
) -> None:
    staff = await at_clinic(portal)
    body = {"name": "МИС", "scopes": SCOPES, "jwk": broken(jwk_of(new_key(), "k"))}
    answer = await ask(portal, staff, "POST", CLIENTS, body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


async def test_scopes_are_those_of_the_organisation_and_the_administrator_gives_them(portal: Portal) -> None:
    college, clinic = await administrator(portal), await at_clinic(portal)
    body = {"name": "МИС", "jwk": jwk_of(new_key(), "k")}
    answers = {
        (who, scope): (await ask(portal, token, "POST", CLIENTS, body | {"scopes": [scope]})).status_code
        for who, token in (("college", college), ("clinic", clinic))
        for scope in ("training:load", "journal:read")
    }
    assert [one for one, status in answers.items() if status == 201] == [
        ("college", "training:load"),
        ("clinic", "journal:read"),
    ]
    told = (await ask(portal, college, "GET", CLIENTS)).json()["scopes"]
    assert [one["code"] for one in told] == ["training:load"]
    await appoint(portal, college, SERIK, "clerk")
    clerk = (await log_in(portal, SERIK, COLLEGE.bin)).json()["access_token"]
    assert (await ask(portal, clerk, "GET", CLIENTS)).status_code == 403
    assert (await ask(portal, clerk, "POST", CLIENTS, body | {"scopes": ["training:load"]})).status_code == 403


async def test_the_metadata_name_what_the_token_end_point_takes(portal: Portal) -> None:
    told = (await portal.call("GET", "/.well-known/oauth-authorization-server")).json()
    assert (told["issuer"], told["token_endpoint"]) == (ISSUER, f"{ISSUER}{TOKEN}")
    assert told["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
