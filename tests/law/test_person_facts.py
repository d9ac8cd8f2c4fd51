from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.person_facts import IdentityDocument, proves_identity

TUESDAY = date(2026, 11, 24)


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
