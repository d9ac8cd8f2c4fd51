"""The journal and the day's home visits, as a clinic's people, its own system and the caller see them (HV-8, HV-17)."""

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from shared.law.roles import StaffRole
from shared.law.scopes import Scope
from tests.system.asking import Asked, Told, ask
from tests.system.citizen import Citizen
from tests.system.clinic_system import admitted, token_of
from tests.system.clinic_work import DAY, JOURNAL, OTHER_CLINIC, VISITS, employed
from tests.system.employee import Employee
from tests.system.people import CLINIC, request_for
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")
DOCTOR_ROUND = {
    "id": "afternoon",
    "provider_bin": CLINIC.bin,
    "doctor": {"id": "D-5", "name": "Оспанов Марат", "kind": "therapist"},
    "date": DAY,
    "from": "14:00",
    "to": "18:00",
    "calls": 5,
    "duty": False,
}


class Clinic:
    """Who works at a clinic, and a citizen who called."""

    administrator: Employee
    desk: Employee
    doctor: Employee
    elsewhere: Employee
    citizen: Citizen
    request: dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clinic(system: System) -> Clinic:
    one = Clinic()
    body = json.dumps({"rounds": [DOCTOR_ROUND]}).encode()
    assert (await system.clients("operator")["home_visit"].post("/internal/v1/rounds", body)).status == 200
    one.citizen = await Citizen(system, "parent").enter()
    one.administrator = await Employee(one.citizen).take_office()
    one.desk = await employed(one.administrator, Citizen(system, "several"), StaffRole.REGISTRY_DESK)
    one.doctor = await employed(one.administrator, Citizen(system, "elderly"), StaffRole.DOCTOR, "D-5")
    stranger = await Citizen(system, "stranger").enter()
    theirs = await Employee(one.citizen, OTHER_CLINIC).take_office()
    await theirs.appoint(stranger, StaffRole.HEAD)
    one.elsewhere = await Employee(stranger, OTHER_CLINIC).log_in()
    one.request = await one.citizen.signed(request_for())
    assert one.request["status"] == "granted"
    return one


async def matched(who: Employee, method: str, target: str, body: Any, version: int | None) -> Told:
    """Ask with the version that was seen."""
    content = None if body is None else json.dumps(body).encode()
    sent = [("Authorization", f"Bearer {who.token}")]
    sent += [("If-Match", f'"{version}"')] if version else []
    return await ask(who.person.system.apps["gateway"], Asked(method, target, content, tuple(sent)))


async def visit(who: Employee, request_id: str) -> dict[str, Any]:
    told = await who.call("GET", f"{VISITS}?date={DAY}")
    assert told.status == 200, told.body
    return dict(next(one for one in told.json["visits"] if one["request_id"] == request_id))


async def test_hv_8_the_desk_gives_a_call_to_a_doctor_who_notes_it_and_the_caller_reads_it(clinic: Clinic) -> None:
    here, id_ = clinic.request["links"]["self"], clinic.request["id"]
    seen = await visit(clinic.desk, id_)
    assert (seen["patient_iin"], seen["phone"]) == (f"********{clinic.citizen.iin[-4:]}", "+77471112233")
    assert seen["round"]["id"] == "duty"
    assert (await clinic.doctor.call("GET", f"{VISITS}?date={DAY}")).json["visits"] == []
    moved = await matched(clinic.desk, "POST", f"{VISITS}/{id_}/move", {"round": "afternoon"}, seen["version"])
    assert (moved.status, moved.json["round"]["doctor"]["id"], moved.header("etag")) == (200, "D-5", '"2"')
    rounds = (await clinic.desk.call("GET", f"/v1/staff/rounds?date={DAY}")).json["rounds"]
    assert {one["id"]: one["given"] for one in rounds} == {"afternoon": 1, "duty": 0}
    told = (await clinic.citizen.call("GET", here)).json
    assert (told["status"], told["links"]["visit"]) == ("visit-reassigned", f"{here}/visit")
    own = (await clinic.citizen.call("GET", f"{here}/visit")).json
    assert (own["doctor"]["name"], own["reassigned"], own["outcome"]) == ("Оспанов Марат", True, None)

    [mine] = (await clinic.doctor.call("GET", f"{VISITS}?date={DAY}")).json["visits"]
    assert (mine["request_id"], mine["complaint"]) == (id_, "Дене қызуы k4nareika 38,5")
    noted = await matched(clinic.doctor, "PUT", f"{VISITS}/{id_}/outcome", {"outcome": "nobody_home"}, mine["version"])
    assert (noted.status, noted.json["outcome"], noted.json["noted_by"]["kind"]) == (200, "nobody_home", "employee")
    assert (await clinic.citizen.call("GET", here)).json["status"] == "nobody-home"


