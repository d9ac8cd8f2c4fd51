from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.kit.casework.timing import FARTHEST, LEASE, answers_anyway, next_attempt
from tests.home_visit.people import TUESDAY_TEN, entry

CLOSING = TUESDAY_TEN + timedelta(minutes=28)


def test_hv_14_an_entry_is_answered_with_what_is_known_two_minutes_before_its_term_is_over() -> None:
    assert not answers_anyway(entry(), CLOSING - timedelta(milliseconds=1))
    assert answers_anyway(entry(), CLOSING)


def test_hv_14_attempts_follow_each_other_more_and_more_slowly() -> None:
    pauses = [(next_attempt(entry(attempts=n), TUESDAY_TEN) - TUESDAY_TEN).total_seconds() for n in range(1, 9)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


@given(
    attempts=st.integers(1, 1_000),
    now=st.timedeltas(timedelta(hours=-70), timedelta(minutes=27, seconds=59)).map(lambda late: TUESDAY_TEN + late),
)
def test_hv_14_no_pause_reaches_past_the_closing_moment(attempts: int, now: object) -> None:
    due = next_attempt(entry(attempts=attempts), now)  # type: ignore[arg-type]
    assert now < due <= CLOSING  # type: ignore[operator]


def test_hv_14_after_the_closing_moment_attempts_go_on() -> None:
    late = CLOSING + timedelta(hours=5)
    assert next_attempt(entry(attempts=30), late) == late + timedelta(seconds=60)


@given(attempts=st.integers(1, 1_000))
def test_no_pause_and_no_lease_reaches_as_far_as_what_only_a_wrong_clock_could_have_written(attempts: int) -> None:
    """What is due later than FARTHEST is claimed at once, so nothing that is rightly put off may be."""
    assert max(next_attempt(entry(attempts=attempts), TUESDAY_TEN) - TUESDAY_TEN, LEASE) < FARTHEST
