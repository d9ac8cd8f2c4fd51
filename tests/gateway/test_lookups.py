"""Process 3 of the desk and the telephone: the registry is asked first, and by telephone nothing is shown (HV-17.3)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from gateway.questions import Question, all_match, digest, drawn
from shared.kit.identifiers import uuid7
from shared.law.roles import StaffRole
from tests.gateway.counter import RIGHT, WRONG, Counter, aigul, open_counter, sit_down
from tests.gateway.portal import AIGUL, NOBODY, NOW, SERIK, Portal, iin_of, person


@pytest.fixture
async def counter(portal: Portal, tmp_path: Path) -> Counter:
    return await sit_down(portal, open_counter(portal, tmp_path))


async def looks(counter: Counter) -> list[tuple[str, str]]:
    async with counter.portal.world.database.connection() as c:
        return [tuple(row) for row in await c.fetch("SELECT person_iin, opened FROM looks ORDER BY look_id")]


async def test_hv_17_3_in_person_the_employee_sees_what_they_compare_and_the_form_is_begun(counter: Counter) -> None:
    told = (await counter.look_up()).json()
    assert told["identified"] is True
    assert told["person"]["name"]["kk"] == "Канарейқызы Айгүл"
    assert [(one["number"], one["in_force"]) for one in told["person"]["documents"]] == [("012345678", True)]
    assert told["prefilled"]["address"] == {"street": "Абай даңғылы", "house": "12", "apartment": "45"}
    assert counter.portal.registry.asked[-1] == (AIGUL, "HV-17.3")
    assert await looks(counter) == [(AIGUL, "registry")]


async def test_hv_17_3_by_telephone_two_questions_and_nothing_else_are_shown(counter: Counter) -> None:
    answer = await counter.look_up("phone")
    told = answer.json()
    assert (told["identified"], told["person"], len(told["questions"]), told["tries_left"]) == (False, None, 2, 3)
    assert not any(said in answer.text for said in ("Канарей", "012345678", "5678", "2020-02-01", "Абай", "1987"))
    assert await looks(counter) == [(AIGUL, "questions")]
    answered = await counter.answer(told, RIGHT)
    assert answered.json()["identified"] is True
    assert answered.json()["person"] is None
    assert "Канарей" not in answered.text


async def test_a_caller_has_three_tries_and_is_never_told_which_answer_was_wrong(counter: Counter) -> None:
    lookup = (await counter.look_up("phone")).json()
    codes = [one["code"] for one in lookup["questions"]]
    half = {**RIGHT, codes[1]: WRONG[codes[1]]}
    told = [(await counter.answer(lookup, answers)).json() for answers in (WRONG, half, WRONG)]
    assert [one["type"].rpartition("/")[2] for one in told] == [
        "answers-do-not-match", "answers-do-not-match", "identify-in-person"
    ]  # fmt: skip
    assert [one.get("tries_left") for one in told] == [2, 1, None]
    assert (await counter.answer(lookup, RIGHT)).status_code == 403


async def test_wrong_answers_are_counted_across_lookups_and_close_the_telephone_not_the_desk(counter: Counter) -> None:
    for _ in range(4):
        lookup = (await counter.look_up("phone")).json()
        for _ in range(2):  # Never the third: a new lookup brings no new tries.
            await counter.answer(lookup, WRONG)
    assert (await counter.look_up("phone")).status_code == 201
    await counter.answer((await counter.look_up("phone")).json(), WRONG)
    assert (await counter.look_up("phone")).json()["type"] == "/problems/identify-in-person"
    assert (await counter.look_up("in_person")).status_code == 201
    counter.portal.clock.at += timedelta(days=1, seconds=1)
    again = await sit_down(counter.portal, counter.provider, StaffRole.REGISTRY_DESK)
    assert (await again.look_up("phone")).status_code == 201


async def test_hv_17_5_where_the_registry_has_no_such_person_the_message_of_process_4(counter: Counter) -> None:
    answer = await counter.look_up(iin=NOBODY)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "/problems/no-data-in-registry")
    assert (told["clause"], told["step"]) == ("HV-17.5", 4)
    assert await looks(counter) == [(NOBODY, "registry")]


async def test_while_the_registry_is_silent_nothing_is_looked_up(counter: Counter) -> None:
    counter.portal.registry.silent = True
    answer = await counter.look_up()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert await looks(counter) == []


async def test_of_whom_the_registry_holds_too_little_nobody_is_identified_by_telephone(counter: Counter) -> None:
    counter.portal.registry.add(person(AIGUL))
    assert (await counter.look_up("phone")).json()["type"] == "/problems/identify-in-person"
    assert await looks(counter) == [(AIGUL, "questions")]


async def test_hv_1_of_a_child_the_registry_is_asked_only_where_the_applicant_may_ask_for_it(counter: Counter) -> None:
    registry, child, stranger = counter.portal.registry, iin_of(40), iin_of(60)
    registry.add(aigul().model_copy(update={"children": (child,)}))
    registry.add(person(child, birth_date=date(2018, 3, 14), parents=(AIGUL,)))
    registry.add(person(stranger, birth_date=date(2018, 3, 14)))
    applicant = (await counter.identified())["id"]
    own = (await counter.look_up(iin=child, applicant_lookup_id=applicant)).json()
    assert (own["entitled"], own["person"]["iin"]) == (True, child)
    registry.asked.clear()
    other = (await counter.look_up(iin=stranger, applicant_lookup_id=applicant)).json()
    assert (other["entitled"], other["person"], other["identified"]) == (False, None, True)
    assert stranger not in {iin for iin, _ in registry.asked}
    assert stranger not in {iin for iin, _ in await looks(counter)}


async def test_by_telephone_nothing_of_a_child_is_shown_either(counter: Counter) -> None:
    child = iin_of(40)
    counter.portal.registry.add(aigul().model_copy(update={"children": (child,)}))
    counter.portal.registry.add(person(child, birth_date=date(2018, 3, 14), parents=(AIGUL,)))
    lookup = await counter.identified("phone")
    told = (await counter.look_up("phone", child, applicant_lookup_id=lookup["id"])).json()
    assert (told["entitled"], told["person"], told["identified"]) == (True, None, True)


async def test_at_6_nobody_is_attached_by_telephone_and_a_clinic_issues_no_diploma(counter: Counter) -> None:
    by_telephone = await counter.look_up("phone", service="attachment")
    assert by_telephone.json()["errors"] == [{"pointer": "/channel", "code": "not-offered-here"}]
    diploma = await counter.look_up(service="diploma")
    assert diploma.json()["errors"] == [{"pointer": "/service", "code": "not-offered-here"}]
    assert counter.portal.registry.asked[-1][0] == SERIK  # Their own log-in: nothing was looked up.


@pytest.mark.parametrize("role", [StaffRole.DOCTOR, StaffRole.HEAD, StaffRole.ADMINISTRATOR])
async def test_only_the_registry_desk_looks_up(portal: Portal, tmp_path: Path, role: StaffRole) -> None:
    other = await sit_down(portal, open_counter(portal, tmp_path), role)
    assert (await other.look_up()).status_code == 403
    assert AIGUL not in {iin for iin, _ in portal.registry.asked}


async def test_anothers_lookup_is_not_there(counter: Counter) -> None:
    lookup = (await counter.look_up("phone")).json()
    other = await sit_down(counter.portal, counter.provider, iin=iin_of(90))
    assert (await other.answer(lookup, RIGHT)).status_code == 404


def test_answers_are_compared_as_people_say_them_and_questions_never_ask_what_the_iin_tells() -> None:
    id_ = uuid7(NOW)
    known = {question: answer for _ in range(40) for question, answer in drawn(aigul(), date(2026, 11, 24)).items()}
    assert known == {
        Question.DOCUMENT_NUMBER: "5678", Question.DOCUMENT_ISSUED: "2020-02-01", Question.HOME: "12-45"
    }  # fmt: skip
    expected = [(question.value, digest(id_, question, answer)) for question, answer in known.items()]
    assert all_match(id_, expected, RIGHT)
    assert not all_match(id_, expected, RIGHT | {"home": "124-5"[:3]})
    assert not all_match(id_, [], {})
