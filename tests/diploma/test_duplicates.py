"""A duplicate for a lost original (DP-14, DP-8), and what anyone learns of either (valid, replaced, withdrawn)."""

import asyncio
import base64
import gzip
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from diploma_svc.documents import status_list
from diploma_svc.refusals import NotPossible, NotYourRole, PapersMissing
from diploma_svc.regulation import LIST_LENGTH
from diploma_svc.standing import status_list_of
from diploma_svc.views import held_by
from shared.documents.check import check_jws
from shared.documents.page import page_of
from shared.documents.paper import paper_of
from shared.documents.sealed import Sealed
from shared.documents.terms import Terms
from shared.eds.jws import open_sealed
from shared.law.college import COLLEGE
from tests.diploma.surroundings import (
    CLERK,
    DEPUTY,
    EXECUTOR,
    HEAD,
    RESPONSIBLE,
    URL,
    Surroundings,
    graduate,
)
from tests.home_visit.people import ADULT, TUESDAY_TEN

LOSS: dict[str, Any] = {"kind": "loss_certificate", "dated": "2026-11-19"}
NOTICE: dict[str, Any] = {"kind": "newspaper_notice", "dated": "2026-11-20", "about": "«Алматы ақшамы» газеті, № 131"}


async def lost(around: Surroundings) -> UUID:
    """The diploma of an earlier graduation, issued before this system, is lost; its holder has another name now."""
    decision = {"decision_id": "D-0", "number": "4-Қ", "decided_on": "2019-06-20", "decided_by": "commission"}
    await around.load(
        decisions=[decision | {"order_number": "88-б", "order_on": "2019-06-21"}],
        graduates=[
            graduate("G-0", "S-1", "M-1", decision_id="D-0", name_kk="Маратова Айгүл", name_ru="Маратова Айгуль")
        ],
        documents=[
            {
                "document_id": "T-0",
                "graduate_id": "G-0",
                "number": "3114",
                "series": "ТКБ",
                "blank_number": "0456123",
                "issued_on": "2019-07-01",
            }
        ],
    )
    return await around.ask(duplicate=True, circumstances="Көшу кезінде жоғалды")


async def hand_in_everything(around: Surroundings, request_id: UUID, amount: int = 8500) -> None:
    for paper in (LOSS, NOTICE, {"kind": "payment", "dated": "2026-11-23", "amount": amount}):
        await around.hand_in(request_id, CLERK, **paper)


async def test_dp_14_a_duplicate_is_issued_in_the_names_of_the_original_with_the_stamp(around: Surroundings) -> None:
    request_id = await lost(around)
    case = await around.case(request_id)
    assert (case.duplicate, case.due_on, case.price) == (True, date(2026, 12, 24), 8500)
    assert case.missing == ["loss_certificate", "newspaper_notice", "payment"]
    await hand_in_everything(around, request_id)
    assert (await around.case(request_id)).missing == []
    await around.to_issue(request_id)
    said = await around.document(request_id)
    assert said["credentialSubject"]["name"][0]["@value"] == "Маратова Айгүл"
    duplicate = said["credentialSubject"]["trainingDocument"]["duplicate"]
    assert duplicate["stamp"] == f"Түпнұсқаның орнына берілген № {duplicate['number']} телнұсқа"
    assert duplicate["decidedOn"] == "2026-11-24"
    assert duplicate["inPlaceOf"]["number"] == "3114"
    positions = [one["position"]["ru"] for one in said["evidence"]]
    assert positions == ["заместитель руководителя по учебной работе", "руководитель"]
    [new, old] = (await held_by(around.world, ADULT)).documents
    assert (new.status, old.status) == ("valid", "replaced")
    assert old.replaced_by == f"{new.number} (№ {duplicate['number']})"