async def test_an_edit_names_the_version_that_was_seen(clinic: Clinic) -> None:
    target, body = f"{VISITS}/{clinic.request['id']}/outcome", {"outcome": "visited", "reason": "Қате белгіленді"}
    version = (await visit(clinic.desk, clinic.request["id"]))["version"]
    assert (await matched(clinic.desk, "PUT", target, body, None)).status == 428
    assert (await matched(clinic.desk, "PUT", target, body, version + 1)).status == 412
    bare = {"outcome": "visited"}
    wrong = await matched(clinic.desk, "PUT", target, bare, version)
    assert (wrong.status, wrong.json["errors"]) == (422, [{"pointer": "/reason", "code": "needed-for-a-correction"}])
    assert (await matched(clinic.desk, "PUT", target, body, version)).status == 200
    over = await matched(clinic.desk, "POST", f"{VISITS}/{clinic.request['id']}/move", {"round": "duty"}, version + 1)
    assert (over.status, over.json["code"]) == (409, "visit-noted")


async def test_another_clinics_visit_and_request_are_like_one_that_never_was(clinic: Clinic) -> None:
    theirs, guessed = clinic.request["id"], str(uuid4())
    for method, target, body in (
        ("PUT", VISITS + "/{}/outcome", {"outcome": "visited"}),
        ("POST", VISITS + "/{}/move", {"round": "duty"}),
        ("GET", JOURNAL + "/{}", None),
    ):
        answers = [await matched(clinic.elsewhere, method, target.format(one), body, 1) for one in (theirs, guessed)]
        assert {told.status for told in answers} == {404}, target
        assert len({told.but_for_its_trace() for told in answers}) == 1
    assert (await clinic.elsewhere.call("GET", f"{VISITS}?date={DAY}")).json["visits"] == []
    assert (await clinic.elsewhere.call("GET", JOURNAL)).json["requests"] == []
    assert (await clinic.elsewhere.call("GET", f"/v1/staff/rounds?date={DAY}")).json["rounds"] == []


async def test_roles_a_doctor_has_their_own_calls_and_no_journal_and_the_administrator_nothing(clinic: Clinic) -> None:
    refused = [
        await clinic.doctor.call("GET", JOURNAL),
        await clinic.doctor.call("GET", f"{JOURNAL}/export?first_day={DAY}&last_day={DAY}"),
        await clinic.doctor.call("GET", f"{VISITS}?date={DAY}&doctor=D-0"),
        await matched(clinic.doctor, "POST", f"{VISITS}/{clinic.request['id']}/move", {"round": "duty"}, 1),
        *[await clinic.administrator.call("GET", one) for one in (JOURNAL, f"{VISITS}?date={DAY}")],
    ]
    assert {(told.status, told.json["type"]) for told in refused} == {(403, "/problems/not-your-role")}
    duty = await clinic.citizen.signed(request_for(subject_iin=Citizen(clinic.citizen.system, "child-8").iin))
    told = await matched(clinic.doctor, "PUT", f"{VISITS}/{duty['id']}/outcome", {"outcome": "visited"}, 1)
    assert told.status == 404


