"""A clinic at work: its registry desk and a doctor, who see the journal and the day's home visits."""

from collections.abc import Awaitable, Callable

from shared.law.providers import PROVIDERS
from shared.law.roles import StaffRole
from tests.system.asks import Ask, Make, always
from tests.system.citizen import Citizen
from tests.system.employee import Employee

DAY = "2026-11-24"
VISITS, JOURNAL = "/v1/staff/home-visits", "/v1/staff/journal"
OTHER_CLINIC = PROVIDERS[1].bin


async def employed(administrator: Employee, person: Citizen, role: StaffRole, doctor: str | None = None) -> Employee:
    """Register a person, appoint them at the administrator's clinic, and log them in there."""
    await person.enter()
    body = {"iin": person.iin, "roles": [role]} | ({"doctor_id": doctor} if doctor else {})
    told = await administrator.call("PUT", "/v1/staff/employees", body)
    assert told.status == 200, told.body
    return await Employee(person, administrator.bin).log_in()


def work_asks(token: str, granted: str, called: Callable[[], Awaitable[str]]) -> dict[str, Make]:
    """Return what a clinic's desk asks of the journal and of visits in work, and an applicant of their own visit.

    Args:
        token: Of an employee at the clinic's registry desk.
        granted: A request that was granted a visit there, of the applicant who asks.
        called: Makes another such request, which nobody has noted.
    """
    day = {"date": DAY}

    async def act(**said: str) -> Ask:
        seen = (("If-Match", '"1"'),)
        return Ask(path={"request_id": await called()}, body=said, token=token, headers=seen, dear=True)

    period = {"first_day": DAY, "last_day": DAY}
    return {
        f"GET {VISITS}": always(Ask(query=day, token=token)),
        f"GET {VISITS}/page": always(Ask(query=day, token=token)),
        "GET /v1/staff/rounds": always(Ask(query=day, token=token)),
        f"PUT {VISITS}/{{request_id}}/outcome": lambda: act(outcome="visited", reason="Есік қағылды"),
        f"POST {VISITS}/{{request_id}}/move": lambda: act(round="duty", reason="Дәрігер ауырып қалды"),
        "GET /v1/requests/{request_id}/visit": always(Ask(path={"request_id": granted})),
        f"GET {JOURNAL}": always(Ask(query={"service": "home-visit", "limit": "5"}, token=token)),
        f"GET {JOURNAL}/export": always(Ask(query=period, token=token)),
        f"GET {JOURNAL}/{{request_id}}": always(Ask(path={"request_id": granted}, token=token)),
    }