async def test_dp_14_the_head_decides_only_after_the_papers_are_there(around: Surroundings) -> None:
    request_id = await lost(around)
    await around.act(request_id, CLERK, "pass_on")
    for paper in (LOSS, NOTICE):
        with pytest.raises(PapersMissing) as asked:
            await around.act(request_id, RESPONSIBLE, "assign")
        await around.hand_in(request_id, CLERK, scanned=False, **paper)
        with pytest.raises(PapersMissing):
            await around.act(request_id, RESPONSIBLE, "assign")
        await around.hand_in(request_id, ADULT, **paper)
    with pytest.raises(PapersMissing) as asked:
        await around.act(request_id, RESPONSIBLE, "assign")
    assert asked.value.members["missing"] == ["payment"]
    await around.hand_in(request_id, ADULT, "payment", scanned=False, dated="2026-11-23", amount=8500)
    await around.hand_in(request_id, ADULT, "payment", dated="2026-11-23", amount=8499)
    with pytest.raises(PapersMissing):
        await around.act(request_id, RESPONSIBLE, "assign")
    await around.hand_in(request_id, ADULT, "payment", dated="2026-11-24", amount=1)
    assert (await around.act(request_id, RESPONSIBLE, "assign")).stage == "deciding"
    with pytest.raises(NotYourRole):
        await around.act(request_id, DEPUTY, "allow")
    with pytest.raises(NotPossible):
        await around.prepare(request_id)
    assert (await around.act(request_id, HEAD, "allow")).stage == "preparing"


async def test_dp_14_what_is_never_handed_in_is_refused_by_the_head_with_every_ground(around: Surroundings) -> None:
    request_id = await lost(around)
    await around.hand_in(request_id, ADULT, **LOSS)
    case = await around.case(request_id)
    assert case.grounds == ["loss_not_confirmed", "duplicate_not_paid"]
    assert [one.act for one in case.happenings[:2]] == ["register", "ask_for_papers"]
    assert case.happenings[1].said == "loss_certificate, newspaper_notice, payment"
    await around.pass_by(timedelta(days=14))
    with pytest.raises(PapersMissing) as asked:
        await around.act(request_id, HEAD, "refuse")
    assert asked.value.members["missing"] == ["newspaper_notice", "payment"]
    await around.pass_by(timedelta(days=1))
    case = await around.act(request_id, HEAD, "refuse")
    assert case.stage == "refused"
    refusal = await around.document(request_id, "phc-document+json")
    assert [ground["clause"] for ground in refusal["grounds"]] == ["DP-14", "DP-8"]
    assert [one.status for one in (await held_by(around.world, ADULT)).documents] == ["valid"]


async def test_dp_14_the_form_in_force_is_that_of_the_day_of_the_decision(around: Surroundings) -> None:
    request_id = await lost(around)
    await hand_in_everything(around, request_id)
    await around.to_executor(request_id)
    await around.act(request_id, HEAD, "allow")
    await around.load(
        blank_forms=[{"form_id": "F-new", "kind": "diploma", "in_force_from": "2026-11-25"}],
        blanks=[{"series": "ЖАҢ", "number": "7000001", "form_id": "F-new"}],
    )
    await around.pass_by(timedelta(days=3))
    with pytest.raises(Exception, match="blank-not-available"):
        await around.act(request_id, EXECUTOR, "prepare", blank={"series": "ЖАҢ", "number": "7000001"})
    assert (await around.prepare(request_id)).stage == "approval"


async def test_dp_14_a_duplicate_of_a_duplicate_has_the_next_number_and_the_first_is_never_valid_again(
    around: Surroundings,
) -> None:
    numbers = []
    request_id = await lost(around)
    for blank in range(2):
        await hand_in_everything(around, request_id)
        await around.to_issue(request_id, blank)
        document = (await around.document(request_id))["credentialSubject"]["trainingDocument"]
        numbers.append(document["duplicate"]["number"])
        request_id = await around.ask(duplicate=True, circumstances="Тағы жоғалды", decision_number="4-Қ")
    assert numbers[1] == numbers[0] + 1
    assert [one.status for one in (await held_by(around.world, ADULT)).documents] == ["valid", "replaced", "replaced"]


