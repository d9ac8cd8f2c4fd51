"""A person's own view of the register of the attached population (AT-1, AT-7)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx2
import pytest

from shared.kit.http import Answer, CallFailed
from shared.law.providers import PROVIDERS
from tests.gateway.portal import AIGUL, SERIK, Portal, iin_of, person

CHILD = iin_of(11)
STAY: dict[str, Any] = {
    "provider_bin": PROVIDERS[0].bin,
    "district": {"number": 7, "kind": "therapist"},
    "doctor": {"id": "D-7", "name": "Ахметова Сәуле"},
    "since": "2026-11-24",
    "ended": None,
    "why": "free_choice",
    "request_number": "AT-2026-0000007",
}


@dataclass
class Register:
    """The attachment service, as the gateway asks it for a history."""

    stays: list[dict[str, Any]] = field(default_factory=lambda: [STAY])
    status: int = 200
    away: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    async def post(self, path: str, body: bytes, **_: float) -> Answer:
        assert path == "/internal/v1/attachments/history"
        self.asked.append(json.loads(body))
        if self.away:
            raise CallFailed("unreachable")
        said = json.dumps({"attachments": self.stays}).encode()
        return Answer(self.status, {}, said, datetime(2026, 11, 24, tzinfo=UTC))


@pytest.fixture
def register(portal: Portal) -> Register:
    register = Register()
    object.__setattr__(portal.world, "services", {"attachment": register})
    return register


async def own(portal: Portal) -> httpx2.Response:
    return await portal.get("/v1/me/attachments", (await portal.signed_in())["access_token"])


async def of(portal: Portal, iin: str) -> httpx2.Response:
    token = (await portal.signed_in())["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return await portal.call("POST", "/v1/me/attachments/lookup", {"iin": iin}, headers=headers)


async def test_at_7_one_sees_where_one_is_attached_since_when_and_by_which_request(
    portal: Portal, register: Register
) -> None:
    past = STAY | {"since": "2020-01-01", "ended": "2026-11-24", "why": "imported", "request_number": None}
    register.stays.append(past)
    answer = await own(portal)
    now, before = answer.json()["attachments"]
    assert (now["provider"]["name"], now["provider"]["bin"]) == (PROVIDERS[0].name, PROVIDERS[0].bin)
    assert (now["since"], now["until"], now["holds"]) == ("2026-11-24", None, True)
    assert (before["until"], before["holds"], before["why"]) == ("2026-11-24", False, "imported")
    assert register.asked == [{"iin": AIGUL, "purpose": "AT-7"}]
    assert answer.headers["cache-control"] == "no-store"


async def test_at_9_an_attachment_that_begins_tomorrow_does_not_hold_yet(portal: Portal, register: Register) -> None:
    register.stays = [STAY | {"since": "2026-11-25"}]
    [told] = (await own(portal)).json()["attachments"]
    assert told["holds"] is False


async def test_at_1_one_sees_a_child_of_ones_own(portal: Portal, register: Register) -> None:
    portal.registry.add(person(AIGUL, children=(CHILD,)))
    portal.registry.add(person(CHILD, birth_date=date(2018, 3, 1)))
    assert (await of(portal, CHILD)).status_code == 200
    assert register.asked == [{"iin": CHILD, "purpose": "AT-7"}]


async def test_at_1_of_anybody_else_the_register_is_not_even_asked(portal: Portal, register: Register) -> None:
    portal.registry.add(person(AIGUL, children=(CHILD,)))
    portal.registry.add(person(CHILD, birth_date=date(2008, 11, 24)))
    for iin in (SERIK, CHILD, iin_of(99)):
        answer = await of(portal, iin)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-represented")
    assert register.asked == []


async def test_a_silent_registry_tells_nothing_of_a_child(portal: Portal, register: Register) -> None:
    token = (await portal.signed_in())["access_token"]
    portal.registry.silent = True
    headers = {"Authorization": f"Bearer {token}"}
    answer = await portal.call("POST", "/v1/me/attachments/lookup", {"iin": CHILD}, headers=headers)
    assert (answer.status_code, register.asked) == (503, [])


@pytest.mark.parametrize("change", [{"away": True}, {"status": 500}, {"stays": [{"iin": AIGUL}]}])
async def test_a_register_that_does_not_answer_rightly_is_no_empty_list(
    portal: Portal, register: Register, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(register, name, value)
    answer = await own(portal)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/attachment-register-unavailable")
    assert AIGUL not in answer.text
