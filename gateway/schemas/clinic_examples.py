"""Bodies that clinics send, as the OpenAPI document shows them."""

from typing import Any, Final

Example = dict[str, Any]
_DOCTOR: Final = {"id": "D-7", "name": "Ахметова Сәуле", "kind": "therapist"}
DOCTORS: Final[Example] = {"doctors": [_DOCTOR]}
DISTRICTS: Final[Example] = {
    "districts": [
        {
            "number": 7,
            "kind": "therapist",
            "doctor": {"id": "D-7", "name": "Ахметова Сәуле"},
            "streets": ["Гоголь көшесі"],
            "norm": 2200,
        }
    ]
}
SCHEDULES: Final[Example] = {
    "schedules": [
        {
            "id": "D-7-20261125",
            "doctor": _DOCTOR,
            "date": "2026-11-25",
            "hours": {"from": "09:00", "to": "13:00"},
            "minutes": 20,
            "breaks": [{"from": "11:00", "to": "11:20"}],
            "room": "305",
        }
    ]
}
ROUNDS: Final[Example] = {
    "rounds": [
        {"id": "R-7-20261125", "doctor": _DOCTOR, "date": "2026-11-25", "from": "14:00", "to": "18:00", "calls": 8}
    ]
}
OUTCOME: Final[Example] = {"came": True}
CANCELLATIONS: Final[Example] = {"schedules": ["D-7-20261125"], "numbers": ["AP-2026-0000001"]}
