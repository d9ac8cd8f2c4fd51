from datetime import timedelta

import pytest

from shared.law.hours import NeverOpens, ProviderHours
from shared.law.review import due_of_review
from tests.law.test_hours import HOURS, MONDAY, SATURDAY, AlwaysClosed, PlainWeeks, almaty

WEEK = timedelta(days=7)


def test_a_review_is_answered_by_closing_time_of_the_fifth_working_day_after_its_registration() -> None:
    assert due_of_review(HOURS, almaty(MONDAY, 10)) == almaty(MONDAY + WEEK, 20)
    assert due_of_review(HOURS, almaty(MONDAY, 23)) == almaty(MONDAY + WEEK, 20)


def test_neither_a_saturday_nor_a_holiday_is_counted() -> None:
    assert due_of_review(HOURS, almaty(SATURDAY, 10)) == almaty(SATURDAY + timedelta(days=6), 20)
    holiday = ProviderHours(PlainWeeks(MONDAY + timedelta(days=2)))
    assert due_of_review(holiday, almaty(MONDAY, 10)) == almaty(MONDAY + WEEK + timedelta(days=1), 20)


def test_a_calendar_without_working_days_is_noticed() -> None:
    with pytest.raises(NeverOpens, match="closed for ever"):
        due_of_review(ProviderHours(AlwaysClosed()), almaty(MONDAY, 10))
