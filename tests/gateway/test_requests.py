"""Requests at the gateway: processes 3 to 5 (HV-16), and what the citizen sees after (HV-18.8)."""

import asyncio
import base64
import dataclasses
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from gateway import deliveries, forward
from gateway.backlog import Backlog
from gateway.housekeeping import clean_up
from shared.eds.evidence import verify_again
from shared.law.tables import TABLE_1
from tests.gateway.portal import AIGUL, SERIK, Portal
from tests.gateway.provider import Provider
from tests.waiting import eventually

FORM = {
    "provider_bin": "130040900012",
    "address": {"street": "Гоголь көшесі", "house": "86"},
    "phone": "+77012345678",
    "complaint": "Дене қызуы 38,5",
}


@dataclasses.dataclass
class Desk:
    """Aigul at the portal, logged in, with a provider behind it."""

    portal: Portal
    provider: Provider
    token: str

    async def call(
        self, method: str, path: str, body: Any = None, token: str | None = None, **headers: str
    ) -> httpx2.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        all_headers = {"Authorization": f"Bearer {token or self.token}", **named}
        return await self.portal.call(method, path, body, headers=all_headers)

    async def draft(self, key: str = "first", **changes: Any) -> httpx2.Response:
        body = {"service": "home-visit", "form": FORM} | changes
        return await self.call("POST", "/v1/requests", body, Idempotency_Key=key)

    async def signature(self, draft: dict[str, Any], iin: str = AIGUL) -> dict[str, str]:
        content = (await self.call("GET", draft["links"]["content"])).content
        cms = self.portal.keys.sign(iin, content, self.portal.clock.now())
        return {"cms": base64.b64encode(cms).decode()}

    async def sign(self, draft: dict[str, Any], iin: str = AIGUL) -> httpx2.Response:
        return await self.call("POST", draft["links"]["signature"], await self.signature(draft, iin))

    async def signed(self) -> dict[str, Any]:
        return dict((await self.sign((await self.draft("signed")).json())).json())


@pytest.fixture
async def desk(portal: Portal) -> Desk:
    provider = Provider(portal.clock)
    world = dataclasses.replace(portal.world, services={"home_visit": provider})  # type: ignore[dict-item]
    portal.world = portal.app.state.world = world
    async with world.database.connection() as c:
        await c.execute("TRUNCATE requests, idempotency_keys CASCADE")
    return Desk(portal, provider, (await portal.signed_in())["access_token"])


async def test_hv_16_5_a_draft_gives_the_exact_bytes_to_sign(desk: Desk) -> None:
    answer = await desk.draft()
    assert answer.status_code == 201
    draft = answer.json()
    assert answer.headers["location"] == draft["links"]["self"]
    content = (await desk.call("GET", draft["links"]["content"])).content
    assert base64.b64decode(draft["to_sign"]["content"]) == content
    said = json.loads(content)
    assert (said["applicant_iin"], said["subject_iin"], said["form"]) == (AIGUL, AIGUL, FORM)
    assert (said["request_id"], said["service"], said["form_version"]) == (draft["id"], "home-visit", 1)
    assert len(said["nonce"]) >= 32
    assert draft["iin"] == "********" + AIGUL[-4:]
    assert desk.provider.bodies == []


async def test_two_drafts_of_the_same_form_have_different_bytes(desk: Desk) -> None:
    first, second = (await desk.draft("a")).json(), (await desk.draft("b")).json()
    assert first["to_sign"]["sha256"] != second["to_sign"]["sha256"]


async def test_the_same_idempotency_key_makes_one_draft_also_when_sent_at_once(desk: Desk) -> None:
    answers = await asyncio.gather(*(desk.draft("once") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await desk.call("GET", "/v1/requests")).json()["requests"]) == 1
    other = await desk.draft("once", form=FORM | {"complaint": "Басқа"})
    assert other.status_code == 422


async def test_a_draft_needs_an_idempotency_key(desk: Desk) -> None:
    answer = await desk.call("POST", "/v1/requests", {"service": "home-visit", "form": FORM})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"form": FORM | {"phone": "кеше"}}, "/form/phone"),
        ({"form": FORM | {"complaint": "x" * 501}}, "/form/complaint"),
        ({"form": FORM | {"surplus": 1}}, "/form/surplus"),
        ({"form": {}}, "/form/provider_bin"),
        ({"service": "tea"}, "/service"),
        ({"subject_iin": "123"}, "/subject_iin"),
        ({"applicant_iin": SERIK}, "/applicant_iin"),
        ({"status": "answered"}, "/status"),
    ],
)
async def test_hv_16_5_a_wrong_form_is_told_by_pointer_and_stores_nothing(
    desk: Desk, changes: dict[str, Any], pointer: str
) -> None:
    answer = await desk.draft(**changes)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]]
    assert (await desk.call("GET", "/v1/requests")).json()["requests"] == []