async def test_a_duplicate_of_what_was_never_issued_is_refused(around: Surroundings) -> None:
    request_id = await around.ask(duplicate=True, circumstances="Жоғалды")
    refusal = await around.document(request_id, "phc-document+json")
    assert [ground["clause"] for ground in refusal["grounds"]] == ["DP-14", "DP-8"]


async def test_anyone_learns_the_status_and_nothing_else(around: Surroundings) -> None:
    first = await around.ask()
    await around.to_issue(first)
    token = (await around.standing(first)).token or ""
    issued = await around.work.journal.issued(token)
    assert issued is not None
    assert (issued.status, issued.replaced_by, issued.number[:5]) == ("valid", None, "2026-")
    assert await status_of(around, first) == 0

    again = await around.ask(duplicate=True, circumstances="Жоғалды")
    await hand_in_everything(around, again)
    await around.to_issue(again, blank=1)
    replaced = await around.work.journal.issued(token)
    assert replaced is not None
    assert (replaced.status, replaced.replaced_by is not None) == ("replaced", True)
    assert (await status_of(around, first), await status_of(around, again)) == (1, 0)

    await around.act(again, HEAD, "withdraw", reason="Қате берілді")
    assert await status_of(around, again) == 2
    withdrawn = await around.work.journal.issued((await around.standing(again)).token or "")
    assert withdrawn is not None
    assert withdrawn.status == "withdrawn"


async def status_of(around: Surroundings, request_id: UUID) -> int:
    """Look the status of a document up as an employer does: by its own entry, in the sealed list."""
    entry = (await around.document(request_id))["credentialStatus"]
    assert (entry["statusPurpose"], entry["statusSize"]) == ("message", 2)
    assert entry["statusListCredential"] == f"{URL}/v1/training-documents/status-lists/0"
    jws = await around.work.seals.seal(COLLEGE.bin, await status_list_of(around.world, 0), "vc+jwt")
    said = json.loads(open_sealed(jws, typ="vc+jwt", trust=around.trust, at=TUESDAY_TEN, bin=COLLEGE.bin))
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert ADULT not in json.dumps(said)
    bits = unpacked(said["credentialSubject"]["encodedList"])
    place = int(entry["statusListIndex"]) * entry["statusSize"]
    return int(bits[place : place + 2], 2)


def unpacked(encoded: str) -> str:
    """Return the list as bits, the first one first (Bitstring Status List 1.0, 4.4)."""
    assert encoded[0] == "u"
    packed = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    return "".join(f"{byte:08b}" for byte in packed)


def test_a_status_list_is_long_enough_to_hide_in_and_holds_each_status_at_its_place() -> None:
    told = {0: "replaced", 1: "withdrawn", 5: "valid", LIST_LENGTH - 1: "withdrawn"}
    bits = unpacked(json.loads(status_list(3, told, TUESDAY_TEN, URL))["credentialSubject"]["encodedList"])
    assert len(bits) == LIST_LENGTH * 2
    assert bits.startswith("0110000000")
    assert bits.endswith("10")
    assert bits.count("1") == 3


async def test_dp_14_the_duplicate_comes_on_the_paper_that_all_documents_have_with_its_stamp(
    around: Surroundings,
) -> None:
    request_id = await lost(around)
    await hand_in_everything(around, request_id)
    await around.to_issue(request_id)
    jws = (await around.standing(request_id)).jws or ""
    page = page_of(Sealed.read(jws))
    assert page.stamp is not None
    assert page.stamp.kk.startswith("Түпнұсқаның орнына берілген №")
    assert page.provider[0] == COLLEGE.name
    assert [fact.value.ru for fact in page.facts if fact.words.ru == "Подписал"]
    assert (await asyncio.to_thread(paper_of, jws, "https://portal.example/verify/")).startswith(b"%PDF-1.7")
    found = check_jws(jws, Terms(around.trust, TUESDAY_TEN)).findings
    assert [one.item for one in found if one.holds is False] == []
