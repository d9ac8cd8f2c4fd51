"""Clauses 12 and 15 of the home visit and of the appointment, which say the same: each service by its own list."""

import itertools
from collections.abc import Callable

import pytest

import appointment_svc.rules
import home_visit_svc.rules
from appointment_svc.regulation import GROUNDS as OF_APPOINTMENT
from home_visit_svc.regulation import GROUNDS as OF_HOME_VISIT
from shared.law.clause_twelve import ClosedList, Facts
from shared.law.grounds import Decision, Granted, Refused
from shared.law.person_facts import PersonFacts, Source
from tests.home_visit.people import facts

Decide = Callable[[Facts], Decision]
BY_LETTERS: dict[str, tuple[Decide, ClosedList]] = {
    "HV": (home_visit_svc.rules.decide, OF_HOME_VISIT),
    "AP": (appointment_svc.rules.decide, OF_APPOINTMENT),
}
by_each_service = pytest.mark.parametrize("letters", BY_LETTERS)
ALL_WELL = facts(True, True, True, True, True)
MAYBE = (True, False, None)


def codes(letters: str, known: Facts) -> list[str]:
    decision = BY_LETTERS[letters][0](known)
    return [ground.code for ground in decision.grounds] if isinstance(decision, Refused) else []


def all_facts() -> list[Facts]:
    """Every combination of facts that can be written down at all."""
    possible = []
    for signed, *others in itertools.product((True, False), MAYBE, MAYBE, MAYBE, MAYBE):
        try:
            possible.append(facts(bool(signed), *others))
        except ValueError:
            continue
    return possible


@by_each_service
def test_hv_ap_15_granted_when_no_ground_holds(letters: str) -> None:
    assert BY_LETTERS[letters][0](ALL_WELL) == Granted()


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (facts(True, True, False, True, True), "person_deceased"),
        (facts(True, True, True, False, True), "identity_document_not_in_force"),
        (facts(True, True, True, True, False), "not_attached_here"),
        (facts(False, True, True, True, True), "not_by_the_informatisation_law"),
    ],
)
@by_each_service
def test_hv_ap_12_and_15_each_ground_alone(letters: str, known: Facts, code: str) -> None:
    assert codes(letters, known) == [code]


@by_each_service
def test_hv_ap_1_a_stranger_is_refused_on_that_ground_and_nothing_is_known_of_the_other(letters: str) -> None:
    assert codes(letters, facts(True, False)) == ["representative_not_entitled"]


@pytest.mark.parametrize(("alive", "document", "attached"), [(True, True, None), (None, None, True)])
def test_hv_ap_1_facts_about_a_person_whom_one_may_not_represent_cannot_be_written_down(
    alive: bool | None, document: bool | None, attached: bool | None
) -> None:
    with pytest.raises(ValueError, match="may"):
        facts(True, False, alive, document, attached)


@pytest.mark.parametrize(("alive", "document"), [(True, None), (None, True)])
def test_hv_ap_12_1_what_the_registry_tells_of_a_person_is_known_together(
    alive: bool | None, document: bool | None
) -> None:
    with pytest.raises(ValueError, match="known together"):
        PersonFacts(True, True, alive, document)


def test_hv_ap_17_5_a_fact_that_is_not_known_names_the_system_that_did_not_tell_it() -> None:
    assert facts(True, True, True, True, None).without_data == (Source.ATTACHMENT_REGISTER,)
    assert facts(True, True, None, None, True).without_data == (Source.PERSON_REGISTRY,)
    assert facts(True, True).without_data == tuple(Source)
    assert facts(True, None).without_data == (Source.PERSON_REGISTRY,)
    assert facts(True, False).without_data == ()
    assert ALL_WELL.without_data == ()


@by_each_service
def test_hv_ap_17_5_data_that_cannot_be_had_is_named_beside_every_ground_that_is_known(letters: str) -> None:
    known = facts(False, True, None, None, False)
    assert codes(letters, known) == ["not_attached_here", "not_by_the_informatisation_law", "data_cannot_be_had"]


@by_each_service
def test_hv_ap_12_all_grounds_that_hold_are_named(letters: str) -> None:
    assert codes(letters, facts(False, True, False, False, False)) == [
        "person_deceased",
        "identity_document_not_in_force",
        "not_attached_here",
        "not_by_the_informatisation_law",
    ]


@by_each_service
def test_hv_ap_15_in_every_combination_a_call_is_granted_only_when_everything_is_known_and_well(letters: str) -> None:
    decide, combinations = BY_LETTERS[letters][0], all_facts()
    assert len(combinations) > 30
    for known in combinations:
        assert (decide(known) == Granted()) is (known == ALL_WELL), known


@by_each_service
def test_hv_ap_15_in_every_combination_exactly_the_grounds_that_hold_are_named_in_the_order_of_the_closed_list(
    letters: str,
) -> None:
    order = [ground.code for ground in BY_LETTERS[letters][1]]
    for known in all_facts():
        holding = {
            "representative_not_entitled": known.person.representative_entitled is False,
            "person_deceased": known.person.alive is False,
            "identity_document_not_in_force": known.person.document_in_force is False,
            "not_attached_here": known.attached_here is False,
            "not_by_the_informatisation_law": not known.person.signed_by_law,
            "data_cannot_be_had": known.without_data != (),
        }
        assert codes(letters, known) == [code for code in order if holding[code]], known


@by_each_service
def test_hv_ap_15_every_ground_is_cited_by_the_service_s_own_clause_and_stands_in_its_place(
    letters: str,
) -> None:
    grounds = BY_LETTERS[letters][1]
    assert {ground.clause.partition("-")[0] for ground in grounds} == {letters}
    assert [ground.code for ground in grounds] == list(grounds._fields)
