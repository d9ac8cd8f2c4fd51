"""The same walk over every service that takes requests: processes 6 to 8 (HV-16, AP-16, AT-18) as the gateway calls."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
import pytest_asyncio

from gateway.destinations import DESTINATIONS
from shared.eds.jws import open_sealed
from shared.kit.app import assemble
from shared.kit.casework.process import take_up
from shared.kit.casework.timing import CLOSES_BEFORE, LEASE
from shared.kit.database import Database
from shared.kit.keys import load_keys
from shared.kit.settings import Settings
from tests.attachment.conftest import files
from tests.contract.walks import WALKS, Around, Walk
from tests.home_visit.calls import CallsTo, envelopes_of
from tests.home_visit.people import ADULT, PROVIDER, STRANGER, TUESDAY_TEN, person

__all__ = ["files"]
DRAFTS, REQUESTS, STATUS = (f"/internal/v1/{path}" for path in ("drafts", "requests", "documents/status"))


@dataclass(frozen=True, slots=True)
class Stage:
    """A service that listens, what a test moves in it, and its callers."""

    walk: Walk
    around: Around
    gateway: CallsTo
    operator: CallsTo

    async def say(self, path: str, body: dict[str, Any]) -> httpx2.Response:
        return await self.gateway.call(path, json.dumps(body).encode())

    async def ask(self, **asked: Any) -> dict[str, Any]:
        """Make a draft and send the request; gives the registration."""
        request_id = uuid4()
        subject = asked.get("subject", ADULT)
        assert (await self.say(DRAFTS, self.walk.draft(request_id, subject))).status_code == 200
        answer = await self.say(REQUESTS, self.walk.request(request_id, **asked))
        assert answer.status_code in {200, 202}, answer.text
        return dict(answer.json())

    async def take_up_all(self) -> None:
        """Do what the loop does with what is due."""
        now = self.around.clock.now()
        for entry in await self.around.work.journal.claim(now, now + LEASE, 99):
            await take_up(self.around.work, entry)

    def opened(self, told: dict[str, Any]) -> Any:
        """Return what the sealed document says."""
        jws = told["document"]["jws"]
        trust, at = self.around.trust, self.around.clock.now()
        return json.loads(open_sealed(jws, typ="phc-document+json", trust=trust, at=at, bin=PROVIDER.bin))


@pytest_asyncio.fixture(params=sorted(WALKS))
async def stage(request: pytest.FixtureRequest, database_of: Callable[[str], str], files: Path) -> AsyncIterator[Stage]:
    """One service over its own database, with an adult whose request is granted."""
    walk = WALKS[request.param]
    database = Database(database_of(walk.package), 5, name="tests")
    async with database.connection() as connection:
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        names = ", ".join(row["tablename"] for row in await connection.fetch(tables))
        await connection.execute(f"TRUNCATE {names} CASCADE")
    opened = await walk.open(database, files)
    name, keys = DESTINATIONS[walk.code].service, files / "keys"
    routes = opened.routes(load_keys(keys, name, ("gateway", "operator")))
    app = assemble(name, Settings(name=name, keys_dir=keys), [routes])
    callers = (CallsTo(app, name, envelopes_of(keys, caller)) for caller in ("gateway", "operator"))
    yield Stage(walk, opened.around, *callers)
    await database.close()


def test_every_service_that_takes_requests_is_walked() -> None:
    # The answer of the diploma service takes several people (DP-16): tests/diploma.
    assert WALKS.keys() | {"diploma"} == DESTINATIONS.keys()


async def test_a_granted_request_ends_in_a_sealed_certificate_that_anyone_can_check(stage: Stage) -> None:
    told = await stage.ask()
    certificate = stage.opened(told)
    assert (told["state"], told["outcome"]) == ("answered", "granted")
    assert told["number"].startswith(f"{stage.walk.regulation}-2026-")
    assert [step["step"] for step in told["steps"]] == [6, 8]
    assert all(step["met"] for step in told["steps"])
    assert certificate["kind"] == f"{stage.walk.code}-certificate"
    assert certificate["number"] == told["number"]
    assert certificate["service"]["code"] == stage.walk.code
    assert certificate["patient"]["iin"] == ADULT
    assert set(certificate["text"]) == {"kk", "ru", "en"}
    status = (await stage.say(STATUS, {"token": told["document"]["token"]})).json()
    assert (status["status"], status["number"], status["kind"]) == ("valid", told["number"], certificate["kind"])
    assert ADULT not in json.dumps(status)


async def test_a_refused_request_ends_in_a_sealed_refusal_with_its_grounds_and_the_way_on(stage: Stage) -> None:
    stage.around.registry.know(person(ADULT, documents=()))
    told = await stage.ask()
    refusal = stage.opened(told)
    assert told["outcome"] == "refused"
    assert [step["step"] for step in told["steps"]] == [6, 7]
    assert refusal["kind"] == f"{stage.walk.code}-refusal"
    [ground] = refusal["grounds"]
    assert ground["code"] == "identity_document_not_in_force"
    assert ground["clause"].startswith(f"{stage.walk.regulation}-")
    assert refusal["review"]["telephones"] == [*PROVIDER.telephones, "1414"]


async def test_a_strangers_refusal_holds_nothing_of_the_other_person(stage: Stage) -> None:
    refusal = stage.opened(await stage.ask(subject=STRANGER))
    assert [ground["code"] for ground in refusal["grounds"]] == ["representative_not_entitled"]
    assert STRANGER not in json.dumps(refusal)


async def test_other_bytes_than_what_is_asked_are_no_request_by_law(stage: Stage) -> None:
    refusal = stage.opened(await stage.ask(content="e30="))
    assert [ground["code"] for ground in refusal["grounds"]] == ["not_by_the_informatisation_law"]


async def test_the_same_request_again_is_the_same_answer_and_another_under_its_id_is_a_conflict(stage: Stage) -> None:
    body = stage.walk.request()
    assert (await stage.say(DRAFTS, stage.walk.draft(body["request_id"]))).status_code == 200
    first = await stage.say(REQUESTS, body)
    again = await stage.say(REQUESTS, body | {"evidence": {"again": True}})
    assert first.json() == again.json()
    other = await stage.say(REQUESTS, body | {"cms": "b3RoZXI="})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/request-id-reused")


async def test_while_the_registry_is_silent_the_request_is_registered_and_answered_when_it_speaks(
    stage: Stage,
) -> None:
    stage.around.registry.silent = True
    body = stage.walk.request()
    assert (await stage.say(DRAFTS, stage.walk.draft(body["request_id"]))).status_code == 200
    waiting = await stage.say(REQUESTS, body)
    assert (waiting.status_code, waiting.headers["retry-after"]) == (202, "2")
    assert (waiting.json()["state"], waiting.json()["document"]) == ("registered", None)
    stage.around.registry.silent = False
    stage.around.clock.pass_by(timedelta(seconds=2))
    await stage.take_up_all()
    answered = await stage.say(REQUESTS, body)
    assert (answered.status_code, answered.json()["outcome"]) == (200, "granted")
    assert answered.json()["number"] == waiting.json()["number"]


async def test_shortly_before_the_term_is_over_it_is_answered_with_what_is_known(stage: Stage) -> None:
    stage.around.registry.silent = True
    told = await stage.ask()
    answer_by = datetime.fromisoformat(told["answer_by"])
    assert answer_by > TUESDAY_TEN
    stage.around.clock.at = answer_by - CLOSES_BEFORE
    await stage.take_up_all()
    found = await stage.around.work.journal.standing(told["request_id"])
    assert found is not None
    assert (found.outcome, found.steps[-1].met) == ("refused", True)


async def test_only_the_gateway_brings_requests(stage: Stage) -> None:
    body = stage.walk.request()
    for path, said in ((DRAFTS, stage.walk.draft(uuid4())), (REQUESTS, body), (STATUS, {"token": "t" * 32})):
        content = json.dumps(said).encode()
        assert (await stage.operator.call(path, content)).status_code == 403
        assert (await stage.gateway.call(path, content, headers={})).status_code == 401


async def test_a_token_of_no_document_is_not_found(stage: Stage) -> None:
    assert (await stage.say(STATUS, {"token": "t" * 32})).status_code == 404


async def test_hv_14_ap_14_at_16_a_day_without_the_registry_ends_every_request_in_its_term(stage: Stage) -> None:
    clock, opening = stage.around.clock, TUESDAY_TEN - timedelta(hours=2)
    stage.around.registry.silent, asked = True, []
    due = {opening + timedelta(minutes=20 * number) for number in range(12 * 3)}
    while due:
        clock.at = now = min(due)
        due.discard(now)
        if (now - opening) % timedelta(hours=2) == timedelta() and now < opening + timedelta(hours=10):
            told = await stage.say(REQUESTS, stage.walk.request(signed_at=now.isoformat()))
            assert told.status_code == 202, told.text
            asked.append(told.json())
            due.add(datetime.fromisoformat(asked[-1]["answer_by"]) - CLOSES_BEFORE)
        await stage.take_up_all()
    assert len(asked) == 5
    for one in asked:
        found = await stage.around.work.journal.standing(UUID(one["request_id"]))
        assert found is not None
        assert found.answered_at is not None
        assert found.answer_by - CLOSES_BEFORE <= found.answered_at <= found.answer_by
        [ground] = stage.opened({"document": {"jws": found.jws}})["grounds"]
        assert (ground["code"], ground["systems"]) == ("data_cannot_be_had", ["person_registry"])
