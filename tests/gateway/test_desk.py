"""A request of the desk and the telephone at the gateway: HV-17, Table 2. The applicant is not the signer."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.housekeeping import clean_up
from gateway.routes.evidence import ZIP
from shared.eds.evidence import verify_again
from shared.eds.verdict import Role
from shared.law.roles import StaffRole
from shared.law.tables import TABLE_2
from tests.gateway.counter import CLINIC, FORM, LOOKUPS, OTHER_CLINIC, REQUESTS, Counter, open_counter, sit_down
from tests.gateway.portal import AIGUL, SERIK, Portal, iin_of, person

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40) + b"IEND\xaeB`\x82"
NONE_SUCH = "0198f2a4-6c1e-7d3b-9c55-3f1d2a7e8b90"
CHANNELS = ("in_person", "phone")


@pytest.fixture
async def counter(portal: Portal, tmp_path: Path) -> Counter:
    return await sit_down(portal, open_counter(portal, tmp_path))


def kind(answer: Any) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_hv_17_6_the_employee_signs_and_the_person_is_the_applicant(counter: Counter, channel: str) -> None:
    told = await counter.signed(channel)
    assert (told["status"], told["channel"], told["number"]) == ("granted", channel, "HV-2026-0000001")
    assert told["asked_by"]["name"]["ru"] == "Канарейкин Серик"
    (sent,) = counter.provider.bodies
    assert (sent["applicant_iin"], sent["subject_iin"], sent["channel"]) == (AIGUL, AIGUL, channel)
    said = json.loads(base64.b64decode(sent["content"]))
    assert (said["applicant_iin"], said["channel"]) == (AIGUL, channel)
    assert said["signed_by"] == {"employee_iin": SERIK, "organisation_bin": CLINIC}
    assert said["identified"]["by"] == {"in_person": "identity_document", "phone": "questions"}[channel]
    assert (sent["evidence"]["signed_by"], sent["evidence"]["channel"]) == ("employee", channel)


async def test_hv_17_6_only_the_employees_own_key_of_this_organisation_does(counter: Counter) -> None:
    draft = (await counter.draft()).json()
    content = base64.b64decode(draft["to_sign"]["content"])
    others = {
        "a citizen's key": counter.portal.keys.sign(SERIK, content, counter.portal.clock.now()),
        "the applicant's": counter.portal.keys.sign(AIGUL, content, counter.portal.clock.now()),
        "a colleague's": counter.cms(content, iin=iin_of(77)),
        "of another clinic": counter.cms(content, bin_=OTHER_CLINIC),
        "of other bytes": counter.cms(content + b" "),
    }
    for whose, cms in others.items():
        answer = await counter.send(draft, cms)
        assert (answer.status_code, kind(answer)) == (422, "signature-not-confirmed"), whose
        assert answer.json()["clause"] == "HV-17.6"
    assert (await counter.sign(draft, role=Role.RIGHT_TO_SIGN)).status_code == 200


async def test_hv_17_the_ledger_names_the_steps_of_table_2(counter: Counter) -> None:
    told = await counter.signed()
    steps = (await counter.call("GET", told["links"]["steps"])).json()["steps"]
    own = [one for one in steps if one["step"] in {1, 3, 5}]
    assert [(one["step"], one["limit_seconds"]) for one in own] == [
        (step, TABLE_2[step].limit.total_seconds()) for step in (1, 3, 5)
    ]
    assert all(one["met"] for one in own)
    assert own[1]["action"]["en"] == TABLE_2[3].action.en


async def test_hv_14_at_the_desk_a_request_that_waits_is_due_in_ten_minutes(counter: Counter) -> None:
    counter.provider.mood = "away"
    draft = (await counter.draft("phone")).json()
    answer = await counter.sign(draft)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (202, "signed")
    assert told["answer_by"] == "2026-11-24T10:10:00+05:00"
    assert told["say"]["final"] is False
    assert "24.11.2026 10:10" in told["say"]["text"]["kk"]
    counter.portal.clock.at += timedelta(minutes=11)
    again = await sit_down(counter.portal, counter.provider)
    assert (await again.call("GET", told["links"]["self"])).json()["overdue"] is True


async def test_hv_8_1_no_document_leaves_by_telephone(counter: Counter) -> None:
    told = await counter.signed("phone")
    assert (told["printable"], told["document"]) == (False, None)
    assert "document" not in told["links"]
    for accept in ("application/pdf", "application/jose", "application/json", "text/html"):
        answer = await counter.call("GET", f"{REQUESTS}/{told['id']}/document", Accept=accept)
        assert (answer.status_code, kind(answer)) == (403, "no-document-by-telephone"), accept
    evidence = await counter.call("GET", told["links"]["evidence"], Accept=ZIP)
    assert (evidence.status_code, kind(evidence)) == (403, "not-your-role")


async def test_at_8_1_in_person_the_document_is_printed(counter: Counter) -> None:
    told = await counter.signed("in_person")
    printed = await counter.call("GET", told["links"]["document"])
    assert (printed.headers["content-type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert counter.provider.papers


async def test_hv_17_3_no_form_without_a_lookup_that_is_fresh_identified_and_for_this(counter: Counter) -> None:
    unanswered = (await counter.look_up("phone")).json()["id"]
    assert (await counter.draft("phone", lookup_id=unanswered)).json()["code"] == "not-identified"
    in_person = (await counter.identified())["id"]
    assert (await counter.draft("phone", lookup_id=in_person)).json()["code"] == "another-request"
    assert (await counter.draft(lookup_id=NONE_SUCH)).status_code == 404
    counter.portal.clock.at += timedelta(minutes=15)
    again = await sit_down(counter.portal, counter.provider)
    assert (await again.draft(lookup_id=in_person)).json()["code"] == "over"


async def test_hv_1_the_subject_must_have_been_looked_up_for_this_applicant(counter: Counter) -> None:
    child = iin_of(40)
    counter.portal.registry.add(counter.portal.registry.persons[AIGUL].model_copy(update={"children": (child,)}))
    counter.portal.registry.add(person(child, parents=(AIGUL,)))
    mine, other = (await counter.identified())["id"], (await counter.identified())["id"]
    subject = (await counter.look_up(iin=child, applicant_lookup_id=mine)).json()["id"]
    wrong = await counter.draft(lookup_id=other, subject_lookup_id=subject)
    assert wrong.json()["errors"] == [{"pointer": "/subject_lookup_id", "code": "another-applicant"}]
    alone = await counter.draft(lookup_id=subject)
    assert alone.status_code == 422
    told = await counter.signed(lookup_id=mine, subject_lookup_id=subject, key="k3")
    assert told["status"] == "granted"
    assert counter.provider.bodies[-1]["subject_iin"] == child
    steps = (await counter.call("GET", told["links"]["steps"])).json()["steps"]
    assert [one["step"] for one in steps].count(3) in {1, 2}  # At one moment of the test's clock they are one row.


async def test_nothing_of_who_asks_stands_in_the_body(counter: Counter) -> None:
    lookup = (await counter.identified())["id"]
    for field, value in (("applicant_iin", SERIK), ("employee_id", lookup), ("state", "answered"), ("number", "1")):
        assert (await counter.draft(lookup_id=lookup, **{field: value})).status_code == 422, field
    other = await counter.draft(lookup_id=lookup, form={**FORM, "provider_bin": OTHER_CLINIC})
    assert other.json()["errors"] == [{"pointer": "/form/provider_bin", "code": "another-provider"}]
    portal = await counter.call(
        "POST", REQUESTS, {"service": "home-visit", "channel": "portal", "lookup_id": lookup, "form": FORM},
        Idempotency_Key="k",
    )  # fmt: skip
    assert portal.status_code == 422


async def test_the_same_key_makes_one_draft(counter: Counter) -> None:
    lookup = (await counter.identified())["id"]
    first, second = [await counter.draft(lookup_id=lookup, key="same") for _ in range(2)]
    assert first.json()["id"] == second.json()["id"]
    changed = await counter.draft(lookup_id=lookup, key="same", form={**FORM, "complaint": "басқа"})
    assert kind(changed) == "idempotency-key-reused"


async def test_hv_9_outside_intake_hours_the_desk_is_told_so_and_the_draft_waits(counter: Counter) -> None:
    counter.portal.clock.at += timedelta(hours=9)  # 19:00 in Almaty: the provider is open, intake is over.
    late = await sit_down(counter.portal, counter.provider)
    late.portal.take_lists()
    late.provider.intake = {"open": False, "until": None, "opens_at": "2026-11-25T08:00:00+05:00"}
    draft = (await late.draft("phone")).json()
    assert draft["intake"]["open"] is False
    answer = await late.sign(draft)
    assert (answer.status_code, kind(answer)) == (409, "intake-closed")


async def test_another_clinic_sees_neither_lookup_nor_request(counter: Counter) -> None:
    told = await counter.signed()
    draft = (await counter.draft(key="k2")).json()
    other = await sit_down(counter.portal, counter.provider, bin_=OTHER_CLINIC, iin=iin_of(90_001))
    for link in ("self", "content", "steps", "document", "evidence"):
        assert (await other.call("GET", told["links"][link])).status_code == 404, link
    assert (await other.sign(draft)).status_code == 404
    answers = {"answers": {"home": "1", "document_number": "2"}}
    assert (await other.call("POST", f"{LOOKUPS}/{draft['id']}/answers", answers)).status_code == 404


async def test_a_doctor_may_not_and_a_colleague_reads_but_does_not_sign(counter: Counter) -> None:
    draft = (await counter.draft()).json()
    colleague = await sit_down(counter.portal, counter.provider, iin=iin_of(91))
    assert (await colleague.call("GET", draft["links"]["self"])).status_code == 200
    assert kind(await colleague.sign(draft)) == "not-your-draft"
    doctor = await sit_down(counter.portal, counter.provider, StaffRole.DOCTOR, iin=iin_of(92))
    assert (await doctor.call("GET", draft["links"]["self"])).status_code == 403
    assert (await doctor.draft(lookup_id=NONE_SUCH)).status_code == 403
    assert (await doctor.sign(draft)).status_code == 403


async def test_a_desk_request_is_on_no_citizens_route_and_its_opening_is_on_theirs(counter: Counter) -> None:
    token = (await counter.portal.signed_in())["access_token"]
    told = await counter.signed()
    assert (await counter.portal.get("/v1/requests", token)).json()["requests"] == []
    assert (await counter.portal.get(f"/v1/requests/{told['id']}", token)).status_code == 404
    counter.portal.clock.at += timedelta(seconds=1)
    await counter.call("GET", told["links"]["self"])
    looks = (await counter.portal.get("/v1/me/looks", token)).json()["looks"]
    assert [(one["opened"], one["purpose"]["clause"]) for one in looks] == [
        ("request", "HV-17.6"), ("registry", "HV-17.3")
    ]  # fmt: skip
    assert looks[0]["request_id"] == told["id"]


async def test_hv_17_6_the_evidence_names_the_employee_and_is_verified_again_offline(counter: Counter) -> None:
    told = await counter.signed()
    record = (await counter.call("GET", told["links"]["evidence"], Accept="application/json")).json()
    assert (record["expected"]["iin"], record["expected"]["bin"]) == (SERIK, CLINIC)
    assert "employee" in record["expected"]["roles"]
    again = verify_again(record, counter.portal.world.trust)
    assert again.agrees
    assert again.verdict.confirmed
    assert json.loads(again.content)["applicant_iin"] == AIGUL


async def test_hv_17_6_scans_are_kept_encrypted_and_their_digests_are_signed(counter: Counter) -> None:
    scan = (await _keep(counter, PNG)).json()
    draft = (await counter.draft(scans=[scan["id"]])).json()
    said = json.loads(base64.b64decode(draft["to_sign"]["content"]))
    assert said["scans"] == [{"sha256": scan["sha256"], "media_type": "image/png"}]
    again = await counter.draft(key="k2", scans=[scan["id"]])
    assert again.json()["errors"] == [{"pointer": "/scans", "code": "unknown-scan"}]
    opened = await counter.call("GET", f"{REQUESTS}/{draft['id']}/scans/{scan['id']}")
    assert opened.content == PNG
    async with counter.portal.world.database.connection() as c:
        assert PNG not in await c.fetchval("SELECT kept FROM scans")
        assert await c.fetchval("SELECT count(*) FROM looks WHERE opened = 'scan'") == 1


async def test_what_served_no_request_is_thrown_away_and_what_did_stays(counter: Counter) -> None:
    kept, _ = await counter.signed(), await counter.look_up()
    await _keep(counter, PNG)
    await clean_up(counter.portal.world.database, counter.portal.clock.now() + timedelta(days=3))
    async with counter.portal.world.database.connection() as c:
        assert [str(row[0]) for row in await c.fetch("SELECT request_id FROM desk_requests")] == [kept["id"]]
        counts = [await c.fetchval(f"SELECT count(*) FROM {table}") for table in ("lookups", "scans", "looks")]  # noqa: S608 - ours.
    assert counts == [1, 0, 2]


async def _keep(counter: Counter, content: bytes) -> Any:
    return await counter.upload("/v1/staff/scans", content, "image/png")
