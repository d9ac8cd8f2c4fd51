"""What a citizen's own list says of an appointment after its certificate: cancelled, moved, kept (AP-18.8)."""

import asyncio
import dataclasses
import json
from typing import Any
from uuid import UUID

import pytest

from gateway import standings
from gateway.changes import PATH, ROUNDS, take_changes
from gateway.destinations import DESTINATIONS
from gateway.standings import Change
from shared.kit.http import Answer, CallFailed
from tests.appointment.desk import CHILD, Desk, desk, envelope_keys
from tests.appointment.surroundings import COLLEAGUE, DOCTOR, PAEDIATRICIAN, at, form, schedule
from tests.gateway.conftest import keys, passwords, portal, trust, workers
from tests.gateway.portal import AIGUL, SERIK
from tests.gateway.portal import person as portal_person
from tests.home_visit.people import PROVIDER, child, person
from tests.waiting import eventually

__all__ = ["desk", "envelope_keys", "keys", "passwords", "portal", "trust", "workers"]
APPOINTMENT = DESTINATIONS["appointment"]


@dataclasses.dataclass
class Hindered:
    """The way to a service on which the first questions about changes fail, or every answer is the same."""

    service: Any
    failures: int = 0
    same: bytes | None = None
    asked: int = 0

    async def post(self, path: str, body: bytes, total: float = 3.0) -> Answer:
        answer: Answer = await self.service.post(path, body, total=total)
        if path != PATH:
            return answer
        self.asked += 1
        if self.asked <= self.failures:
            raise CallFailed("too_slow")  # It was answered, and nobody heard the answer.
        return answer if self.same is None else dataclasses.replace(answer, body=self.same)


def hindered(desk: Desk, **how: Any) -> Hindered:
    way = Hindered(desk.portal.world.services["appointment"], **how)
    desk.portal.world = dataclasses.replace(desk.portal.world, services={"appointment": way})  # type: ignore[dict-item]
    desk.portal.app.state.world = desk.portal.world
    return way


async def take(desk: Desk) -> int:
    """Do what the gateway does every second."""
    return await take_changes(desk.portal.world, APPOINTMENT)


async def listed(desk: Desk) -> list[str]:
    found = (await desk.call("GET", "/v1/requests")).json()["requests"]
    return sorted(one["status"] for one in found)  # Made in one moment of the test's clock, they stand in any order.


async def full_day(desk: Desk) -> None:
    """Everything that the therapist has is taken by others while the citizen's request is on its way."""
    async with desk.around.database.connection() as connection:
        await connection.execute("DELETE FROM bookings")
        await connection.execute("DELETE FROM slots WHERE doctor_key = (SELECT doctor_key FROM doctors "
                                 "WHERE clinic_doctor_id = $1)", DOCTOR)  # fmt: skip


async def without_time(desk: Desk) -> dict[str, Any]:
    draft = (await desk.draft("full")).json()
    await full_day(desk)
    answer = (await desk.sign(draft)).json()
    assert answer["status"] == "granted"
    assert await take(desk) == 1
    return await desk.read(answer)


async def test_ap_18_8_what_the_citizen_cancelled_is_told_as_cancelled_at_once(desk: Desk) -> None:
    request = await desk.booked()
    before = (await desk.call("GET", request["links"]["self"])).headers["etag"]
    await desk.sign(request, "cancellation")
    after = await desk.call("GET", request["links"]["self"], If_None_Match=before)
    told = after.json()
    assert (after.status_code, told["status"], told["status_text"]["ru"]) == (200, "cancelled", "Вы отменили запись")
    assert told["changed_at"] == "2026-11-24T10:00:00+05:00"
    assert await listed(desk) == ["cancelled"]


