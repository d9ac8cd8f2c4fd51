"""Good requests of a clinic's own system: what it enters in bulk, and what it does with appointments."""

from gateway.schemas import clinic_examples as examples
from tests.system.asking import Asked, Told, ask
from tests.system.asks import Ask, Make, always
from tests.system.citizen import Citizen
from tests.system.clinic_system import KEPT, admitted, token_of
from tests.system.employee import Employee
from tests.system.people import OTHER_DOCTOR, RECEIVES, request_for, times

CLINIC_PATH, APPOINTMENTS = "/v1/clinic", "/v1/clinic/appointments"
FAR = 60 * len(RECEIVES)
"""Times that no other request of the tests takes."""


async def clinic_asks(administrator: Employee, citizen: Citizen, begun: str) -> dict[str, Make]:
    """Return the requests of a clinic's system, by operation; ``begun`` is the number of an appointment that has."""
    app = citizen.system.apps["gateway"]
    token = await token_of(administrator, await admitted(administrator, KEPT))
    free = times(FAR)

    async def tag_of(number: str) -> tuple[tuple[str, str], ...]:
        told: Told = await ask(
            app, Asked("GET", f"{APPOINTMENTS}/{number}", None, (("Authorization", f"Bearer {token}"),))
        )
        assert told.status == 200, told.body
        return (("If-Match", told.header("etag")),)

    async def outcome() -> Ask:
        return Ask(path={"number": begun}, body={"came": True}, headers=await tag_of(begun), token=token, dear=True)

    async def move() -> Ask:
        wanted = request_for("appointment", doctor_id=OTHER_DOCTOR["id"], starts_at=next(free))
        number = str((await citizen.signed(wanted))["number"])
        to = {"starts_at": next(free), "doctor_id": OTHER_DOCTOR["id"]}
        return Ask(path={"number": number}, body=to, headers=await tag_of(number), token=token, dear=True)

    [day] = examples.SCHEDULES["schedules"]
    on_leave = {"schedules": [day | {"id": "D-9-leave", "leave": True, "replacement": day["doctor"] | {"id": "D-8"}}]}
    [walk] = examples.ROUNDS["rounds"]
    cancelled = {"schedules": ["no-such-day"], "numbers": ["AP-2026-9999999"]}
    return {
        f"PUT {CLINIC_PATH}/districts": always(Ask(body=examples.DISTRICTS)),
        f"PUT {CLINIC_PATH}/doctors": always(Ask(body=examples.DOCTORS)),
        f"PUT {CLINIC_PATH}/schedules": always(Ask(body=examples.SCHEDULES)),
        f"PUT {CLINIC_PATH}/schedules as on leave": always(Ask(body=on_leave)),
        f"PUT {CLINIC_PATH}/rounds": always(Ask(body={"rounds": [walk | {"duty": False}]})),
        f"GET {APPOINTMENTS}/{{number}}": always(Ask(path={"number": begun}, token=token)),
        f"PUT {APPOINTMENTS}/{{number}}/outcome": outcome,
        f"POST {APPOINTMENTS}/cancellations": always(Ask(body=cancelled, token=token)),
        f"POST {APPOINTMENTS}/{{number}}/move": move,
    }
