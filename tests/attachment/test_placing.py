from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachment_svc.holdings import District, Held, Seat, Stay, Why, plain_street
from attachment_svc.placing import Asked, a_year_after, kinds_for, place, register_facts

TODAY = date(2026, 11, 24)
HERE, THERE = "130040900052", "130040900062"


def district(
    number: int = 1, kind: str = "therapist", *streets: str, norm: int = 10, attached: int = 0
) -> District:  # fmt: skip
    return District(Seat(number, kind, f"D-{number}", "Дәрігер"), streets, norm, attached)


def asked(street: str | None = "Абай даңғылы", age: int = 40, on: date = TODAY, address: str | None = "A") -> Asked:
    return Asked(HERE, on, age, address, frozenset({plain_street(street)}) if street else frozenset())


def stay(provider_bin: str = HERE, since: date = date(2020, 1, 1), **changes: object) -> Stay:
    made = Stay(provider_bin, district().seat, since, None, Why.FREE_CHOICE, "A")
    return replace(made, **changes)  # type: ignore[arg-type]


def placed(held: Held, wanted: Asked) -> tuple[int, str | None] | None:
    placement = place(held, wanted)
    return None if placement is None else (placement.seat.number, placement.why)


def lately(held: Held, wanted: Asked) -> bool:
    return register_facts(held, wanted, place(held, wanted)).chosen_lately


@pytest.mark.parametrize(
    ("age", "kinds"),
    [
        (0, {"paediatrician", "general_practitioner"}),
        (17, {"paediatrician", "general_practitioner"}),
        (18, {"therapist", "general_practitioner"}),
        (100, {"therapist", "general_practitioner"}),
    ],
)
def test_a_paediatrician_serves_until_the_eighteenth_birthday(age: int, kinds: set[str]) -> None:
    assert set(kinds_for(age)) == kinds


def test_the_district_of_ones_street_comes_first_then_the_whole_area_then_other_streets() -> None:
    other, whole, own = (
        district(1, "therapist", "Саин көшесі"),
        district(2),
        district(3, "therapist", "  абай  ДАҢҒЫЛЫ"),
    )
    assert placed(Held([], [other, whole, own]), asked()) == (3, "free_choice")
    assert placed(Held([], [other, whole]), asked()) == (2, "free_choice")
    assert placed(Held([], [other]), asked()) == (1, "free_choice")
    assert placed(Held([], [replace(own, attached=10), other, whole]), asked()) == (2, "free_choice")


def test_among_equal_districts_the_least_filled_against_its_norm_comes_first() -> None:
    small, large = district(1, norm=10, attached=5), district(2, norm=100, attached=40)
    assert placed(Held([], [small, large]), asked(street=None)) == (2, "free_choice")


def test_at_17_1_3_a_full_district_takes_nobody_and_none_is_left_means_the_norm_is_reached() -> None:
    full = Held([], [district(1, attached=10), district(2, attached=11), district(3, norm=0)])
    assert place(full, asked()) is None
    assert register_facts(full, asked(), None).norm_reached


def test_at_17_1_3_ones_own_place_does_not_count_against_oneself() -> None:
    own = stay(address="B")
    held = Held([own], [district(1, attached=10)])
    assert placed(held, asked()) == (1, "moved_address")
    assert placed(Held([own], [district(2, attached=10)]), asked()) is None


def test_who_is_attached_here_already_keeps_the_place_without_a_change() -> None:
    own = stay()
    placement = place(Held([own], [district(1, attached=10), district(2)]), asked())
    assert placement is not None
    assert (placement.seat, placement.since, placement.why) == (own.seat, own.since, None)


def test_of_two_attachments_here_the_one_that_holds_is_confirmed() -> None:
    now, later = stay(ended=TODAY + timedelta(days=1)), stay(since=TODAY + timedelta(days=1))
    placement = place(Held([now, later], [district()]), asked())
    assert placement is not None
    assert placement.since == now.since


def test_who_has_come_of_age_or_whose_district_is_no_more_gets_another_one_here() -> None:
    child = stay(seat=district(4, "paediatrician").seat)
    assert placed(Held([child], [district(4, "paediatrician"), district(1)]), asked(age=18)) == (1, "other_district")
    assert placed(Held([stay()], [district(2)]), asked()) == (2, "other_district")


