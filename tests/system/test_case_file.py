"""The case file of a request: whole, about the applicant alone, and checked offline item by item."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from shared.documents import case_file as case
from shared.documents.__main__ import main
from shared.documents.check_case import check_case
from shared.documents.terms import Terms
from shared.eds.trust import Trust
from tests.system.citizen import Citizen
from tests.system.people import request_for
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")
JSON = (("Accept", "application/json"),)


async def file_of(citizen: Citizen, request: dict[str, dict[str, str]]) -> bytes:
    told = await citizen.call("GET", request["links"]["evidence"])
    assert (told.status, told.header("content-type")) == (200, "application/zip"), told.body
    return told.body


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def father(system: System) -> Citizen:
    """Dauren, a father of two, logged in."""
    return await Citizen(system, "parent").enter()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def own(father: Citizen) -> bytes:
    """The case file of a request for oneself."""
    return await file_of(father, await father.signed(request_for()))


def terms(father: Citizen) -> Terms:
    return Terms(Trust.from_folder(father.system.layout.trust), father.system.clock.now() + timedelta(days=30))


async def test_every_item_of_a_case_file_holds(father: Citizen, own: bytes) -> None:
    found = {item.name: item.code for item in check_case(own, terms(father)) if item.holds is not True}
    assert found == {}
    names = set(case.unzipped(own))
    assert names >= {
        case.MANIFEST, case.CONTENT, case.CMS, case.RECORD, case.LEDGER, case.DOCUMENT, case.PAPER, case.README,
    }  # fmt: skip
    assert {name for name in names if name.startswith(case.ANSWERS)} == {
        "answers/01-person_registry.jws", "answers/02-attachment_register.jws",
    }  # fmt: skip


async def test_the_evidence_of_the_signature_alone_comes_as_json_where_that_is_asked_for(father: Citizen) -> None:
    request = await father.signed(request_for())
    told = await father.call("GET", request["links"]["evidence"], headers=JSON)
    assert (told.json["format"], told.json["code"]) == ("eds-evidence/1", "confirmed")


async def test_the_ledger_tells_each_step_with_its_limit(own: bytes) -> None:
    steps = json.loads(case.unzipped(own)[case.LEDGER])["steps"]
    assert {3, 5, 6, 8} <= {step["step"] for step in steps}
    assert all(step["limit_seconds"] > 0 and step["met"] for step in steps)


async def test_what_systems_said_of_the_child_is_withheld_and_its_digest_told(father: Citizen) -> None:
    child = Citizen(father.system, "child-8").iin
    data = await file_of(father, await father.signed(request_for(subject_iin=child)))
    items = check_case(data, terms(father))
    assert [item for item in items if item.holds is False] == []
    assert [item.code for item in items if item.holds is None] == ["withheld"] * 2
    answers = [text for name, text in case.unzipped(data).items() if name.startswith(case.ANSWERS)]
    assert len(answers) == 1


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda items: {**items, case.LEDGER: items[case.LEDGER] + b" "}, (case.LEDGER, "digest_differs")),
        (lambda items: {**items, case.CONTENT: b"{}"}, (case.CONTENT, "digest_differs")),
        (lambda items: {name: data for name, data in items.items() if name != case.CMS}, (case.CMS, "missing")),
        (
            lambda items: {**items, "answers/09-person_registry.jws": b"a.b.c"},
            ("answers/09-person_registry.jws", "not_listed"),
        ),
        (lambda items: {**items, case.MANIFEST: items[case.DOCUMENT]}, (case.MANIFEST, "malformed")),
    ],
)
async def test_whatever_is_changed_in_a_case_file_is_found(
    father: Citizen, own: bytes, change: Change, fault: tuple[str, str]
) -> None:
    items = case.unzipped(own)
    items.pop(case.README)
    changed = case.zipped(change(items), father.system.clock.now())
    assert fault in {(item.name, item.code) for item in check_case(changed, terms(father)) if item.holds is False}


async def test_one_command_checks_it_offline(
    father: Citizen, own: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.zip"
    file.write_bytes(own)
    at = (father.system.clock.now() + timedelta(days=30)).isoformat()
    asked = ["verify-case", str(file), "--trust", str(father.system.layout.trust), "--at", at, "--language", "en"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert said.count("yes  ") == 9
    assert main([*asked[:1], str(Path(__file__)), *asked[2:]]) == 2


async def test_nobody_else_gets_the_case_file(father: Citizen) -> None:
    request = await father.signed(request_for())
    other = await Citizen(father.system, "adult", address="192.0.2.31").enter()
    assert (await other.call("GET", request["links"]["evidence"])).status == 404
