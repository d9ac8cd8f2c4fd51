"""What the college enters: rows in bulk with reported, debts by those who keep them, warnings."""

import json
from datetime import timedelta
from typing import Any

import pytest

from diploma_svc.debts import clear_debt, enter_debt, list_debts
from diploma_svc.refusals import NotPossible, NotYourRole
from diploma_svc.views import due_list, progress_of
from diploma_svc.warned import acknowledge
from shared.forms.diploma_college import CollegeBody
from shared.forms.diploma_debts import ClearingIn, DebtIn
from shared.kit.problems import NotFound, Unprocessable
from shared.kit.staff_problems import RowsDoNotFit
from tests.diploma.surroundings import (
    ACCOUNTANT,
    BLANKS,
    CLERK,
    EXECUTOR,
    HEAD,
    LIBRARIAN,
    RESPONSIBLE,
    Surroundings,
    debt,
    graduate,
    graduation,
)
from tests.home_visit.people import ADULT, STRANGER, iin_of


def book() -> DebtIn:
    known = {"iin": ADULT, "kind": "library", "owed_to": "Кітапхана", "about": "Анатомия атласы"}
    return DebtIn.model_validate_json(json.dumps(known | {"since": "2026-09-01"}))


async def reported(around: Surroundings, **rows: Any) -> dict[str, str]:
    """Load rows; returns what became of each, by its kind and id."""
    body = CollegeBody.model_validate_json(json.dumps(rows))
    return {f"{one.kind} {one.id}": one.result for one in await around.world.college.load(body, around.clock.now())}


async def test_each_row_of_a_load_is_reported_and_the_same_rows_again_change_nothing(around: Surroundings) -> None:
    again = await reported(around, **graduation())
    assert set(again.values()) == {"same"}
    assert len(again) == sum(map(len, graduation().values()))
    people = [{"person_id": "S-9", "iin": iin_of(30)}]
    priced = [{"kind": "diploma", "in_force_from": "2026-01-01", "amount": 9000}]
    told = await reported(around, people=people, prices=priced)
    assert told == {"people S-9": "new", "prices diploma 2026-01-01": "changed"}


async def test_what_a_document_rests_on_is_kept_and_the_report_says_so(around: Surroundings) -> None:
    await around.to_issue(await around.ask())
    renamed = graduate("G-1", "S-1", "M-1", name_kk="Оспанова Айгүл", name_ru="Оспанова Айгуль")
    spoiled = {"series": "ТКБ", "number": BLANKS[0], "form_id": "F-2026", "spoiled": "Жыртылған"}
    told = await reported(around, graduates=[renamed], blanks=[spoiled])
    assert told == {"graduates G-1": "kept", f"blanks ТКБ {BLANKS[0]}": "kept"}


async def test_a_load_that_does_not_fit_names_every_row_at_fault_and_writes_none(around: Surroundings) -> None:
    people = [{"person_id": "S-8", "iin": iin_of(31)}, {"person_id": "S-9", "iin": ADULT}]
    lost = graduate("G-9", "S-unknown", "M-1", name_kk="А", name_ru="А")
    with pytest.raises(RowsDoNotFit) as refused:
        await reported(around, people=people, graduates=[lost])
    faults = [(one["kind"], one["place"], one["id"], one["code"]) for one in refused.value.members["rows"]]  # type: ignore[attr-defined]
    assert faults == [
        ("people", 1, "S-9", "people_iin_key"),
        ("graduates", 0, "G-9", "graduates_person_id_fkey"),
    ]
    assert await reported(around, people=people[:1]) == {"people S-8": "new"}
    with pytest.raises(RowsDoNotFit) as refused:
        await reported(around, people=[people[0], people[0]])
    assert [one["code"] for one in refused.value.members["rows"]] == ["doubled"]  # type: ignore[attr-defined]


async def test_dp_13_the_librarian_enters_a_book_and_takes_it_back(around: Surroundings) -> None:
    request_id = await around.ask()
    entered = await enter_debt(around.world, LIBRARIAN, book())
    assert (entered.name_kk, entered.iin[:8]) == ("Серікова Айгүл Маратқызы", "*" * 8)
    await around.take_up()
    assert (await around.case(request_id)).suspended
    assert (await list_debts(around.world, LIBRARIAN)).debts == [entered]
    assert (await list_debts(around.world, ACCOUNTANT)).debts == []
    clearing = ClearingIn(debt_id=entered.debt_id, cleared_on=around.world.today())
    with pytest.raises(NotYourRole):
        await clear_debt(around.world, ACCOUNTANT, clearing)
    await clear_debt(around.world, LIBRARIAN, clearing)
    await around.pass_by(timedelta(minutes=1))
    assert not (await around.case(request_id)).suspended
    assert (await list_debts(around.world, LIBRARIAN)).debts == []
    with pytest.raises(NotPossible):
        await clear_debt(around.world, LIBRARIAN, clearing)


async def test_dp_13_a_debt_is_of_somebody_trained_here_of_a_day_that_was_and_entered_by_its_keeper(
    around: Surroundings,
) -> None:
    for actor in (ACCOUNTANT, CLERK, EXECUTOR, HEAD):
        with pytest.raises(NotYourRole):
            await enter_debt(around.world, actor, book())
    for wrong in ({"iin": STRANGER}, {"since": around.world.today() + timedelta(days=1)}):
        with pytest.raises(Unprocessable):
            await enter_debt(around.world, LIBRARIAN, book().model_copy(update=wrong))
    early = await enter_debt(around.world, LIBRARIAN, book())
    for debt_id, day, problem in (
        (early.debt_id, early.since - timedelta(days=1), Unprocessable),
        (early.debt_id, around.world.today() + timedelta(days=1), Unprocessable),
        ("L-unknown", early.since, NotFound),
    ):
        with pytest.raises(problem):
            await clear_debt(around.world, LIBRARIAN, ClearingIn(debt_id=debt_id, cleared_on=day))


async def test_dp_13_what_an_employee_has_cleared_the_system_does_not_bring_back(around: Surroundings) -> None:
    await around.load(debts=[debt()])
    request_id = await around.ask()
    await clear_debt(around.world, LIBRARIAN, ClearingIn(debt_id="L-1", cleared_on=around.world.today()))
    assert await reported(around, debts=[debt()]) == {"debts L-1": "kept"}
    await around.pass_by(timedelta(minutes=1))
    assert not (await around.case(request_id)).suspended


async def test_dp_5_a_warning_stands_until_somebody_responsible_acknowledges_it(around: Surroundings) -> None:
    request_id = await around.ask()
    with pytest.raises(NotPossible):
        await acknowledge(around.world, request_id, RESPONSIBLE)
    await around.pass_by(timedelta(days=3))
    told = await due_list(around.world)
    assert (told.warnings, told.cases[0].warned, told.cases[0].acknowledged) == (1, 1, 0)
    assert [one.warned for one in told.not_asked_yet] == [1]
    with pytest.raises(NotYourRole):
        await acknowledge(around.world, request_id, EXECUTOR)
    await acknowledge(around.world, request_id, RESPONSIBLE)
    told = await due_list(around.world)
    assert (told.warnings, told.cases[0].acknowledged) == (0, 1)
    last = (await around.case(request_id)).happenings[-1]
    assert (last.act, last.actor) == ("acknowledge_warning", RESPONSIBLE.name_kk)
    await around.pass_by(timedelta(days=6))
    assert (await due_list(around.world)).warnings == 1
    assert [one.act for one in (await progress_of(around.world, request_id, ADULT)).happenings] == ["register"]
