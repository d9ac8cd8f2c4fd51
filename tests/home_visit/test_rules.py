import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_visit_svc import regulation
from home_visit_svc.rules import Facts, decide
from shared.law.grounds import Granted, Refused
from shared.law.person_facts import IdentityDocument, PersonFacts, Source, proves_identity
from tests.home_visit.people import facts

TUESDAY = date(2026, 11, 24)
ALL_WELL = facts(True, True, True, True, True)
MAYBE = (True, False, None)


def codes(known: Facts) -> list[str]:
    decision = decide(known)
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


def test_hv_15_granted_when_no_ground_holds() -> None:
    assert decide(ALL_WELL) == Granted()


@pytest.mark.parametrize(
    ("known", "code"),
    [
        (facts(True, True, False, True, True), "person_deceased"),
        (facts(True, True, True, False, True), "identity_document_not_in_force"),
        (facts(True, True, True, True, False), "not_attached_here"),
        (facts(False, True, True, True, True), "not_by_the_informatisation_law"),
    ],
)
def test_hv_12_and_15_each_ground_alone(known: Facts, code: str) -> None:
    assert codes(known) == [code]


def test_hv_1_a_stranger_is_refused_on_that_ground_and_nothing_is_known_of_the_other() -> None:
    assert codes(facts(True, False)) == ["representative_not_entitled"]


@pytest.mark.parametrize(("alive", "document", "attached"), [(True, True, None), (None, None, True)])
def test_hv_1_facts_about_a_person_whom_one_may_not_represent_cannot_be_written_down(
    alive: bool | None, document: bool | None, attached: bool | None
) -> None:
    with pytest.raises(ValueError, match="may"):
        facts(True, False, alive, document, attached)


@pytest.mark.parametrize(("alive", "document"), [(True, None), (None, True)])
def test_hv_12_1_what_the_registry_tells_of_a_person_is_known_together(
    alive: bool | None, document: bool | None
) -> None:
    with pytest.raises(ValueError, match="known together"):
        PersonFacts(True, True, alive, document)


def test_hv_17_5_a_fact_that_is_not_known_names_the_system_that_did_not_tell_it() -> None:
    assert facts(True, True, True, True, None).without_data == (Source.ATTACHMENT_REGISTER,)
    assert facts(True, True, None, None, True).without_data == (Source.PERSON_REGISTRY,)
    assert facts(True, True).without_data == tuple(Source)
    assert facts(True, None).without_data == (Source.PERSON_REGISTRY,)
    assert facts(True, False).without_data == ()
    assert ALL_WELL.without_data == ()


def test_hv_17_5_data_that_cannot_be_had_is_named_beside_every_ground_that_is_known() -> None:
    known = facts(False, True, None, None, False)
    assert codes(known) == ["not_attached_here", "not_by_the_informatisation_law", "data_cannot_be_had"]


def test_hv_12_all_grounds_that_hold_are_named() -> None:
    assert codes(facts(False, True, False, False, False)) == [
        "person_deceased",
        "identity_document_not_in_force",
        "not_attached_here",
        "not_by_the_informatisation_law",
    ]


def test_hv_15_in_every_combination_a_call_is_granted_only_when_everything_is_known_and_well() -> None:
    combinations = all_facts()
    assert len(combinations) > 30
    for known in combinations:
        assert (decide(known) == Granted()) is (known == ALL_WELL), known


def test_hv_15_in_every_combination_exactly_the_grounds_that_hold_are_named_in_the_order_of_the_closed_list() -> None:
    order = [ground.code for ground in regulation.GROUNDS]
    for known in all_facts():
        holding = {
            "representative_not_entitled": known.person.representative_entitled is False,
            "person_deceased": known.person.alive is False,
            "identity_document_not_in_force": known.person.document_in_force is False,
            "not_attached_here": known.attached_here is False,
            "not_by_the_informatisation_law": not known.person.signed_by_law,
            "data_cannot_be_had": known.without_data != (),
        }
        assert codes(known) == [code for code in order if holding[code]], known


def card(kind: str = "identity_card", expires: date | None = date(2030, 1, 1)) -> IdentityDocument:
    return IdentityDocument(kind, date(2020, 1, 1), expires)


@pytest.mark.parametrize("kind", ["identity_card", "passport", "residence_permit"])
def test_hv_12_1_from_sixteen_on_a_document_of_ones_own_is_needed(kind: str) -> None:
    assert proves_identity([card(kind)], age=16, on=TUESDAY)


def test_hv_12_1_a_birth_certificate_is_enough_until_the_sixteenth_birthday() -> None:
    certificate = card("birth_certificate", None)
    assert proves_identity([certificate], age=15, on=TUESDAY)
    assert not proves_identity([certificate], age=16, on=TUESDAY)


def test_hv_12_1_a_child_with_a_passport_needs_no_birth_certificate() -> None:
    assert proves_identity([card("passport")], age=8, on=TUESDAY)


def test_hv_12_1_the_last_day_of_a_document_is_a_day_in_force() -> None:
    assert proves_identity([card(expires=TUESDAY)], age=40, on=TUESDAY)
    assert not proves_identity([card(expires=date(2026, 11, 23))], age=40, on=TUESDAY)


def test_hv_12_1_a_document_issued_tomorrow_is_not_in_force_today() -> None:
    tomorrow = IdentityDocument("passport", date(2026, 11, 25), None)
    assert not proves_identity([tomorrow], age=40, on=TUESDAY)


def test_hv_12_1_one_document_in_force_among_expired_ones_is_enough() -> None:
    assert proves_identity([card(expires=date(2021, 1, 1)), card("passport")], age=40, on=TUESDAY)
    assert not proves_identity([], age=40, on=TUESDAY)


@given(
    kind=st.sampled_from(["identity_card", "passport", "residence_permit", "birth_certificate", "driving_licence"]),
    issued=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    life=st.timedeltas(min_value=date(2000, 1, 2) - date(2000, 1, 1), max_value=date(2020, 1, 1) - date(2000, 1, 1)),
    age=st.integers(0, 120),
)
def test_hv_12_1_a_document_proves_identity_exactly_within_its_life_and_kind(
    kind: str, issued: date, life: object, age: int
) -> None:
    expires = issued + life  # type: ignore[operator]
    own = kind in {"identity_card", "passport", "residence_permit"}
    expected = issued <= TUESDAY <= expires and (own or (kind == "birth_certificate" and age < 16))
    assert proves_identity([IdentityDocument(kind, issued, expires)], age=age, on=TUESDAY) is expected
