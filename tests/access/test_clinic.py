"""A clinic's own system before the whole of ours: what it enters, and what it does with appointments (AP-9, AP-18)."""

import dataclasses
from typing import Any

import pytest

from shared.law.providers import PROVIDERS
from tests.system.asking import Asked, Told, ask
from tests.system.asks import Ask
from tests.system.citizen import Citizen
from tests.system.clinic_system import admitted, token_of
from tests.system.employee import Employee
from tests.system.people import OTHER_DOCTOR, request_for
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINE = {"id": "M-1", "name": "Сейітова Айнұр", "kind": "therapist"}
DAY = {
    "id": "M-1-20261126",
    "doctor": MINE,
    "date": "2026-11-26",
    "hours": {"from": "15:00", "to": "17:00"},
    "minutes": 20,
    "room": "12",
}


@dataclasses.dataclass
class Mis:
    """A system with its token, and the gateway before it."""

    stage: Stage
    token: str

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> Told:
        sent = [("Authorization", f"Bearer {self.token}")]
        sent += [(name.replace("_", "-"), value) for name, value in headers.items()]
        content = None if body is None else Ask(body=body).content()
        return await ask(self.stage.system.apps["gateway"], Asked(method, f"/v1/clinic{path}", content, tuple(sent)))


async def mis(stage: Stage, bin_: str | None = None) -> Mis:
    office = stage.administrator if bin_ is None else await Employee(stage.citizen, bin_).take_office()
    return Mis(stage, await token_of(office, await admitted(office, f"mis-{bin_ or 'own'}")))


async def outcomes(one: Mis, path: str, body: Any) -> list[tuple[str, str | None]]:
    told = await one.call("PUT", path, body)
    assert told.status == 200, told.body
    return [(row["outcome"], row["code"]) for row in told.json["rows"]]


async def booked(stage: Stage, at: str) -> str:
    citizen = Citizen(stage.system, "elderly")
    await citizen.enter()
    wanted = request_for("appointment", citizen.iin, doctor_id=MINE["id"], starts_at=at)
    answer = await citizen.signed(wanted)
    assert answer["status"] == "granted", answer
    return str(answer["number"])


async def test_what_is_entered_twice_is_unchanged_and_what_cannot_be_says_why_by_row(stage: Stage) -> None:
    one = await mis(stage)
    closed = DAY | {"id": "M-1-20261129", "date": "2026-11-29"}
    assert await outcomes(one, "/doctors", {"doctors": [MINE]}) == [("entered", None)]
    assert await outcomes(one, "/doctors", {"doctors": [MINE]}) == [("unchanged", None)]
    days = {"schedules": [DAY, closed]}
    assert await outcomes(one, "/schedules", days) == [("entered", None), ("refused", "provider_closed")]
    told = (await one.call("PUT", "/schedules", days)).json["rows"]
    assert [row["outcome"] for row in told] == ["unchanged", "refused"]
    assert set(told[1]["words"]) == {"kk", "ru", "en"}
    district = {"number": 77, "kind": "therapist", "doctor": {"id": "M-1", "name": MINE["name"]}}
    assert await outcomes(one, "/districts", {"districts": [district]}) == [("entered", None)]
    assert await outcomes(one, "/districts", {"districts": [district]}) == [("unchanged", None)]
    walk = {"id": "M-R", "doctor": MINE, "date": "2026-11-26", "from": "09:00", "to": "12:00", "calls": 3}
    assert await outcomes(one, "/rounds", {"rounds": [walk]}) == [("entered", None)]
    assert await outcomes(one, "/rounds", {"rounds": [walk]}) == [("unchanged", None)]
    whose = await one.call("PUT", "/rounds", {"rounds": [walk | {"provider_bin": PROVIDERS[1].bin}]})
    assert whose.status == 422


async def test_an_appointment_is_moved_noted_and_cancelled_as_the_clinic_saw_it_and_no_other_clinics(
    stage: Stage,
) -> None:
    one, other = await mis(stage), await mis(stage, PROVIDERS[2].bin)
    await outcomes(one, "/schedules", {"schedules": [DAY]})
    number = await booked(stage, "2026-11-26T15:00:00+05:00")
    path = f"/appointments/{number}"
    seen = await one.call("GET", path)
    assert (seen.json["state"], seen.json["number"]) == ("booked", number)
    to = {"starts_at": "2026-11-26T15:20:00+05:00", "doctor_id": MINE["id"]}
    assert (await one.call("POST", f"{path}/move", to)).status == 428
    assert (await one.call("POST", f"{path}/move", to, if_match='"old"')).status == 412
    taken = to | {"doctor_id": OTHER_DOCTOR["id"], "starts_at": "2026-11-26T03:00:00+05:00"}
    assert (await one.call("POST", f"{path}/move", taken, if_match=seen.header("etag"))).status in {409, 422}
    assert (await one.call("GET", path)).json["state"] == "booked"
    moved = (await one.call("POST", f"{path}/move", to, if_match=seen.header("etag"))).json
    assert (moved["status"], moved["moved_from"]) == ("granted", number)
    assert (await one.call("GET", path)).json["state"] == "moved"
    assert (await one.call("POST", f"{path}/move", to, if_match=seen.header("etag"))).status == 412
    new = f"/appointments/{moved['number']}"
    standing = await one.call("GET", new)
    assert standing.json["starts_at"] == to["starts_at"]
    early = await one.call("PUT", f"{new}/outcome", {"came": True}, if_match=standing.header("etag"))
    assert (early.status, early.json["type"]) == (409, "/problems/appointment-over")
    foreign = [
        await other.call("GET", new),
        await other.call("PUT", f"{new}/outcome", {"came": True}, if_match=standing.header("etag")),
        await other.call("POST", f"{new}/move", to, if_match=standing.header("etag")),
    ]
    assert {told.status for told in foreign} == {404}
    theirs = {"numbers": [moved["number"]], "schedules": [DAY["id"]]}
    assert (await other.call("POST", "/appointments/cancellations", theirs)).json == {"cancelled": []}
    assert (await one.call("POST", "/appointments/cancellations", theirs)).json == {"cancelled": [moved["number"]]}
    assert (await one.call("POST", "/appointments/cancellations", theirs)).json == {"cancelled": []}
    assert (await one.call("GET", new)).json["state"] == "cancelled_by_clinic"


async def test_an_outcome_is_noted_of_the_version_that_one_saw(stage: Stage) -> None:
    one = await mis(stage)
    line = "PUT /v1/clinic/appointments/{number}/outcome"
    good = await stage.asks["gateway"][line]()
    path = f"/appointments/{good.path['number']}/outcome"
    assert (await one.call("PUT", path, {"came": True})).status == 428
    seen = dict(good.headers)["If-Match"]
    noted = await one.call("PUT", path, {"came": False}, if_match=seen)
    assert (noted.status, noted.json["state"]) == (200, "did_not_come")
    assert (await one.call("PUT", path, {"came": True}, if_match=seen)).status == 412
    again = await one.call("PUT", path, {"came": True}, if_match=noted.header("etag"))
    assert again.json["state"] == "came"
