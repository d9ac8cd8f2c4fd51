"""A graduate from the decision to the document (DP-5, DP-16), debts (DP-13), refusals, and who may do what."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from diploma_svc import papers, signing
from diploma_svc.drafts import say_of_draft
from diploma_svc.records import read_records
from diploma_svc.refusals import (
    AskedAlready,
    BlankNotAvailable,
    CaseChanged,
    NoGroundHolds,
    NotPossible,
    NotYourRole,
    PapersMissing,
)
from diploma_svc.schemas import DraftBody
from diploma_svc.terms import DeskClosed
from diploma_svc.views import due_list, held_by, progress_of
from shared.documents.sealed import DOCUMENT_TYPE
from shared.forms.diploma import EXAMPLE as FORM
from shared.forms.diploma_cases import PaperIn
from shared.forms.diploma_records import RecordsAsked
from shared.kit.calendar import KazakhstanCalendar, Override
from shared.kit.problems import NotFound, Unprocessable
from shared.kit.scans import Scan
from shared.kit.staff_problems import RowsDoNotFit
from shared.law.hours import DayKind
from shared.law.roles import StaffRole
from tests.diploma.surroundings import (
    BLANKS,
    CLERK,
    DEBTOR,
    DEPUTY,
    DUE,
    EXECUTOR,
    HEAD,
    PDF,
    RESPONSIBLE,
    STAND_IN,
    URL,
    Surroundings,
    actor,
    confirmed,
    debt,
    graduate,
    graduation,
)
from tests.home_visit.people import ADULT, STRANGER, TUESDAY_TEN, iin_of, person


def draft_of(iin: str, **more: str) -> DraftBody:
    asked = {"request_id": str(uuid4()), "applicant_iin": iin, "subject_iin": iin}
    return DraftBody.model_validate_json(json.dumps(asked | {"form": FORM} | more))


async def test_dp_16_a_graduate_goes_from_the_decision_to_the_document(around: Surroundings) -> None:
    request_id = await around.ask()
    case = await around.case(request_id)
    assert (case.stage, case.due_on, case.suspended, case.missing) == ("registered", DUE, False, [])
    assert (await around.standing(request_id)).answer_by.astimezone().isoformat()[:10] == DUE.isoformat()
    case = await around.to_issue(request_id)
    assert case.stage == "handing_over"
    case = await around.act(request_id, CLERK, "hand_over", handed={"identity_document": "жеке куәлік № 012345678"})
    assert case.stage == "handed_over"
    acts = [(one.act, one.stage) for one in case.happenings]
    assert acts == [
        ("register", "registered"),
        ("pass_on", "responsible"),
        ("assign", "preparing"),
        ("prepare", "approval"),
        ("approve", "signature"),
        ("sign", "handing_over"),
        ("hand_over", "handed_over"),
    ]
    names = [one.actor for one in case.happenings[1:]]
    assert names == [one.name_kk for one in (CLERK, RESPONSIBLE, EXECUTOR, DEPUTY, HEAD, CLERK)]


async def test_dp_4_the_document_is_a_verifiable_credential_without_an_iin(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.to_issue(request_id)
    said = await around.document(request_id)
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["type"] == ["VerifiableCredential", "TrainingDocument"]
    assert said["id"] == f"urn:uuid:{request_id}"
    assert said["validFrom"] == "2026-11-17T00:00:00+05:00"
    subject = said["credentialSubject"]
    assert subject["name"][0] == {"@value": "Серікова Айгүл Маратқызы", "@language": "kk"}
    document = subject["trainingDocument"]
    assert document["decision"] == {"number": "17-Қ", "date": "2026-11-17", "takenBy": "commission"}
    assert (document["series"], document["blankNumber"], document["hours"]) == ("ТКБ", BLANKS[0], 2880)
    assert document["qualification"]["ru"] == "Медицинская сестра общей практики"
    assert document["number"].startswith("2026-")
    assert [one["name"] for one in said["evidence"]] == [DEPUTY.name_kk, HEAD.name_kk]
    assert not any(iin in json.dumps(said) for iin in (ADULT, DEPUTY.iin, HEAD.iin))
    found = await around.standing(request_id)
    assert (found.outcome, [step.step for step in found.steps]) == ("granted", [6, 8])
    assert found.token is not None
    assert document["check"] == f"{URL}/v1/documents/{found.token}"
    held = (await held_by(around.world, ADULT)).documents
    assert [(one.status, one.credential) for one in held] == [("valid", found.jws)]


async def test_dp_7_whoever_was_not_attested_here_is_refused_at_once(around: Surroundings) -> None:
    for iin, kind in ((STRANGER, "diploma"), (ADULT, "retraining"), (ADULT, "advanced_training")):
        request_id = await around.ask(iin, kind=kind)
        refusal = await around.document(request_id, "phc-document+json")
        assert [ground["clause"] for ground in refusal["grounds"]] == ["DP-7"]
        assert refusal["kind"] == "diploma-refusal"


async def test_all_grounds_that_hold_at_once_are_named(around: Surroundings) -> None:
    around.registry.know(person(STRANGER, documents=()))
    request_id = await around.ask(STRANGER, duplicate=True, circumstances="Жоғалды")
    refusal = await around.document(request_id, "phc-document+json")
    assert [ground["clause"] for ground in refusal["grounds"]] == ["DP-11.1", "DP-7", "DP-14", "DP-8"]


async def test_dp_11_1_without_an_identity_document_in_force_it_is_refused_and_while_nobody_knows_it_waits(
    around: Surroundings,
) -> None:
    around.registry.silent = True
    request_id = await around.ask()
    with pytest.raises(NotFound):
        await around.case(request_id)
    around.registry.silent = False
    await around.take_up()
    assert (await around.case(request_id)).stage == "registered"
    around.registry.know(person(DEBTOR, documents=()))
    refused = await around.ask(DEBTOR)
    assert (await around.standing(refused)).outcome == "refused"


async def test_dp_13_a_debt_suspends_and_clearing_it_resumes_by_itself(around: Surroundings) -> None:
    await around.load(debts=[debt()])
    request_id = await around.ask()
    case = await around.case(request_id)
    assert (case.suspended, case.due_on) == (True, None)
    assert [(one.owed_to, one.about) for one in case.debts] == [("Кітапхана", "Анатомия атласы")]
    with pytest.raises(NotPossible) as hindered:
        await around.act(request_id, CLERK, "pass_on")
    assert hindered.value.members["code"] == "suspended"
    told = await progress_of(around.world, request_id, ADULT)
    assert (told.suspended, told.happenings[-1].act) == (True, "suspended")
    assert told.happenings[-1].said == "Анатомия атласы (Кітапхана)"

    await around.pass_by(timedelta(days=2))
    assert await around.load(debts=[debt(cleared_on="2026-11-26")]) == 1
    await around.take_up()
    case = await around.case(request_id)
    assert (case.suspended, case.due_on) == (False, date(2026, 12, 10))
    assert [one.act for one in case.happenings] == ["register", "suspended", "resumed"]
    await around.to_issue(request_id)


async def test_dp_11_2_a_clearance_that_is_handed_in_resumes_it(around: Surroundings) -> None:
    await around.load(debts=[debt(kind="financial", amount=12_000)])
    request_id = await around.ask()
    assert (await around.case(request_id)).suspended
    told = await around.hand_in(request_id, ADULT, "clearance", scanned=False)
    assert (await around.case(request_id)).suspended
    await papers.keep_scan(around.world, (request_id, told), ADULT, ("application/pdf", PDF))
    await around.take_up()
    assert not (await around.case(request_id)).suspended
    await around.pass_by(timedelta(minutes=1))
    await papers.reject(around.world, (request_id, told), RESPONSIBLE, "Басқа адамның кету қағазы")
    await around.take_up()
    case = await around.case(request_id)
    assert (case.suspended, case.papers[0].why_rejected) == (True, "Басқа адамның кету қағазы")
    with pytest.raises(NotPossible):
        await papers.reject(around.world, (request_id, told), RESPONSIBLE, "Тағы")
    with pytest.raises(NotYourRole):
        await papers.reject(around.world, (request_id, told), EXECUTOR, "Тағы")
    await around.hand_in(request_id, CLERK, "clearance", scanned=False)
    assert not (await around.case(request_id)).suspended


async def test_dp_5_warnings_at_half_and_at_four_fifths_and_the_list_of_what_is_due(around: Surroundings) -> None:
    request_id = await around.ask()
    listed = await due_list(around.world)
    assert [(one.request_id, one.due_on, one.warned) for one in listed.cases] == [(request_id, DUE, 0)]
    assert [(one.graduate_id, one.due_on, one.overdue) for one in listed.not_asked_yet] == [("G-2", DUE, False)]
    seen = []
    for _ in range(16):
        await around.pass_by(timedelta(days=1))
        [line] = (await due_list(around.world)).cases
        seen.append((around.world.today().isoformat(), line.warned, line.overdue))
    assert ("2026-11-26", 0, False) in seen
    assert ("2026-11-27", 1, False) in seen
    assert ("2026-12-02", 1, False) in seen
    assert ("2026-12-03", 2, False) in seen
    assert ("2026-12-08", 2, False) in seen
    assert ("2026-12-09", 2, True) in seen
    acts = [one.act for one in (await around.case(request_id)).happenings]
    assert acts == ["register", "half_of_the_term", "four_fifths_of_the_term"]


async def test_dp_5_an_open_deadline_is_counted_anew_when_the_calendar_changes(around: Surroundings) -> None:
    request_id = await around.ask()
    before = await around.case(request_id)
    other = KazakhstanCalendar({date(2026, 12, 1): Override(DayKind.CLOSED, "№ 1")})
    around.world = replace(around.world, calendar=other)
    await around.take_up()
    after = await around.case(request_id)
    assert (before.due_on, after.due_on) == (DUE, date(2026, 12, 9))
    assert (before.calendar_version, after.calendar_version) == (KazakhstanCalendar().version, other.version)


async def test_dp_5_whoever_asks_after_the_term_is_served_within_as_many_days_of_the_application(
    around: Surroundings,
) -> None:
    around.clock.pass_by(timedelta(days=28))
    request_id = await around.ask()
    case = await around.case(request_id)
    assert case.due_on == date(2027, 1, 15)


async def test_dp_9_the_desk_takes_applications_in_its_hours_only(around: Surroundings) -> None:
    request_id = await around.ask(channel="in_person")
    assert (await around.case(request_id)).channel == "in_person"
    around.clock.pass_by(timedelta(hours=3))
    begun_in_time = await around.ask(STRANGER, channel="in_person")
    assert (await around.standing(begun_in_time)).outcome == "refused"
    with pytest.raises(DeskClosed):
        await say_of_draft(around.world, draft_of(DEBTOR, channel="in_person"))
    await say_of_draft(around.world, draft_of(DEBTOR))
    around.clock.pass_by(timedelta(minutes=16))
    with pytest.raises(DeskClosed):
        await around.ask(DEBTOR, channel="in_person")
    await around.ask(DEBTOR)


@pytest.mark.parametrize("stage", ["responsible", "preparing", "approval", "signature"])
async def test_dp_16_it_is_sent_back_with_a_reason_from_each_stage(around: Surroundings, stage: str) -> None:
    holder = {"responsible": RESPONSIBLE, "preparing": EXECUTOR, "approval": DEPUTY, "signature": HEAD}[stage]
    before = {"responsible": "registered", "preparing": "responsible", "approval": "preparing"}
    request_id = await around.ask()
    await around.act(request_id, CLERK, "pass_on")
    if stage != "responsible":
        await around.act(request_id, RESPONSIBLE, "assign")
    if stage in {"approval", "signature"}:
        await around.prepare(request_id)
    if stage == "signature":
        await around.sign(request_id, DEPUTY)
    case = await around.act(request_id, holder, "send_back", reason="Аты қате жазылған")
    assert case.stage == before.get(stage, "approval")
    assert (case.happenings[-1].act, case.happenings[-1].said) == ("send_back", "Аты қате жазылған")


async def test_dp_16_what_is_sent_back_is_approved_and_signed_anew(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.to_executor(request_id)
    await around.prepare(request_id)
    await around.sign(request_id, DEPUTY)
    await around.act(request_id, HEAD, "send_back", reason="Мамандығы")
    await around.act(request_id, DEPUTY, "send_back", reason="Мамандығы")
    await around.prepare(request_id, blank=1)
    with pytest.raises(NotYourRole):
        await around.sign(request_id, HEAD)
    await around.sign(request_id, DEPUTY)
    case = await around.sign(request_id, HEAD)
    assert case.stage == "handing_over"
    document = (await around.document(request_id))["credentialSubject"]["trainingDocument"]
    assert document["blankNumber"] == BLANKS[1]
    async with around.database.connection() as c:
        states = dict(await c.fetch("SELECT number, state FROM blanks WHERE state <> 'free'"))
        kept = await c.fetchval("SELECT count(*) FROM official_signatures")
    assert states == {BLANKS[0]: "spoiled", BLANKS[1]: "used"}
    assert kept == 3


async def test_dp_16_executor_deputy_and_head_are_three_people(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.to_executor(request_id)
    await around.prepare(request_id)
    everything = replace(EXECUTOR, roles=frozenset(StaffRole))
    with pytest.raises(NotPossible) as hindered:
        await around.sign(request_id, everything)
    assert hindered.value.members["code"] == "same_person"
    await around.sign(request_id, DEPUTY)
    for both in (everything, replace(DEPUTY, roles=frozenset(StaffRole))):
        with pytest.raises(NotPossible) as hindered:
            await around.sign(request_id, both)
        assert hindered.value.members["code"] == "same_person"


async def test_dp_16_5_whoever_signs_for_the_head_is_named_as_that(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.to_executor(request_id)
    await around.prepare(request_id)
    await around.sign(request_id, DEPUTY)
    await around.sign(request_id, STAND_IN)
    signed = (await around.document(request_id))["evidence"]
    assert [one["position"]["kk"] for one in signed] == [
        "басшының оқу ісі жөніндегі орынбасары",
        "қол қою құқығы бар лауазымды адам",
    ]


async def test_dp_16_5_a_signature_is_over_the_exact_bytes_of_the_case_and_serves_once(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.to_executor(request_id)
    case = await around.prepare(request_id)
    content = await signing.document_to_sign(around.world, request_id, DEPUTY, case.version)
    with pytest.raises(CaseChanged):
        await signing.sign(around.world, request_id, DEPUTY, case.version, confirmed(content + b" ", "a" * 64))
    await around.sign(request_id, DEPUTY, "b" * 64)
    with pytest.raises(NotPossible) as hindered:
        await around.sign(request_id, HEAD, "b" * 64)
    assert hindered.value.members["code"] == "signature_used"
    await around.sign(request_id, HEAD)
    with pytest.raises(NotPossible):
        await around.sign(request_id, HEAD)


async def test_what_somebody_did_meanwhile_is_not_overwritten(around: Surroundings) -> None:
    request_id = await around.ask()
    await around.act(request_id, CLERK, "pass_on", version=1)
    with pytest.raises(CaseChanged):
        await around.act(request_id, CLERK, "pass_on", version=1)
    with pytest.raises(NotYourRole):
        await around.act(request_id, CLERK, "assign")
    with pytest.raises(NotPossible):
        await around.act(request_id, RESPONSIBLE, "pass_on")


async def test_one_blank_is_one_document_and_of_the_form_in_force(around: Surroundings) -> None:
    first, second = await around.ask(), await around.ask(DEBTOR)
    for request_id in (first, second):
        await around.to_executor(request_id)
    await around.prepare(first)
    await around.load(blank_forms=[{"form_id": "F-old", "kind": "diploma", "in_force_from": "2020-01-01"}])
    await around.load(blanks=[{"series": "ТКБ", "number": "9999999", "form_id": "F-old"}])
    await around.load(blanks=[{"series": "ТКБ", "number": BLANKS[2], "form_id": "F-2026", "spoiled": "Сия төгілді"}])
    for number in (BLANKS[0], "9999999", "5555555", BLANKS[2]):
        with pytest.raises(BlankNotAvailable):
            await around.act(second, EXECUTOR, "prepare", blank={"series": "ТКБ", "number": number})
    assert (await around.prepare(second, blank=1)).stage == "approval"


async def test_refused_is_only_on_the_closed_list(around: Surroundings) -> None:
    request_id = await around.ask()
    with pytest.raises(NoGroundHolds):
        await around.act(request_id, HEAD, "refuse")
    with pytest.raises(NotYourRole):
        await around.act(request_id, CLERK, "refuse")


async def test_dp_5_a_document_is_handed_to_an_attorney_by_a_power_in_force_whose_scan_is_there(
    around: Surroundings,
) -> None:
    request_id = await around.ask()
    await around.to_issue(request_id)
    power_name = "power_of_attorney"
    power = {"name": "Серіков Марат", "number": "4-118", "notary": "А. Н. Оспанова", "dated": "2026-11-20"}
    handed = {"identity_document": "жеке куәлік № 1", "attorney": power | {"valid_until": "2026-12-31"}}
    with pytest.raises(PapersMissing):
        await around.act(request_id, CLERK, "hand_over", handed=handed)
    about = "Нотариус А. Н. Оспанова, № 4-118"
    await around.hand_in(request_id, CLERK, "power_of_attorney", dated="2026-11-19", about=about)
    taken = await around.hand_in(request_id, CLERK, "power_of_attorney", scanned=False, dated="2026-11-20", about=about)
    with pytest.raises(PapersMissing):
        await around.act(request_id, CLERK, "hand_over", handed=handed)
    await papers.keep_scan(around.world, (request_id, taken), CLERK, ("application/pdf", PDF))
    over = {"identity_document": "жеке куәлік № 1", "attorney": power | {"valid_until": "2026-11-23"}}
    with pytest.raises(Unprocessable):
        await around.act(request_id, CLERK, "hand_over", handed=over)
    assert (await around.act(request_id, CLERK, "hand_over", handed=handed)).stage == "handed_over"
    whole = RecordsAsked(since=around.world.today(), until=around.world.today())
    told = (await read_records(around.world, whole)).entries
    assert [one.kind for one in told] == ["application", "paper", "paper", "handed_over"]
    assert (told[0].what, told[0].whose, told[0].employee) == (told[0].request_number, "Серікова Айгүл Маратқызы", None)
    assert (told[1].what, told[1].employee, told[1].applicant_iin[:8]) == (power_name, CLERK.name_kk, "*" * 8)
    assert told[3].what == (await around.case(request_id)).document_number
    assert told[3].whose == "Серіков Марат, № 4-118, А. Н. Оспанова, 2026-11-20–2026-12-31"
    assert (told[3].employee, told[3].identity_document) == (CLERK.name_kk, "жеке куәлік № 1")
    page = await read_records(around.world, whole.model_copy(update={"after": told[0].entry, "limit": 2}))
    assert ([one.entry for one in page.entries], page.next) == ([told[1].entry, told[2].entry], told[2].entry)
    with pytest.raises(asyncpg.RaiseError):
        async with around.database.connection() as c:
            await c.execute("DELETE FROM record_journal")


async def test_the_same_document_is_not_asked_for_twice(around: Surroundings) -> None:
    await around.load(debts=[debt()])
    notices = (await say_of_draft(around.world, draft_of(ADULT))).notices
    assert [one.code for one in notices] == ["term", "debts"]
    with pytest.raises(Unprocessable):
        await say_of_draft(around.world, draft_of(ADULT, subject_iin=DEBTOR))
    await around.ask()
    with pytest.raises(AskedAlready):
        await say_of_draft(around.world, draft_of(ADULT))
    again = await around.ask()
    with pytest.raises(NotFound):
        await around.case(again)


async def test_who_signed_two_drafts_of_one_document_is_answered_twice_and_has_one(around: Surroundings) -> None:
    first, second = await around.ask(), await around.ask()
    await around.to_issue(first)
    await around.pass_by(timedelta(minutes=5))
    issued = (await around.case(first)).document_number
    assert (await around.standing(second)).outcome == "granted"
    told = await around.document(second, DOCUMENT_TYPE)
    assert told["kind"] == "diploma-issued-before"
    assert f"№ {issued}," in told["text"]["kk"]
    assert len((await held_by(around.world, ADULT)).documents) == 1


async def test_another_persons_request_is_none(around: Surroundings) -> None:
    request_id = await around.ask()
    with pytest.raises(NotFound):
        await progress_of(around.world, request_id, DEBTOR)
    with pytest.raises(NotFound):
        await around.hand_in(request_id, DEBTOR, "clearance")
    assert (await held_by(around.world, DEBTOR)).documents == []


async def test_scans_are_encrypted_and_opened_by_those_who_work_on_the_case_only(around: Surroundings) -> None:
    request_id = await around.ask()
    paper_id = await around.hand_in(request_id, ADULT, "clearance")
    async with around.database.connection() as c:
        kept = await c.fetchval("SELECT kept FROM scans WHERE scan_id = $1", paper_id)
    assert PDF[:8] not in kept
    assert await papers.read_scan(around.world, request_id, paper_id, CLERK) == Scan("application/pdf", PDF)
    async with around.database.connection() as c:
        assert await c.fetch("SELECT scan_id, read_by FROM scan_readings") == [(paper_id, CLERK.iin)]
    assert (await around.case(request_id)).happenings[-1].act == "open_scan"
    assert "open_scan" not in [one.act for one in (await progress_of(around.world, request_id, ADULT)).happenings]
    for other in (RESPONSIBLE, EXECUTOR, DEPUTY, actor(9, StaffRole.ADMINISTRATOR)):
        with pytest.raises(NotFound):
            await papers.read_scan(around.world, request_id, paper_id, other)
    with pytest.raises(NotPossible):
        await papers.keep_scan(around.world, (request_id, paper_id), ADULT, ("application/pdf", PDF))
    with pytest.raises(NotFound):
        await papers.keep_scan(around.world, (request_id, paper_id), DEBTOR, ("application/pdf", PDF))
    with pytest.raises(NotYourRole):
        await papers.hand_in(around.world, request_id, EXECUTOR, PaperIn(kind="clearance"))


async def test_the_colleges_rows_load_again_without_a_change_and_all_or_none(around: Surroundings) -> None:
    assert await around.load(**graduation()) == 0
    assert await around.load(prices=[{"kind": "diploma", "in_force_from": "2026-06-01", "amount": 9000}]) == 1
    new = {"person_id": "S-9", "iin": iin_of(30)}
    lost = graduate("G-9", "S-unknown", "M-1", name_kk="А", name_ru="А")
    with pytest.raises(RowsDoNotFit):
        await around.load(people=[new], graduates=[lost])
    with pytest.raises(RowsDoNotFit):
        await around.load(people=[new, new])
    with pytest.raises(RowsDoNotFit):
        await around.load(people=[new | {"iin": ADULT}])
    assert await around.load(people=[new]) == 1


async def test_dp_14_the_name_of_a_graduate_with_a_document_is_not_changed_any_more(around: Surroundings) -> None:
    renamed = graduate("G-1", "S-1", "M-1", name_kk="Ахметова Айгүл", name_ru="Ахметова Айгуль")
    assert await around.load(graduates=[renamed]) == 1
    request_id = await around.ask()
    await around.to_issue(request_id)
    assert await around.load(graduates=[renamed | {"name_kk": "Оспанова Айгүл"}]) == 0
    assert (await around.case(request_id)).name_kk == "Ахметова Айгүл"


def test_the_day_of_the_tests_is_a_working_tuesday() -> None:
    assert TUESDAY_TEN.weekday() == 1
