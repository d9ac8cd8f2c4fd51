"""The clinic's own system before the whole of ours: admitted by the administrator, with a token of every scope."""

from collections.abc import Sequence
from functools import partial

from shared.law.scopes import SCOPES_IN
from tests.clinic_system import ClinicSystem, jwk_of, new_key
from tests.system.asking import Asked, ask
from tests.system.asks import Ask, Make, always
from tests.system.employee import Employee

CLIENTS, TOKEN = "/v1/staff/clients", "/v1/oauth/token"
KEPT = "mis-asks"
"""The key of the system that other requests are made with."""
FORM = "application/x-www-form-urlencoded"


async def admitted(administrator: Employee, kid: str = "mis-1", scopes: Sequence[str] = ()) -> ClinicSystem:
    """Return a system of the administrator's organisation, with every scope that there is unless some are named."""
    system = ClinicSystem(kid=kid)
    body = {"name": "Канарейка МИС", "scopes": sorted(scopes or SCOPES_IN[administrator.bin]), "jwk": system.jwk}
    told = await administrator.call("POST", CLIENTS, body)
    assert told.status == 201, told.body
    system.client_id = told.json["client_id"]
    return system


async def token_of(administrator: Employee, system: ClinicSystem) -> str:
    """Return an access token of a system."""
    asked = Asked("POST", TOKEN, system.form().encode(), (), FORM)
    told = await ask(administrator.person.system.apps["gateway"], asked)
    assert told.status == 200, told.body
    return str(told.json["access_token"])


async def client_asks(administrator: Employee) -> dict[str, Make]:
    """Return the requests about systems, and by one for a token, by operation."""
    system = await admitted(administrator)

    async def token() -> Ask:
        return Ask(raw=system.form().encode(), kind=FORM, dear=True)

    async def spare() -> Ask:
        await clear()
        return Ask(path={"client_id": (await admitted(administrator)).client_id}, dear=True)

    rsa = jwk_of(new_key("RS256"), "mis-r", "RS256") | {"key_ops": ["verify"]}
    in_every_way = {"EC": {"jwk": system.jwk | {"kid": "mis-2"}}, "RSA": {"jwk": rsa}, "set": {"jwks": {"keys": [rsa]}}}

    async def keys(way: str) -> Ask:
        one = await spare()
        return Ask(path=one.path, body=in_every_way[way] | {"overlap_hours": 2}, dear=True)

    async def ended() -> Ask:
        one = await spare()
        return Ask(path={**one.path, "kid": "mis-1"}, dear=True)

    async def clear() -> None:
        """Revoke all but one: an organisation may have so many systems and no more."""
        for client in (await administrator.call("GET", CLIENTS)).json["clients"]:
            if client["client_id"] != system.client_id and KEPT not in [key["kid"] for key in client["keys"]]:
                await administrator.call("DELETE", f"{CLIENTS}/{client['client_id']}")

    async def admission(way: str) -> Ask:
        await clear()
        return Ask(body={"name": "МИС", "scopes": ["journal:read"], **in_every_way[way]}, dear=True)

    return {
        f"POST {TOKEN}": token,
        "GET /.well-known/oauth-authorization-server": always(Ask()),
        "GET /v1/clinic/me": always(Ask()),
        **{f"POST {CLIENTS} as with {way}": partial(admission, way) for way in in_every_way},
        f"GET {CLIENTS}": always(Ask()),
        **{f"POST {CLIENTS}/{{client_id}}/keys as with {way}": partial(keys, way) for way in in_every_way},
        f"DELETE {CLIENTS}/{{client_id}}/keys/{{kid}}": ended,
        f"DELETE {CLIENTS}/{{client_id}}": spare,
    }
