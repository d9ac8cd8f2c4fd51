import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.hours import (
    ALMATY,
    DayKind,
    NeverOpens,
    ProviderHours,
    ZoneDataStale,
    check_zone,
)

PROJECT = Path(__file__).parents[2]
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)


class PlainWeeks:
    """A calendar without holidays, but for those it is given."""

    version = "plain weeks"

    def __init__(self, *closed: date) -> None:
        self.closed = set(closed)

    def kind_of(self, day: date) -> DayKind:
        if day in self.closed or day.weekday() == 6:
            return DayKind.CLOSED
        return DayKind.SATURDAY if day.weekday() == 5 else DayKind.WORKING


class AlwaysClosed:
    version = "closed for ever"

    def kind_of(self, day: date) -> DayKind:
        assert day
        return DayKind.CLOSED


HOURS = ProviderHours(PlainWeeks())


def almaty(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ALMATY)


def test_hv_3_a_working_day_is_from_8_to_20() -> None:
    assert HOURS.open_on(MONDAY) == (almaty(MONDAY, 8), almaty(MONDAY, 20))


def test_hv_3_a_saturday_is_from_9_to_14() -> None:
    assert HOURS.open_on(SATURDAY) == (almaty(SATURDAY, 9), almaty(SATURDAY, 14))


def test_hv_3_a_sunday_is_closed() -> None:
    assert HOURS.open_on(SUNDAY) is None
    assert HOURS.intake_on(SUNDAY) is None


def test_hours_carry_the_offset_of_almaty() -> None:
    hours = HOURS.open_on(MONDAY)
    assert hours is not None
    opens, _ = hours
    assert opens.utcoffset() == timedelta(hours=5)
    assert opens.astimezone(UTC) == datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (almaty(MONDAY, 7, 59, 59), False),
        (almaty(MONDAY, 8), True),
        (almaty(MONDAY, 17, 59, 59), True),
        (almaty(MONDAY, 18), False),
        (almaty(MONDAY, 20), False),
        (almaty(SATURDAY, 8, 59, 59), False),
        (almaty(SATURDAY, 9), True),
        (almaty(SATURDAY, 11, 59, 59), True),
        (almaty(SATURDAY, 12), False),
        (almaty(SUNDAY, 10), False),
    ],
)
def test_hv_9_intake_ends_two_hours_before_closing(at: datetime, *, is_open: bool) -> None:
    assert HOURS.intake_at(at).open is is_open


def test_hv_9_open_intake_says_until_when() -> None:
    intake = HOURS.intake_at(almaty(MONDAY, 10))
    assert (intake.until, intake.opens_at) == (almaty(MONDAY, 18), None)


def test_hv_9_closed_intake_says_from_when() -> None:
    intake = HOURS.intake_at(almaty(SATURDAY, 12))
    assert (intake.until, intake.opens_at) == (None, almaty(date(2026, 11, 30), 8))


def test_hv_9_before_opening_intake_opens_the_same_day() -> None:
    assert HOURS.intake_at(almaty(MONDAY, 0)).opens_at == almaty(MONDAY, 8)


def test_hv_3_a_holiday_moves_the_opening_to_the_day_after() -> None:
    hours = ProviderHours(PlainWeeks(MONDAY))
    assert hours.intake_at(almaty(date(2026, 11, 22), 15)).opens_at == almaty(date(2026, 11, 24), 8)


def test_a_moment_is_placed_in_the_day_of_almaty_whatever_its_zone() -> None:
    late_sunday_in_utc = datetime(2026, 11, 22, 20, tzinfo=UTC)  # Monday 01:00 in Almaty
    assert HOURS.intake_at(late_sunday_in_utc).opens_at == almaty(MONDAY, 8)


def test_hv_14_a_deadline_counts_from_the_moment_in_intake_hours_and_from_the_opening_outside() -> None:
    assert HOURS.counts_from(almaty(MONDAY, 10)) == almaty(MONDAY, 10)
    assert HOURS.counts_from(almaty(MONDAY, 18)) == almaty(date(2026, 11, 24), 8)


@given(st.timedeltas(timedelta(0), timedelta(days=6_000)).map(lambda since: datetime(2013, 1, 1, tzinfo=UTC) + since))
def test_a_deadline_never_counts_from_before_the_request_nor_from_outside_intake(at: datetime) -> None:
    start = HOURS.counts_from(at)
    assert start >= at
    assert HOURS.intake_at(start).open
    assert HOURS.counts_from(start) == start


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        HOURS.intake_at(datetime(2026, 11, 23, 10))  # noqa: DTZ001  It is what the test is about.


def test_a_calendar_that_never_opens_is_noticed() -> None:
    with pytest.raises(NeverOpens, match="closed for ever"):
        ProviderHours(AlwaysClosed()).counts_from(almaty(MONDAY, 10))


def test_almaty_is_6_hours_ahead_until_february_2024_and_5_after() -> None:
    assert datetime(2024, 2, 29, 23, tzinfo=ALMATY).utcoffset() == timedelta(hours=6)
    assert datetime(2024, 3, 1, 0, 30, tzinfo=ALMATY).utcoffset() == timedelta(hours=5)
    check_zone()


def test_thirty_minutes_across_the_change_of_the_zone_are_thirty_minutes() -> None:
    signed = datetime(2024, 2, 29, 17, 45, tzinfo=UTC)  # 23:45 in Almaty; at midnight the clocks go back to 23:00
    answer_by = signed + timedelta(minutes=30)
    assert answer_by.astimezone(ALMATY).replace(tzinfo=None).isoformat() == "2024-02-29T23:15:00"
    assert answer_by.astimezone(ALMATY).astimezone(UTC) - signed == timedelta(minutes=30)


@pytest.mark.parametrize("hours", [5, 6])
def test_a_zone_that_never_changed_is_called_stale(hours: int) -> None:
    with pytest.raises(ZoneDataStale, match="PYTHONTZPATH"):
        check_zone(timezone(timedelta(hours=hours)))


def run_with_zone_files_in(folder: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from shared.law.hours import check_zone; check_zone()"]
    environment = {**os.environ, "PYTHONTZPATH": folder}
    return subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_a_machine_with_stale_zone_files_is_noticed_and_helped_by_the_tzdata_package(tmp_path: Path) -> None:
    (tmp_path / "Asia").mkdir()
    always_plus_6 = files("tzdata") / "zoneinfo" / "Etc" / "GMT-6"
    (tmp_path / "Asia" / "Almaty").write_bytes(always_plus_6.read_bytes())
    assert "ZoneDataStale" in run_with_zone_files_in(str(tmp_path)).stderr
    assert run_with_zone_files_in("").returncode == 0