async def test_hv_16_8_a_signed_request_is_answered_in_the_same_exchange(desk: Desk) -> None:
    answer = await desk.sign((await desk.draft()).json())
    assert answer.status_code == 200
    said = answer.json()
    assert (said["status"], said["number"]) == ("granted", "HV-2026-0000001")
    assert said["answer_by"].endswith("+05:00")
    assert set(said["status_text"]) == {"kk", "ru", "en"}
    (delivered,) = desk.provider.bodies
    assert (delivered["applicant_iin"], delivered["form"]) == (AIGUL, FORM)
    assert delivered["evidence"]
    steps = (await desk.call("GET", said["links"]["steps"])).json()["steps"]
    assert [step["step"] for step in steps] == [1, 3, 5, 6, 8]
    assert [step["limit_seconds"] for step in steps] == [TABLE_1[n].limit.total_seconds() for n in (1, 3, 5, 6, 8)]
    assert all(step["met"] for step in steps)


async def test_a_signature_may_come_as_der(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    cms = base64.b64decode((await desk.signature(draft))["cms"])
    transport = httpx2.ASGITransport(desk.portal.app)
    headers = {"Authorization": f"Bearer {desk.token}", "Content-Type": "application/cms"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal") as http:
        answer = await http.post(draft["links"]["signature"], content=cms, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (200, "granted")


async def test_hv_16_7_another_persons_signature_is_refused_with_its_reason_and_the_draft_stays(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    answer = await desk.sign(draft, SERIK)
    assert answer.status_code == 422
    said = answer.json()
    assert (said["code"], said["clause"]) == ("iin_differs", "HV-16.7")
    assert desk.provider.bodies == []
    steps = (await desk.call("GET", draft["links"]["steps"])).json()["steps"]
    assert [step["step"] for step in steps] == [1, 3, 4]
    assert (await desk.sign(draft)).json()["status"] == "granted"


async def test_a_signature_over_another_draft_is_refused(desk: Desk) -> None:
    first, second = (await desk.draft("a")).json(), (await desk.draft("b")).json()
    answer = await desk.call("POST", second["links"]["signature"], await desk.signature(first))
    assert (answer.status_code, answer.json()["code"]) == (422, "content_differs")


async def test_the_same_signature_twice_is_one_request(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    signature = await desk.signature(draft)
    answers = await asyncio.gather(*(desk.call("POST", draft["links"]["signature"], signature) for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {200, 202}
    assert len(desk.provider.registered) == 1
    other = await desk.sign(draft)  # Another signing time, hence another signature.
    assert other.status_code in (200, 409)


async def test_a_signature_without_a_revocation_list_is_neither_confirmed_nor_refused(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    signature = await desk.signature(draft)
    desk.portal.clock.pass_by(timedelta(days=3))
    fresh = (await desk.portal.log_in()).json()["access_token"]
    answer = await desk.call("POST", draft["links"]["signature"], signature, token=fresh)
    assert answer.status_code in (410, 503)
    assert desk.provider.bodies == []


async def test_hv_9_after_intake_has_closed_the_draft_says_so_and_waits(desk: Desk) -> None:
    now = desk.portal.clock.now()
    opens_at = now + timedelta(hours=14)
    notice = {"code": "emergency", "text": {"kk": "103", "ru": "103", "en": "103"}}
    desk.provider.intake = {"open": False, "until": None, "opens_at": opens_at.isoformat()}
    desk.provider.notices = [notice]
    draft = (await desk.draft()).json()
    assert draft["intake"]["open"] is False
    assert draft["notices"] == [notice]
    answer = await desk.sign(draft)
    assert answer.status_code == 409
    said = answer.json()
    assert said["type"].endswith("intake-closed")
    assert (said["opens_at"], said["notices"]) == (opens_at.isoformat(), [notice])
    assert desk.provider.bodies == []
    desk.provider.intake = {"open": True, "until": (opens_at + timedelta(hours=10)).isoformat(), "opens_at": None}
    desk.portal.pass_by(timedelta(hours=14))
    desk.token = (await desk.portal.log_in()).json()["access_token"]
    assert (await desk.sign(draft)).json()["status"] == "granted"


async def test_a_draft_is_made_and_signed_while_the_service_is_away(desk: Desk) -> None:
    desk.provider.mood = "away"
    draft = (await desk.draft()).json()
    answer = await desk.sign(draft)
    assert (answer.status_code, answer.json()["status"]) == (202, "signed")
    assert answer.headers["retry-after"]
    desk.provider.mood = "answers"
    await _deliver_due(desk)
    said = (await desk.call("GET", draft["links"]["self"])).json()
    assert said["status"] == "granted"
    assert len(desk.provider.registered) == 1


async def test_a_registered_request_is_asked_for_until_it_is_answered(desk: Desk) -> None:
    desk.provider.mood = "registers"
    said = await desk.signed()
    assert (said["status"], said["number"]) == ("registered", "HV-2026-0000001")
    desk.provider.mood = "fails"
    await _deliver_due(desk)
    desk.provider.mood, desk.provider.outcome = "answers", "refused"
    await _deliver_due(desk)
    said = (await desk.call("GET", said["links"]["self"])).json()
    assert said["status"] == "refused"
    assert await _deliver_due(desk) == 0
    steps = (await desk.call("GET", said["links"]["steps"])).json()["steps"]
    assert [step["step"] for step in steps] == [1, 3, 5, 6, 7]


async def test_a_claimed_request_is_left_alone_until_its_lease_is_over(desk: Desk) -> None:
    desk.provider.mood = "registers"
    await desk.signed()
    at = desk.portal.clock.now() + timedelta(minutes=1)
    database = desk.portal.world.database
    assert len(await deliveries.claim(database, at, 10)) == 1
    assert await deliveries.claim(database, at, 10) == []
    assert len(await deliveries.claim(database, at + deliveries.LEASE, 10)) == 1


async def test_an_expired_draft_is_gone(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    signature = await desk.signature(draft)
    desk.portal.pass_by(timedelta(days=1))
    desk.token = (await desk.portal.log_in()).json()["access_token"]
    answer = await desk.call("POST", draft["links"]["signature"], signature)
    assert answer.status_code == 410
    assert (await desk.call("GET", draft["links"]["self"])).json()["status"] == "draft-expired"


async def test_another_persons_request_is_not_found(desk: Desk) -> None:
    said = await desk.signed()
    serik = (await desk.portal.signed_in(SERIK))["access_token"]
    for path in (said["links"]["self"], said["links"]["content"], said["links"]["steps"], said["links"]["document"]):
        assert (await desk.call("GET", path, token=serik)).status_code == 404
    assert (
        await desk.call("POST", said["links"]["self"] + "/signature", {"cms": "AAAA"}, token=serik)
    ).status_code == 404
    assert (await desk.call("GET", "/v1/requests", token=serik)).json()["requests"] == []


async def test_the_list_of_own_requests_is_paged_newest_first(desk: Desk) -> None:
    ids = []
    for number in range(3):
        ids.append((await desk.draft(str(number))).json()["id"])
        desk.portal.clock.pass_by(timedelta(seconds=1))
    first = await desk.call("GET", "/v1/requests?limit=2")
    assert [one["id"] for one in first.json()["requests"]] == ids[:0:-1]
    following = first.headers["link"].split(">")[0].strip("<")
    second = await desk.call("GET", following)
    assert [one["id"] for one in second.json()["requests"]] == ids[:1]
    assert "link" not in second.headers


async def test_an_unchanged_request_is_not_sent_again(desk: Desk) -> None:
    said = await desk.signed()
    answer = await desk.call("GET", said["links"]["self"])
    again = await desk.call("GET", said["links"]["self"], If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_prefer_wait_returns_as_soon_as_the_answer_is_there(desk: Desk) -> None:
    desk.provider.mood = "registers"
    said = await desk.signed()
    waiting = asyncio.create_task(desk.call("GET", said["links"]["self"], Prefer="wait=30"))
    await _someone_waits(desk)
    desk.provider.mood = "answers"
    await _deliver_due(desk)
    desk.portal.world.watchers.tell(said["id"])
    assert (await waiting).json()["status"] == "granted"


async def test_events_tell_each_change_until_the_answer(desk: Desk) -> None:
    desk.provider.mood = "registers"
    said = await desk.signed()
    following = asyncio.create_task(desk.call("GET", said["links"]["events"]))
    await _someone_waits(desk)
    desk.provider.mood = "answers"
    await _deliver_due(desk)
    desk.portal.world.watchers.tell("")
    answer = await following
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert [event["status"] for event in events] == ["registered", "granted"]


async def test_a_gateway_that_ends_lets_everyone_go_who_waits(desk: Desk) -> None:
    desk.provider.mood = "registers"
    said = await desk.signed()
    waiting = asyncio.create_task(desk.call("GET", said["links"]["self"], Prefer="wait=60"))
    following = asyncio.create_task(desk.call("GET", said["links"]["events"]))
    watchers = desk.portal.world.watchers
    await _someone_waits(desk, 2)
    watchers.close()
    late = asyncio.create_task(desk.call("GET", said["links"]["self"], Prefer="wait=60"))
    async with asyncio.timeout(20):
        answers = await asyncio.gather(waiting, late, following)
    assert [answer.json()["status"] for answer in answers[:2]] == ["registered", "registered"]
    assert answers[2].text.count("event: request") == 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/jose", "application/jose"),
        ("*/*", "application/jose"),
        ("application/json", "application/json"),
        ("text/csv, application/json;q=0.9", "application/json"),
        ("application/json;q=0.1, application/jose", "application/jose"),
        ("application/*;q=0.5, application/json", "application/json"),
        ("application/json;q=0, */*", "application/jose"),
    ],
)
async def test_hv_16_12_the_document_comes_sealed_or_plain(desk: Desk, accept: str, kind: str) -> None:
    said = await desk.signed()
    answer = await desk.call("GET", said["links"]["document"], Accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    sealed = kind == "application/jose"
    assert (answer.text.count(".") == 2) if sealed else (answer.json()["number"] == said["number"])


async def test_a_document_that_is_not_there_yet_or_of_no_kind_of_ours_is_told_so(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    path = draft["links"]["self"] + "/document"
    assert (await desk.call("GET", path)).json()["type"].endswith("document-not-ready")
    assert (await desk.call("GET", path, Accept="image/png")).status_code == 406


async def test_anyone_checks_a_document_by_its_token_and_learns_nothing_personal(desk: Desk) -> None:
    said = await desk.signed()
    answer = await desk.portal.call("GET", said["document"]["check"])
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["number"], told["outcome"]) == ("valid", said["number"], "granted")
    assert AIGUL not in answer.text
    assert set(told) == {
        "status", "checked_at", "status_as_of", "kind", "number", "issued_at", "service", "outcome", "issuer",
        "replaced_by",
    }  # fmt: skip
    desk.provider.status = "cancelled"
    assert (await desk.portal.call("GET", said["document"]["check"])).json()["status"] == "cancelled"
    desk.provider.mood = "away"
    away = (await desk.portal.call("GET", said["document"]["check"])).json()
    assert (away["status"], away["status_as_of"]) == ("unconfirmed", said["answered_at"])
    assert (await desk.portal.call("GET", "/v1/documents/" + "x" * 40)).status_code == 404


async def test_an_unsigned_draft_is_thrown_away_a_month_after_its_time(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    signed = await desk.signed()
    database, at = desk.portal.world.database, desk.portal.clock.now()
    async with database.connection() as c:
        await clean_up(desk.portal.world.database, at + timedelta(days=30))
        assert await c.fetchval("SELECT count(*) FROM requests") == 2
        await clean_up(desk.portal.world.database, at + timedelta(days=32))
        assert [str(row["id"]) for row in await c.fetch("SELECT id FROM requests")] == [signed["id"]]
    assert draft["id"] != signed["id"]


async def _deliver_due(desk: Desk) -> int:
    """What the loop does when it looks: claim all that is due by then, and deliver it."""
    desk.portal.clock.pass_by(timedelta(minutes=1))
    world = desk.portal.world
    claimed = await deliveries.claim(world.database, world.now(), 10)
    for request in claimed:
        await forward.deliver(world, request)
    return len(claimed)


async def _someone_waits(desk: Desk, how_many: int = 1) -> None:
    """Return when so many have read the request as it is, and wait for what comes next."""
    waiting = desk.portal.world.watchers._waiting
    await eventually(lambda: sum(bool(event._waiters) for events in waiting.values() for event in events) == how_many)


async def test_hv_9_while_the_service_is_silent_intake_is_counted_by_the_law(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    desk.portal.pass_by(timedelta(hours=11))  # Tuesday, 21:00.
    desk.token = (await desk.portal.log_in()).json()["access_token"]
    desk.provider.mood = "away"
    answer = await desk.sign(draft)
    assert (answer.status_code, answer.json()["opens_at"]) == (409, "2026-11-25T08:00:00+05:00")
    late = (await desk.draft("late")).json()
    assert late["intake"] == {"open": False, "until": None, "opens_at": "2026-11-25T08:00:00+05:00"}
    assert (await desk.sign(late)).status_code == 409


async def test_hv_14_the_term_is_told_from_the_signature_on_and_what_is_late_is_told_as_overdue(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    desk.provider.mood = "away"
    said = (await desk.sign(draft)).json()
    assert (said["answer_by"], said["overdue"]) == ("2026-11-24T10:30:00+05:00", False)
    desk.portal.pass_by(timedelta(minutes=31))
    desk.token = (await desk.portal.log_in()).json()["access_token"]
    answer = await desk.call("GET", said["links"]["self"])
    assert answer.json()["overdue"] is True
    await Backlog(desk.portal.app.state.metrics.registry).count(desk.portal.world)
    page = (await desk.portal.call("GET", "/metrics")).text
    assert "gateway_requests_waiting 1.0" in page
    assert "gateway_requests_overdue 1.0" in page


async def test_hv_14_a_step_that_its_service_calls_late_is_late_on_the_ledger(desk: Desk) -> None:
    desk.provider.late = True
    said = await desk.signed()
    steps = (await desk.call("GET", said["links"]["steps"])).json()["steps"]
    assert {step["step"]: step["met"] for step in steps} == {1: True, 3: True, 5: True, 6: True, 8: False}


async def test_step_5_ends_before_step_6_begins(desk: Desk) -> None:
    said = await desk.signed()
    steps = {step["step"]: step for step in (await desk.call("GET", said["links"]["steps"])).json()["steps"]}
    assert steps[5]["ended_at"] <= steps[6]["started_at"]


async def test_an_entity_tag_is_compared_as_proxies_send_it_and_changes_when_the_draft_expires(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    etag = (await desk.call("GET", draft["links"]["self"])).headers["etag"]
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        assert (await desk.call("GET", draft["links"]["self"], If_None_Match=sent)).status_code == 304
    assert (await desk.call("GET", draft["links"]["self"], If_None_Match='"other"')).status_code == 200
    desk.portal.pass_by(timedelta(days=2))
    desk.token = (await desk.portal.log_in()).json()["access_token"]
    answer = await desk.call("GET", draft["links"]["self"], If_None_Match=etag)
    assert (answer.status_code, answer.json()["status"]) == (200, "draft-expired")


async def test_a_document_that_its_service_denies_is_none_and_one_that_it_cannot_confirm_is_not_called_valid(
    desk: Desk,
) -> None:
    said = await desk.signed()
    desk.provider.denies = True
    assert (await desk.portal.call("GET", said["document"]["check"])).status_code == 404
    desk.provider.denies, desk.provider.mood = False, "fails"
    told = (await desk.portal.call("GET", said["document"]["check"])).json()
    assert (told["status"], told["status_as_of"]) == ("unconfirmed", said["answered_at"])


async def test_the_evidence_of_a_signature_is_verified_again_without_the_gateway(desk: Desk) -> None:
    draft = (await desk.draft()).json()
    assert (await desk.call("GET", f"{draft['links']['self']}/evidence")).status_code == 404
    signed = (await desk.sign(draft)).json()
    answer = await desk.call("GET", signed["links"]["evidence"], Accept="application/json")
    assert answer.status_code == 200
    again = verify_again(answer.json())
    assert (again.verdict.code, again.agrees, again.missing) == ("confirmed", True, ())
    assert again.content == (await desk.call("GET", draft["links"]["content"])).content


async def test_the_lists_of_the_evidence_are_in_the_database_once_and_no_folder_is_needed(
    desk: Desk, tmp_path: Path
) -> None:
    """The folder is one replica's own and is not backed up."""
    first, second = (await desk.sign((await desk.draft()).json()), await desk.sign((await desk.draft()).json()))
    shutil.rmtree(tmp_path / "crl")
    for signed in (first, second):
        told = await desk.call("GET", signed.json()["links"]["evidence"], Accept="application/json")
        again = verify_again(told.json())
        assert (again.verdict.code, again.missing) == ("confirmed", ())
    async with desk.portal.world.database.connection() as c:
        kept = [row["sha256"] for row in await c.fetch("SELECT sha256 FROM revocation_lists ORDER BY kept_at")]
        named = await c.fetchval("SELECT evidence->'revocation'->'crl'->>'sha256' FROM requests LIMIT 1")
    assert len(kept) == len(set(kept))
    assert named in kept