def test_at_17_1_2_a_change_within_the_provider_is_no_free_choice() -> None:
    recent = stay(since=TODAY - timedelta(days=10), seat=district(4, "paediatrician").seat)
    assert not lately(Held([recent], [district(1)]), asked(age=18))


def test_at_17_1_2_a_free_choice_within_a_year_counts_and_the_same_day_of_the_next_year_does_not() -> None:
    chosen = stay(THERE, since=date(2025, 11, 25))
    assert lately(Held([chosen], [district()]), asked())
    assert not lately(Held([chosen], [district()]), asked(on=date(2026, 11, 25)))


@pytest.mark.parametrize("why", [Why.IMPORTED, Why.MOVED_ADDRESS, Why.OTHER_DISTRICT])
def test_at_17_1_2_only_free_choices_count(why: Why) -> None:
    assert not lately(Held([stay(THERE, since=TODAY, why=why)], [district()]), asked())


def test_at_17_1_2_a_choice_that_has_ended_meanwhile_counts_too() -> None:
    ended = stay(THERE, since=date(2026, 10, 1), ended=date(2026, 10, 2))
    assert lately(Held([ended], [district()]), asked())


def test_at_17_1_2_a_move_is_another_address_than_the_last_one_that_is_known() -> None:
    chosen = stay(THERE, since=date(2026, 10, 1))
    assert not lately(Held([chosen], [district()]), asked(address="B"))
    assert lately(Held([chosen], [district()]), asked(address=None))
    imported = stay(THERE, since=date(2026, 11, 1), why=Why.IMPORTED, address=None)
    assert lately(Held([chosen, imported], [district()]), asked())
    assert not lately(Held([chosen, imported], [district()]), asked(address="B"))
    moved = stay(THERE, since=date(2026, 11, 1), why=Why.MOVED_ADDRESS, address="B")
    assert lately(Held([chosen, moved], [district()]), asked(address="B"))


def test_at_17_1_4_several_are_providers_that_stand_on_that_day_or_are_to_begin() -> None:
    def several(*stays: Stay) -> bool:
        return register_facts(Held(stays, []), asked(), None).attached_to_several

    assert not several(stay(HERE), stay(THERE, ended=TODAY))
    assert several(stay(HERE), stay(THERE, ended=TODAY + timedelta(days=1)))
    assert several(stay(HERE), stay(THERE, since=TODAY + timedelta(days=9)))
    assert not several(stay(HERE), stay(HERE, since=TODAY))
    never = TODAY + timedelta(days=9)
    assert not several(stay(HERE), stay(THERE, since=never, ended=never))


def test_a_year_after_the_leap_day_is_the_first_of_march() -> None:
    assert a_year_after(date(2024, 2, 29)) == date(2025, 3, 1)
    assert a_year_after(date(2023, 2, 28)) == date(2024, 2, 28)


DISTRICTS = st.lists(
    st.builds(
        lambda number, kind, streets, norm, attached: District(Seat(number, kind, "D", "Д"), streets, norm, attached),
        st.integers(0, 9),
        st.sampled_from(["therapist", "paediatrician", "general_practitioner"]),
        st.sampled_from([(), ("Абай даңғылы",), ("Саин көшесі", "Абай даңғылы"), ("Саин көшесі",)]),
        st.integers(0, 5),
        st.integers(0, 6),
    ),
    max_size=6,
    unique_by=lambda one: one.seat.key,
)


@given(districts=DISTRICTS, age=st.integers(0, 100), street=st.sampled_from(["Абай даңғылы", "Төле би көшесі", None]))
def test_at_17_1_3_whatever_the_districts_a_person_gets_a_fit_one_with_room_or_the_norm_is_reached(
    districts: list[District], age: int, street: str | None
) -> None:
    placement = place(Held([], districts), asked(street, age))
    fit = [one for one in districts if one.seat.kind in kinds_for(age) and one.attached < one.norm]
    if placement is None:
        assert fit == []
        return
    [chosen] = [one for one in fit if one.seat == placement.seat]
    wanted = asked(street, age).streets
    assert chosen.rank_for(wanted) == min(one.rank_for(wanted) for one in fit)
    equal = [one for one in fit if one.rank_for(wanted) == chosen.rank_for(wanted)]
    assert Fraction(chosen.attached, chosen.norm) == min(Fraction(one.attached, one.norm) for one in equal)
