from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home_visit_svc.visits import by_duty_doctor, opportunity
from shared.kit.calendar import KazakhstanCalendar
from shared.law.hours import ALMATY, ProviderHours

HOURS = ProviderHours(KazakhstanCalendar())


def almaty(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026, in which the 24th is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ALMATY)


def test_hv_9_the_visit_is_on_the_day_of_the_request() -> None:
    when = opportunity(HOURS, counts_from=almaty(24, 10), now=almaty(24, 10, 1))
    assert (when.day, when.earliest, when.closes) == (date(2026, 11, 24), almaty(24, 10, 1), almaty(24, 20))


def test_hv_9_a_request_of_the_night_is_visited_from_the_next_opening_on() -> None:
    opens = HOURS.counts_from(almaty(24, 23))
    when = opportunity(HOURS, counts_from=opens, now=almaty(24, 23))
    assert (when.day, when.earliest) == (date(2026, 11, 25), almaty(25, 8))


def test_hv_9_a_request_of_saturday_afternoon_is_visited_on_monday() -> None:
    opens = HOURS.counts_from(almaty(28, 13))
    assert opportunity(HOURS, counts_from=opens, now=almaty(28, 13)).day == date(2026, 11, 30)


def test_hv_9_a_request_of_the_last_minute_of_intake_is_still_of_that_day() -> None:
    when = opportunity(HOURS, counts_from=almaty(24, 17, 59), now=almaty(24, 18, 5))
    assert (when.day, when.earliest) == (date(2026, 11, 24), almaty(24, 18, 5))


def test_hv_9_only_where_our_systems_were_down_until_closing_the_visit_is_on_the_next_open_day() -> None:
    when = opportunity(HOURS, counts_from=almaty(24, 17, 59), now=almaty(24, 20))
    assert (when.day, when.earliest) == (date(2026, 11, 25), almaty(25, 8))


def test_hv_9_nothing_counts_from_a_day_on_which_the_provider_is_closed() -> None:
    with pytest.raises(ValueError, match="closed"):
        opportunity(HOURS, counts_from=almaty(29, 10), now=almaty(29, 10))


def test_hv_8_without_a_round_the_duty_doctor_comes_before_the_provider_closes() -> None:
    when = opportunity(HOURS, counts_from=almaty(28, 10), now=almaty(28, 10))
    visit = by_duty_doctor(when)
    assert (visit.round_id, visit.doctor.role, visit.doctor.name) == (None, "duty", None)
    assert (visit.starts_at, visit.ends_at) == (almaty(28, 10), almaty(28, 14))


@given(
    signed_at=st.integers(0, 4 * 365 * 86_400).map(lambda late: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(0, late)),
    late=st.timedeltas(timedelta(), timedelta(days=9)),
)
def test_hv_9_every_window_lies_in_opening_hours_and_never_before_the_request(
    signed_at: datetime, late: timedelta
) -> None:
    counts_from, now = HOURS.counts_from(signed_at), signed_at + late
    when = opportunity(HOURS, counts_from=counts_from, now=now)
    visit = by_duty_doctor(when)
    opening = HOURS.open_on(when.day)
    assert opening is not None
    assert opening[0] <= visit.starts_at < visit.ends_at == opening[1]
    assert visit.starts_at >= max(counts_from, now)
    assert visit.starts_at.astimezone(ALMATY).date() == when.day
    if now < opening[1]:
        assert when.day >= counts_from.astimezone(ALMATY).date()
