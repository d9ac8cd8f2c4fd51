"""One request for every operation of the gateway, each of which is answered as it should be."""

from typing import Any

from shared.documents.sealed import code_of
from tests.system.asks import Ask, Make, always
from tests.system.citizen import PASSWORD, Citizen
from tests.system.people import CLINIC, OTHER_DOCTOR, request_for, times
from tests.system.system import System


async def gateway_asks(system: System, citizen: Citizen) -> dict[str, Make]:
    """Return the requests of a citizen who is logged in, by operation."""
    newcomer = Citizen(system, "adult", address="192.0.2.8")
    other = Citizen(system, "bereaved", address="192.0.2.9")
    await other.enter()
    answered = await citizen.signed(request_for())
    own = Ask(path={"request_id": answered["id"]})
    jws = (await citizen.call("GET", answered["links"]["document"])).body

    async def registration() -> Ask:
        return Ask(body=await newcomer.registration(), dear=True)

    async def refresh() -> Ask:
        return Ask(body={"refresh_token": (await other.log_in()).refresh_token}, dear=True)

    async def leaving() -> Ask:
        return Ask(token=(await other.log_in()).token, dear=True)

    async def signature() -> Ask:
        draft = await citizen.draft(request_for())
        return Ask(path={"request_id": draft["id"]}, body=await citizen.signature(draft), dear=True)

    free = times(1)

    async def booked() -> dict[str, Any]:
        return await citizen.signed(request_for("appointment", doctor_id=OTHER_DOCTOR["id"], starts_at=next(free)))

    async def appointment() -> Ask:
        body = request_for("appointment", citizen.iin, doctor_id=OTHER_DOCTOR["id"], starts_at=next(free))
        return Ask(body=body, dear=True)

    async def cancellation() -> Ask:
        appointment = await booked()
        content = (await citizen.call("GET", f"{appointment['links']['self']}/cancellation")).body
        return Ask(path={"request_id": appointment["id"]}, body={"cms": citizen.cms_over(content)}, dear=True)

    async def move() -> Ask:
        appointment = await booked()
        to = {"starts_at": next(free), "doctor_id": OTHER_DOCTOR["id"]}
        return Ask(path={"request_id": appointment["id"]}, body=to, dear=True)

    standing = Ask(path={"request_id": (await booked())["id"]})
    day = {"from": "2026-11-25T00:00:00Z", "to": "2026-11-26T00:00:00Z"}
    searched = {
        "provider_bin": CLINIC.bin,
        "iin": citizen.iin,
        "doctor_id": OTHER_DOCTOR["id"],
        "begins": day["from"],
        "ends": day["to"],
    }
    requests = "/v1/requests/{request_id}"
    return {
        "POST /v1/registration/challenges": always(Ask(body={"iin": citizen.iin})),
        "POST /v1/registration": registration,
        "POST /v1/sessions": always(Ask(body={"iin": citizen.iin, "password": PASSWORD})),
        "POST /v1/sessions/refresh": refresh,
        "DELETE /v1/sessions/current": leaving,
        "GET /v1/me": always(Ask()),
        "GET /v1/me/represented": always(Ask()),
        "GET /v1/me/attachments": always(Ask()),
        "GET /v1/me/looks": always(Ask()),
        "POST /v1/me/attachments/lookup": always(Ask(body={"iin": Citizen(system, "child-8").iin})),
        "GET /v1/services": always(Ask()),
        "GET /v1/services/{code}": always(Ask(path={"code": "home-visit"})),
        "GET /v1/services/{code}/form": always(Ask(path={"code": "home-visit"})),
        "GET /v1/providers": always(Ask(query={"q": "13004", "limit": "2", "cursor": "cm93IDE"})),
        "GET /v1/providers/{bin}": always(Ask(path={"bin": CLINIC.bin})),
        "POST /v1/requests": always(Ask(body=request_for(subject_iin=citizen.iin))),
        "POST /v1/requests as an attachment": always(Ask(body=request_for("attachment", citizen.iin))),
        "POST /v1/requests as an appointment": appointment,
        "GET /v1/requests": always(Ask(query={"limit": "2", "cursor": answered["id"]})),
        "GET /v1/appointments/slots": always(
            Ask(query={"bin": CLINIC.bin, "doctor": OTHER_DOCTOR["id"], "kind": "therapist", **day})
        ),
        "GET /v1/appointments/slots as a week": always(Ask(query={"bin": CLINIC.bin, "from": day["from"]})),
        "POST /v1/appointments/slots": always(Ask(body=searched)),
        f"GET {requests}/evidence": always(own),
        f"GET {requests}/appointment": always(standing),
        f"GET {requests}/cancellation": always(standing),
        f"POST {requests}/cancellation": cancellation,
        f"POST {requests}/move": move,
        f"GET {requests}": always(own),
        f"GET {requests}/content": always(own),
        f"POST {requests}/signature": signature,
        f"GET {requests}/steps": always(own),
        f"GET {requests}/events": always(own),
        f"GET {requests}/document": always(own),
        "GET /v1/documents/{token}": always(Ask(path={"token": answered["document"]["token"]})),
        "POST /v1/documents/{token}/content": always(
            Ask(path={"token": answered["document"]["token"]}, body={"code": code_of(jws.decode())})
        ),
        "POST /v1/documents/check": always(Ask(raw=b"a.sealed.document", kind="application/jose")),
        "GET /v1/status-lists/{service}/{bin}": always(Ask(path={"service": "home-visit", "bin": CLINIC.bin})),
        "GET /problems/{slug}": always(Ask(path={"slug": "not-found"})),
        "GET /.well-known/jwks.json": always(Ask()),
    }
