"""Terms counted by hand on the calendars of Kazakhstan for 2024 to 2026: transfers, holidays, suspensions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diploma_svc.deadlines import Counts, Deadline, Pause, Term, a_month_after, deadline_of, takes_at_desk
from shared.kit.calendar import KazakhstanCalendar, Override
from shared.law.hours import ALMATY, DayKind, NeverOpens

CALENDAR = KazakhstanCalendar()
# The day of the decision; the last day; the days on which half (8 days) and four fifths (12 days) are used up.
WORKING_DAYS = """
2024-02-20 2024-03-13 2024-03-01 2024-03-07
2024-02-29 2024-03-27 2024-03-13 2024-03-19
2024-03-01 2024-03-28 2024-03-14 2024-03-20
2024-03-07 2024-04-03 2024-03-20 2024-03-29
2024-03-15 2024-04-10 2024-04-01 2024-04-05
2024-03-20 2024-04-15 2024-04-04 2024-04-10
2024-04-12 2024-05-04 2024-04-24 2024-04-30
2024-04-19 2024-05-15 2024-05-02 2024-05-10
2024-04-30 2024-05-24 2024-05-15 2024-05-21
2024-05-03 2024-05-28 2024-05-17 2024-05-23
2024-06-14 2024-07-05 2024-06-26 2024-07-02
2024-06-20 2024-07-12 2024-07-02 2024-07-09
2024-06-28 2024-07-22 2024-07-11 2024-07-17
2024-08-12 2024-09-03 2024-08-22 2024-08-28
2024-08-29 2024-09-20 2024-09-11 2024-09-17
2024-10-10 2024-11-01 2024-10-22 2024-10-29
2024-10-24 2024-11-15 2024-11-06 2024-11-12
2024-12-02 2024-12-24 2024-12-12 2024-12-19
2024-12-13 2025-01-09 2024-12-26 2025-01-05
2024-12-20 2025-01-15 2025-01-05 2025-01-10
2024-12-31 2025-01-24 2025-01-15 2025-01-21
2025-01-04 2025-01-24 2025-01-15 2025-01-21
2025-01-06 2025-01-28 2025-01-17 2025-01-23
2025-02-17 2025-03-11 2025-02-27 2025-03-05
2025-03-07 2025-04-03 2025-03-20 2025-03-31
2025-03-20 2025-04-15 2025-04-04 2025-04-10
2025-04-18 2025-05-14 2025-04-30 2025-05-08
2025-04-30 2025-05-26 2025-05-15 2025-05-21
2025-05-23 2025-06-16 2025-06-04 2025-06-11
2025-06-05 2025-06-27 2025-06-18 2025-06-24
2025-06-20 2025-07-14 2025-07-02 2025-07-09
2025-08-15 2025-09-08 2025-08-27 2025-09-03
2025-10-10 2025-11-03 2025-10-22 2025-10-29
2025-12-05 2025-12-29 2025-12-18 2025-12-24
2025-12-26 2026-01-21 2026-01-12 2026-01-16
2026-01-05 2026-01-27 2026-01-16 2026-01-22
2026-02-16 2026-03-10 2026-02-26 2026-03-04
2026-03-06 2026-04-02 2026-03-19 2026-03-30
2026-04-20 2026-05-14 2026-04-30 2026-05-08
2026-05-06 2026-06-01 2026-05-20 2026-05-26
2026-05-15 2026-06-08 2026-05-28 2026-06-03
2026-06-26 2026-07-20 2026-07-09 2026-07-15
2026-11-02 2026-11-23 2026-11-12 2026-11-18
2026-11-24 2026-12-15 2026-12-04 2026-12-10
2026-12-15 2027-01-11 2026-12-28 2027-01-05
2026-12-18 2027-01-13 2026-12-30 2027-01-08
"""
# The day of the application; the last day; half; four fifths.
MONTHS = """
2024-01-31 2024-02-29 2024-02-15 2024-02-24
2025-01-31 2025-02-28 2025-02-14 2025-02-23
2026-01-30 2026-02-27 2026-02-14 2026-02-23
2024-02-29 2024-03-29 2024-03-15 2024-03-24
2024-03-31 2024-04-30 2024-04-15 2024-04-24
2026-05-31 2026-06-30 2026-06-15 2026-06-24
2026-10-31 2026-11-30 2026-11-15 2026-11-24
2026-12-31 2027-01-29 2027-01-16 2027-01-25
2026-11-24 2026-12-24 2026-12-09 2026-12-18
2026-08-15 2026-09-15 2026-08-31 2026-09-09
2026-09-01 2026-10-01 2026-09-16 2026-09-25
2025-07-06 2025-08-06 2025-07-22 2025-07-31
2025-02-10 2025-03-07 2025-02-24 2025-03-05
2026-04-01 2026-04-30 2026-04-16 2026-04-25
2026-11-16 2026-12-15 2026-12-01 2026-12-10
2026-12-01 2026-12-31 2026-12-17 2026-12-26
"""


def _rows(table: str) -> list[list[date]]:
    return [[date.fromisoformat(day) for day in line.split()] for line in table.split("\n") if line.strip()]


def test_at_least_sixty_dates_are_in_the_tables() -> None:
    assert len(_rows(WORKING_DAYS)) + len(_rows(MONTHS)) >= 60


@pytest.mark.parametrize(("begins", "due", "half", "four_fifths"), _rows(WORKING_DAYS), ids=str)
def test_dp_5_fifteen_working_days_from_the_decision(begins: date, due: date, half: date, four_fifths: date) -> None:
    assert deadline_of(Term(Counts.WORKING_DAYS, begins), CALENDAR) == Deadline(due, half, four_fifths)


@pytest.mark.parametrize(("begins", "due", "half", "four_fifths"), _rows(MONTHS), ids=str)
def test_dp_14_a_month_from_the_application(begins: date, due: date, half: date, four_fifths: date) -> None:
    assert deadline_of(Term(Counts.MONTH, begins), CALENDAR) == Deadline(due, half, four_fifths)


def test_dp_2_a_document_is_due_when_the_college_closes() -> None:
    deadline = deadline_of(Term(Counts.WORKING_DAYS, date(2026, 11, 24)), CALENDAR)
    assert deadline is not None
    assert deadline.due_at == datetime(2026, 12, 15, 18, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # From Thursday to the next Wednesday: Thursday, Friday, Monday and Tuesday do not count.
        ([("2026-11-26", "2026-12-02")], "2026-12-22"),
        # Resumed on the day on which it was suspended: nothing stood still.
        ([("2026-11-26", "2026-11-26")], "2026-12-15"),
        # Over a weekend only.
        ([("2026-11-28", "2026-11-30")], "2026-12-15"),
        # It was suspended before the term began, and resumed on its third day: two days did not count.
        ([("2026-11-20", "2026-11-27")], "2026-12-18"),
        # Two suspensions, one of them over the Day of Independence, which would not have counted anyway.
        ([("2026-11-26", "2026-11-27"), ("2026-12-15", "2026-12-18")], "2026-12-21"),
        # Suspended on the last day, resumed a week later: that day is the last day.
        ([("2026-12-15", "2026-12-22")], "2026-12-22"),
        # Until after the New Year.
        ([("2026-11-25", "2027-01-11")], "2027-01-29"),
    ],
)
def test_dp_13_while_it_is_suspended_the_clock_stands_still(pauses: list[tuple[str, str]], due: str) -> None:
    told = [Pause(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in pauses]
    deadline = deadline_of(Term(Counts.WORKING_DAYS, date(2026, 11, 24), told), CALENDAR)
    assert deadline is not None
    assert deadline.due_on == date.fromisoformat(due)


def test_dp_13_a_suspended_month_is_longer_by_the_days_of_the_suspension() -> None:
    pause = Pause(date(2026, 12, 1), date(2026, 12, 6))
    deadline = deadline_of(Term(Counts.MONTH, date(2026, 11, 24), [pause]), CALENDAR)
    assert deadline is not None
    assert deadline.due_on == date(2026, 12, 29)


def test_dp_13_there_is_no_last_day_while_the_suspension_lasts() -> None:
    for counts in Counts:
        assert deadline_of(Term(counts, date(2026, 11, 24), [Pause(date(2026, 11, 26), None)]), CALENDAR) is None


def test_dp_5_another_calendar_is_another_deadline() -> None:
    off = Override(DayKind.CLOSED, "№ 1")
    other = KazakhstanCalendar({date(2026, 12, 1): off, date(2026, 12, 2): off})
    deadline = deadline_of(Term(Counts.WORKING_DAYS, date(2026, 11, 24)), other)
    assert deadline is not None
    assert deadline.due_on == date(2026, 12, 18)
    assert other.version != CALENDAR.version


def test_a_calendar_that_names_no_working_day_gives_no_wrong_deadline() -> None:
    class Never:
        version = "never"

        def kind_of(self, _: date) -> DayKind:
            return DayKind.CLOSED

    with pytest.raises(NeverOpens):
        deadline_of(Term(Counts.WORKING_DAYS, date(2026, 11, 24)), Never())
    month = deadline_of(Term(Counts.MONTH, date(2026, 11, 24)), Never())
    assert month is not None
    assert month.due_on == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-11-24 08:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 12:59", True),
        ("2026-11-24 13:00", False),
        ("2026-11-24 13:59", False),
        ("2026-11-24 14:00", True),
        ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False),
        ("2026-11-28 10:00", False),  # Saturday
        ("2026-11-29 10:00", False),  # Sunday
        ("2026-12-16 10:00", False),  # the Day of Independence
        ("2024-05-04 10:00", True),  # a Saturday worked for Wednesday, 8 May
        ("2024-05-08 10:00", False),
    ],
)
def test_dp_9_the_desk_is_open_from_nine_to_five_but_for_lunch_on_working_days(at: str, *, open_: bool) -> None:
    local = datetime.fromisoformat(at).replace(tzinfo=ALMATY)
    assert takes_at_desk(local.astimezone(UTC), CALENDAR) is open_


@pytest.mark.parametrize(
    ("day", "month_later"),
    [
        ("2026-01-29", "2026-02-28"),
        ("2024-01-29", "2024-02-29"),
        ("2026-12-01", "2027-01-01"),
        ("2026-08-31", "2026-09-30"),
    ],
)
def test_dp_14_a_calendar_month_ends_on_the_same_day_or_on_the_last_of_the_month(day: str, month_later: str) -> None:
    assert a_month_after(date.fromisoformat(day)) == date.fromisoformat(month_later)


def test_the_pauses_cover_their_first_day_and_not_their_last() -> None:
    pause = Pause(date(2026, 11, 26), date(2026, 11, 28))
    days = [pause.begins + timedelta(days=number) for number in range(-1, 4)]
    assert [pause.covers(day) for day in days] == [False, True, True, False, False]
