"""Who may act for whom, by the registry's record (HV-1, AP-1, AT-1)."""

from datetime import date

import pytest

from shared.kit.persons import Person
from shared.kit.representation import Relation, relation_of, represents
from tests.gateway.portal import iin_of, person

PARENT, CHILD, WARD, STRANGER = (iin_of(place) for place in (21, 22, 23, 24))
ON = date(2026, 11, 24)
APPLICANT = person(PARENT, children=(CHILD,), wards=(WARD,))


def test_hv_1_the_applicants_record_says_for_whom_they_may_ask() -> None:
    assert [iin for iin in (PARENT, CHILD, WARD, STRANGER) if represents(APPLICANT, iin, ON)] == [PARENT, CHILD, WARD]


@pytest.mark.parametrize(
    ("subject", "relation"),
    [
        (person(PARENT), Relation.SELF),
        (person(CHILD, birth_date=date(2008, 11, 25)), Relation.CHILD),
        (person(CHILD, birth_date=date(2008, 11, 24)), None),
        (person(WARD, birth_date=date(1950, 1, 1)), Relation.WARD),
        (person(STRANGER, birth_date=date(2020, 1, 1)), None),
        (person(STRANGER, birth_date=date(2020, 1, 1), parents=(PARENT,)), None),
    ],
)
def test_hv_1_a_parent_acts_until_the_eighteenth_birthday_a_guardian_at_any_age(
    subject: Person, relation: Relation | None
) -> None:
    assert relation_of(APPLICANT, subject, ON) is relation


def test_a_child_born_on_29_february_is_of_age_on_1_march() -> None:
    child = person(CHILD, birth_date=date(2008, 2, 29))
    assert relation_of(APPLICANT, child, date(2026, 2, 28)) is Relation.CHILD
    assert relation_of(APPLICANT, child, date(2026, 3, 1)) is None


def test_nobody_acts_from_the_day_of_their_death_on() -> None:
    dead = person(PARENT, children=(CHILD,), deceased=ON)
    assert not represents(dead, CHILD, ON)
    assert not represents(dead, PARENT, ON)
    assert represents(dead, CHILD, date(2026, 11, 23))


def test_a_child_who_is_also_a_ward_stays_represented_when_grown() -> None:
    both = person(PARENT, children=(CHILD,), wards=(CHILD,))
    assert relation_of(both, person(CHILD, birth_date=date(1990, 1, 1)), ON) is Relation.WARD