async def test_ap_18_8_what_the_clinic_cancelled_is_told_in_the_list_and_by_an_event(desk: Desk) -> None:
    request = await desk.booked()
    following = asyncio.create_task(desk.call("GET", request["links"]["events"]))
    watchers = desk.portal.world.watchers
    await eventually(lambda: any(event._waiters for events in watchers._waiting.values() for event in events))
    await desk.clinic_cancels(request)
    assert await take(desk) == 1
    assert await listed(desk) == ["cancelled-by-provider"]
    moved = (await desk.move(request, "10:00", "move")).json()
    watchers.tell(request["id"])
    events = [json.loads(line[6:]) for line in (await following).text.splitlines() if line.startswith("data: ")]
    statuses = [event["status"] for event in events]
    assert (statuses[0], statuses[-1]) == ("granted", "moved")
    assert await listed(desk) == ["granted", "moved"]
    assert (await desk.read(request))["links"]["moved_to"] == moved["links"]["self"]


async def test_ap_18_8_who_has_seen_the_answer_waits_for_the_next_change_and_nobody_else_waits(desk: Desk) -> None:
    request = await desk.booked()
    here = request["links"]["self"]
    answer = await desk.call("GET", here, Prefer="wait=60")
    assert answer.json()["status"] == "granted"  # Without a wait: the answer is there.
    waiting = asyncio.create_task(desk.call("GET", here, Prefer="wait=60", If_None_Match=answer.headers["etag"]))
    watchers = desk.portal.world.watchers
    await eventually(lambda: any(event._waiters for events in watchers._waiting.values() for event in events))
    await desk.clinic_cancels(request)
    await take(desk)
    watchers.tell(request["id"])
    async with asyncio.timeout(20):
        assert (await waiting).json()["status"] == "cancelled-by-provider"


async def test_ap_9_a_move_is_told_of_the_old_request_with_the_answer_to_the_new_one(desk: Desk) -> None:
    request = await desk.booked()
    moved = (await desk.sign((await desk.move(request, "10:00", "move")).json())).json()
    old = await desk.read(request)
    assert (moved["status"], old["status"], old["links"]["moved_to"]) == ("granted", "moved", moved["links"]["self"])
    told = await desk.standing(request)
    assert (told["state"], told["moved_to"]) == ("moved", moved["id"])


async def test_ap_9_an_earlier_appointment_that_a_new_request_replaces_is_told_as_moved(desk: Desk) -> None:
    request = await desk.booked()
    draft = (await desk.draft("second", form("10:00"))).json()
    assert "moves_earlier_appointment" in {notice["code"] for notice in draft["notices"]}
    second = (await desk.sign(draft)).json()
    assert (await desk.read(request))["links"]["moved_to"] == second["links"]["self"]
    assert await listed(desk) == ["granted", "moved"]


async def test_ap_1_what_the_other_parent_moved_is_told_without_their_request(desk: Desk) -> None:
    asked = form("09:00", PAEDIATRICIAN)
    request = (await desk.sign((await desk.draft("mother", asked, subject_iin=CHILD)).json())).json()
    both = {"children": (CHILD,)}
    desk.portal.registry.add(portal_person(SERIK, **both))
    desk.around.registry.know(person(SERIK, **both), child(CHILD, parents=(AIGUL, SERIK)))
    father = Desk(desk.portal, desk.around, (await desk.portal.signed_in(SERIK))["access_token"], SERIK)
    draft = (await father.draft("father", form("10:00", PAEDIATRICIAN), subject_iin=CHILD)).json()
    assert (await father.sign(draft)).json()["status"] == "granted"
    await take(desk)
    told = await desk.read(request)
    assert (told["status"], "moved_to" in told["links"]) == ("moved", False)


@pytest.mark.parametrize(("came", "status"), [(True, "kept"), (False, "missed")])
async def test_ap_9_what_came_of_the_visit_is_told(desk: Desk, came: bool, status: str) -> None:
    request = await desk.booked()
    note = desk.around.world.appointments.note_visit
    assert await note(PROVIDER.bin, request["number"], at("09:05"), came=came)
    await take(desk)
    assert await listed(desk) == [status]


