"""What the people of the system ask, and what was told to the services before."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from person_registry_stub.population import DEFAULT_SEED, Population
from shared.law.hours import ALMATY
from shared.law.providers import PROVIDERS
from stack.clinics import attachments
from tests.system.system import System

CLINIC = PROVIDERS[0]
FORM: dict[str, Any] = {
    "provider_bin": CLINIC.bin,
    "address": {
        "street": "Сапфирлі k4nareika көшесі",
        "house": "86",
        "apartment": "14",
        "entrance": "2",
        "floor": 5,
        "intercom": "14К",
    },
    "phone": "+77471112233",
    "complaint": "Дене қызуы k4nareika 38,5",
}

DOCTOR = {"id": "D-1", "name": "Ахметов Ерлан", "kind": "therapist"}
OTHER_DOCTOR, THIRD_DOCTOR = DOCTOR | {"id": "D-2"}, DOCTOR | {"id": "D-3"}
"""Who books with a doctor again gives the earlier time back: what is not to be disturbed has a doctor of its own."""
RECEIVES = ("2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30")
"""Working days on which the doctors receive from nine to seven, every five minutes."""


def times(first: int = 0) -> Iterator[str]:
    """Yield the times at which a doctor receives, from one on."""
    begins = (
        datetime.fromisoformat(f"{day}T09:00:00+05:00") + timedelta(minutes=5 * number)
        for day in RECEIVES
        for number in range(120)
    )
    yield from islice((moment.isoformat() for moment in begins), first, None)


DUTY_ROUND: dict[str, Any] = {
    "id": "duty",
    "provider_bin": CLINIC.bin,
    "doctor": {"id": "D-0", "name": "Кезекші дәрігер", "kind": "general_practitioner"},
    "date": "2026-11-24",
    "from": "08:00",
    "to": "20:00",
    "calls": 0,
    "duty": True,
}
FORMS: dict[str, dict[str, Any]] = {
    "home-visit": FORM,
    "attachment": {"provider_bin": CLINIC.bin, "phone": FORM["phone"]},
    "appointment": {
        "provider_bin": CLINIC.bin,
        "doctor_id": DOCTOR["id"],
        "starts_at": next(times()),
        "phone": FORM["phone"],
        "reason": FORM["complaint"],
        "moves": None,
    },
}
"""A form for every service that takes requests."""


def request_for(service: str = "home-visit", subject_iin: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return the body of a new request, for oneself unless another is named."""
    body: dict[str, Any] = {"service": service, "form": FORMS[service] | changes}
    return body if subject_iin is None else body | {"subject_iin": subject_iin}


async def furnish(system: System) -> None:
    """Tell the services what clinics tell them: where the demo people are attached, and when the doctor receives."""
    today = system.clock.now().astimezone(ALMATY).date()
    attached = list(attachments(Population(0, DEFAULT_SEED), today))
    days = [
        {
            "id": f"{doctor['id']}-{day}",
            "provider_bin": CLINIC.bin,
            "doctor": doctor,
            "date": day,
            "hours": {"from": "09:00", "to": "19:00"},
            "minutes": 5,
            "room": "305",
        }
        for day in RECEIVES
        for doctor in (DOCTOR, OTHER_DOCTOR, THIRD_DOCTOR)
    ]
    operator = system.clients("operator")
    for service, path, body in (
        ("attachment", "attachments/import", {"rows": attached}),
        ("appointment", "schedules", {"schedules": days}),
        ("home_visit", "rounds", {"rounds": [DUTY_ROUND]}),
    ):
        answer = await operator[service].post(f"/internal/v1/{path}", json.dumps(body).encode())
        assert answer.status == 200, answer.body
        assert not json.loads(answer.body).get("conflicts"), answer.body