async def test_hv_17_the_journal_has_each_request_with_its_term_and_the_person_sees_who_opened_it(
    clinic: Clinic,
) -> None:
    asked = f"{JOURNAL}?service=home-visit&day={DAY}&limit=200"
    lines = (await clinic.desk.call("GET", asked)).json["requests"]
    line = next(one for one in lines if one["id"] == clinic.request["id"])
    assert (line["number"], line["channel"], line["state"]) == (clinic.request["number"], "portal", "answered")
    assert (line["outcome"], line["standing"], line["in_term"], line["overdue"]) == ("granted", "visited", True, False)
    assert (line["subject_name"]["kk"], line["remaining_seconds"]) == ("Жұмабаев Дәурен Серікұлы", None)
    assert clinic.citizen.iin not in str(line)
    opened = (await clinic.desk.call("GET", line["links"]["self"])).json
    assert opened["form"]["complaint"] == "Дене қызуы k4nareika 38,5"
    assert {6, 8} <= {step["step"] for step in opened["steps"]}
    assert opened["document"]["content"]["number"] == line["number"]
    looks = (await clinic.citizen.call("GET", "/v1/me/looks?limit=100")).json["looks"]
    mine = [one for one in looks if one["request_id"] == clinic.request["id"]]
    assert {("request", "HV-17.8"), ("journal", "HV-17.8"), ("home_visit", "HV-8")} == {
        (one["opened"], one["purpose"]["clause"]) for one in mine
    }
    by_desk = [
        one for one in mine if one["opened"] == "home_visit" and one["by"]["roles"][0]["code"] == "registry_desk"
    ]
    assert len(by_desk) == 1  # What a list shows again and again is one look a day.


async def test_the_journal_is_exported_in_the_language_that_is_asked_for(clinic: Clinic) -> None:
    target = f"{JOURNAL}/export?first_day={DAY}&last_day={DAY}"
    sent = (("Authorization", f"Bearer {clinic.desk.token}"), ("Accept-Language", "ru"))
    told = await ask(clinic.citizen.system.apps["gateway"], Asked("GET", target, None, sent))
    assert told.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(told.body.decode("utf-8-sig"))))
    lines = (await clinic.desk.call("GET", f"{JOURNAL}?limit=200")).json["requests"]
    assert (rows[0][0], len(rows)) == ("Номер", len(lines) + 1)
    book = await clinic.desk.call("GET", f"{target}&format=xlsx")
    assert (book.status, book.body[:2]) == (200, b"PK")
    for first, last in ((DAY, "2026-11-23"), ("2025-01-01", DAY)):
        wrong = await clinic.desk.call("GET", f"{JOURNAL}/export?first_day={first}&last_day={last}")
        assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/last_day")


async def test_a_days_visits_are_printed_by_round_without_script(clinic: Clinic) -> None:
    told = await clinic.desk.call("GET", f"{VISITS}/page?date={DAY}&lang=ru")
    page = told.text
    assert "script" not in page
    assert ("Вызовы на дом, 24.11.2026" in page, "Оспанов Марат, 14:00–18:00" in page) == (True, True)
    assert told.header("content-security-policy").startswith("default-src 'none'; style-src 'sha256-")
    assert "size:A4" in page


async def test_the_clinics_own_system_does_the_same_with_its_scopes_alone(clinic: Clinic) -> None:
    reader = await token_of(clinic.administrator, await admitted(clinic.administrator, scopes=[Scope.JOURNAL_READ]))
    assert (await as_system(clinic, reader, JOURNAL)).status == 200
    lacking = await as_system(clinic, reader, f"{VISITS}?date={DAY}")
    assert (lacking.status, lacking.json["scope"]) == (403, "home-visits:write")
    working = [Scope.HOME_VISITS_WRITE]
    worker = await token_of(clinic.administrator, await admitted(clinic.administrator, scopes=working))
    assert clinic.request["id"] in (await as_system(clinic, worker, f"{VISITS}?date={DAY}")).text


async def as_system(clinic: Clinic, token: str, target: str) -> Told:
    sent = (("Authorization", f"Bearer {token}"),)
    return await ask(clinic.citizen.system.apps["gateway"], Asked("GET", target, None, sent))
