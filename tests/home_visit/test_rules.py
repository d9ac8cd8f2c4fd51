import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_visit_svc import regulation
from home_visit_svc.rules import Facts, IdentityDocument, Source, decide, proves_identity
from shared.law.grounds import Granted, Refused

TUESDAY = date(2026, 11, 24)
ALL_WELL = Facts(
    signed_by_law=True, representative_entitled=True, alive=True, document_in_force=True, attached_here=True
)
MAYBE = (True, False, None)
SYSTEMS = ((), (Source.PERSON_REGISTRY,), (Source.ATTACHMENT_REGISTER,), tuple(Source))


def codes(facts: Facts) -> list[str]:
    decision = decide(facts)
    return [ground.code for ground in decision.grounds] if isinstance(decision, Refused) else []


def all_facts() -> list[Facts]:
    """Every combination of facts that can be written down at all."""
    possible = []
    for signed, entitled, alive, document, attached, silent in itertools.product(
        (True, False), MAYBE, MAYBE, MAYBE, MAYBE, SYSTEMS
    ):
        try:
            possible.append(Facts(signed, entitled, alive, document, attached, silent))
        except ValueError:
            continue
    return possible


def test_hv_15_granted_when_no_ground_holds() -> None:
    assert decide(ALL_WELL) == Granted()


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("alive", False, "person_deceased"),
        ("document_in_force", False, "identity_document_not_in_force"),
        ("attached_here", False, "not_attached_here"),
        ("signed_by_law", False, "not_by_the_informatisation_law"),
    ],
)
def test_hv_12_and_15_each_ground_alone(fact: str, value: object, code: str) -> None:
    values = {name: getattr(ALL_WELL, name) for name in Facts.__slots__} | {fact: value}
    assert codes(Facts(**values)) == [code]


def test_hv_1_a_stranger_is_refused_on_that_ground_and_nothing_is_known_of_the_other() -> None:
    assert codes(Facts(signed_by_law=True, representative_entitled=False)) == ["representative_not_entitled"]


@pytest.mark.parametrize("known", ["alive", "document_in_force", "attached_here"])
def test_hv_1_facts_about_a_person_whom_one_may_not_represent_cannot_be_written_down(known: str) -> None:
    with pytest.raises(ValueError, match="Nothing is gathered"):
        Facts(signed_by_law=True, representative_entitled=False, **{known: True})  # type: ignore[arg-type]


def test_hv_17_5_a_fact_that_is_not_known_names_the_system_that_did_not_tell_it() -> None:
    with pytest.raises(ValueError, match="comes with the system"):
        Facts(True, True, True, True, None)
    with pytest.raises(ValueError, match="comes with the system"):
        Facts(True, True, True, True, True, (Source.PERSON_REGISTRY,))


def test_hv_17_5_data_that_cannot_be_had_is_named_beside_every_ground_that_is_known() -> None:
    facts = Facts(False, True, None, None, False, (Source.PERSON_REGISTRY,))
    assert codes(facts) == ["not_attached_here", "not_by_the_informatisation_law", "data_cannot_be_had"]


def test_hv_12_all_grounds_that_hold_are_named() -> None:
    assert codes(Facts(False, True, False, False, False)) == [
        "person_deceased",
        "identity_document_not_in_force",
        "not_attached_here",
        "not_by_the_informatisation_law",
    ]


def test_hv_15_in_every_combination_a_call_is_granted_only_when_everything_is_known_and_well() -> None:
    combinations = all_facts()
    assert len(combinations) > 100
    for facts in combinations:
        assert (decide(facts) == Granted()) is (facts == ALL_WELL), facts


def test_hv_15_in_every_combination_exactly_the_grounds_that_hold_are_named_in_the_order_of_the_closed_list() -> None:
    order = [ground.code for ground in regulation.GROUNDS]
    for facts in all_facts():
        holding = {
            "representative_not_entitled": facts.representative_entitled is False,
            "person_deceased": facts.alive is False,
            "identity_document_not_in_force": facts.document_in_force is False,
            "not_attached_here": facts.attached_here is False,
            "not_by_the_informatisation_law": not facts.signed_by_law,
            "data_cannot_be_had": facts.without_data != (),
        }
        assert codes(facts) == [code for code in order if holding[code]], facts


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