async def test_a_change_is_told_until_it_is_heard_and_then_no_more(desk: Desk) -> None:
    request = await desk.booked()
    await desk.clinic_cancels(request)
    way = hindered(desk, failures=1)
    with pytest.raises(CallFailed):
        await take(desk)
    assert await listed(desk) == ["granted"]
    assert [await take(desk), await take(desk)] == [1, 0]
    version = (await desk.call("GET", request["links"]["self"])).headers["etag"]
    assert await desk.around.world.untold.after([]) == []
    assert (await desk.call("GET", request["links"]["self"])).headers["etag"] == version
    assert way.asked == 4  # Failed; told; heard; nothing.


async def test_a_change_that_comes_after_what_was_heard_is_told_too(desk: Desk) -> None:
    request = await desk.booked()
    await desk.clinic_cancels(request)
    [first] = await desk.around.world.untold.after([])
    await desk.move(request, "10:00", "move")
    [second] = await desk.around.world.untold.after([(first.request_id, first.state)])
    assert (first.state, second.state) == ("cancelled_by_clinic", "moved")
    assert second.request_id == UUID(request["id"])


async def test_a_move_is_answered_also_when_what_it_changed_cannot_be_asked(desk: Desk) -> None:
    request = await desk.booked()
    draft = (await desk.move(request, "10:00", "move")).json()
    hindered(desk, failures=1)
    assert (await desk.sign(draft)).json()["status"] == "granted"
    assert await listed(desk) == ["granted", "granted"]
    await take(desk)
    assert await listed(desk) == ["granted", "moved"]


async def test_a_service_that_never_hears_is_not_asked_for_ever(desk: Desk) -> None:
    request = await desk.booked()
    told = {"request_id": request["id"], "state": "moved", "moved_to": None, "changed_at": "2026-11-24T05:00:00Z"}
    way = hindered(desk, same=json.dumps({"changes": [told]}).encode())
    assert (await take(desk), way.asked) == (1, ROUNDS)


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"changes": [{"request_id": 1}]}'])
async def test_what_cannot_be_read_changes_nothing(desk: Desk, body: bytes) -> None:
    await desk.booked()
    hindered(desk, same=body)
    with pytest.raises(CallFailed):
        await take(desk)
    assert await listed(desk) == ["granted"]


async def test_a_service_says_nothing_of_the_requests_of_another(desk: Desk) -> None:
    request = await desk.booked()
    change = Change(UUID(request["id"]), "moved", None, desk.portal.clock.now())
    assert await standings.store(desk.portal.world.database, "attachment", [change], change.at) == 0


async def test_ap_9_a_request_without_a_time_says_so_and_gets_one_without_signing_anew(desk: Desk) -> None:
    request = await without_time(desk)
    assert (request["status"], request["status_text"]["en"][:7]) == ("without-time", "Granted")
    told = await desk.standing(request)
    assert (told["state"], told["starts_at"], told["nearest"]) == ("without_time", None, [])
    await desk.around.enter(schedule(COLLEAGUE))
    nearest = (await desk.standing(request))["nearest"]
    assert [slot["doctor"]["id"] for slot in nearest] == [COLLEAGUE] * 3
    to = {"starts_at": nearest[0]["starts_at"], "doctor_id": COLLEAGUE}
    answer = await desk.call("POST", f"{request['links']['self']}/move", to, "pick")
    assert (answer.status_code, answer.json()["status"]) == (201, "granted")
    assert (await desk.standing(answer.json()))["starts_at"] == nearest[0]["starts_at"]
    assert (await desk.public(request), await listed(desk)) == ("replaced", ["granted", "moved"])


async def test_ap_9_a_request_without_a_time_can_be_cancelled(desk: Desk) -> None:
    request = await without_time(desk)
    assert (await desk.sign(request, "cancellation")).json()["state"] == "cancelled_by_citizen"
    assert (await desk.public(request), await listed(desk)) == ("cancelled", ["cancelled"])


async def test_ap_9_who_has_no_time_and_books_anew_with_the_doctor_has_one_appointment(desk: Desk) -> None:
    await without_time(desk)
    await desk.around.enter(schedule(day="2026-11-26", id="another"))
    draft = (await desk.draft("anew", form("09:00", day="2026-11-26"))).json()
    assert (await desk.sign(draft)).json()["status"] == "granted"
    await take(desk)
    assert await listed(desk) == ["granted", "moved"]
