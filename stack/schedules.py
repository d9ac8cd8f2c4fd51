"""Demo data: when the doctors of each clinic receive, four weeks ahead (AP-1, AP-9)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from person_registry_stub.attachment import CLINICS
from shared.law.hours import ProviderHours
from shared.law.providers import PROVIDERS
from stack.clinics import SHORTEST_FULL_DAY, WEEKS_AHEAD, District, districts_of

MINUTES: Final = 20
MORNING, AFTERNOON, SATURDAY = ("08:00", "12:00"), ("14:00", "18:00"), ("09:00", "12:00")


def schedules(hours: ProviderHours, first: date) -> Iterator[dict[str, Any]]:
    """Yield a working day of each district's doctor on each day that the clinics are open; shifts change by the day."""
    for day in (first + timedelta(days=ahead) for ahead in range(7 * WEEKS_AHEAD)):
        opening = hours.open_on(day)
        if opening is None:
            continue
        full = opening[1] - opening[0] >= SHORTEST_FULL_DAY
        for district in (one for clinic in CLINICS for one in districts_of(clinic)):
            shift = (AFTERNOON if (district.number + day.toordinal()) % 2 else MORNING) if full else SATURDAY
            yield _working_day(district, day, shift)


def _working_day(district: District, day: date, shift: tuple[str, str]) -> dict[str, Any]:
    doctor = district.doctor
    return {
        "id": f"{doctor['id']}-{day:%Y%m%d}",
        "provider_bin": PROVIDERS[district.clinic - 1].bin,
        "doctor": doctor | {"kind": district.kind},
        "date": day.isoformat(),
        "hours": {"from": shift[0], "to": shift[1]},
        "minutes": MINUTES,
        "room": f"{1 + district.number}{len(district.kind):02d}",
    }
