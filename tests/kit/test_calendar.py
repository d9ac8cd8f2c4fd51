"""The calendar against dates checked by hand in the Law on Holidays and the Government's yearly acts on moved days."""

from datetime import date, datetime
from pathlib import Path

import pytest

from shared.kit.calendar import KazakhstanCalendar, Override, read_overrides
from shared.law.hours import ALMATY, DayKind, ProviderHours

CHECKED_BY_HAND = """
2013-01-01 Tue closed   New Year
2013-01-02 Wed closed   New Year
2013-01-03 Thu working
2013-01-07 Mon closed   Orthodox Christmas
2013-03-08 Fri closed   Women's Day
2013-03-09 Sat saturday
2013-03-21 Thu closed   Nauryz
2013-03-22 Fri closed   Nauryz
2013-03-23 Sat closed   Nauryz, on a Saturday
2013-03-25 Mon closed   in lieu of 23 March
2013-05-01 Wed closed   Unity
2013-05-04 Sat working  for 10 May
2013-05-07 Tue closed   Defender of the Fatherland
2013-05-09 Thu closed   Victory
2013-05-10 Fri closed   worked on 4 May
2013-05-11 Sat saturday
2013-07-01 Mon working  the day of the decree
2013-07-06 Sat closed   Capital
2013-07-08 Mon closed   in lieu of 6 July
2013-08-30 Fri closed   Constitution
2013-10-12 Sat working  for 14 October
2013-10-14 Mon closed   worked on 12 October
2013-10-15 Tue closed   Kurban Ait
2013-10-25 Fri working  no Republic Day from 2009 to 2021
2013-12-01 Sun closed   First President
2013-12-02 Mon closed   in lieu of 1 December
2013-12-16 Mon closed   Independence
2013-12-17 Tue closed   Independence, second day until 2021
2013-12-28 Sat working  for 3 January of the next year
2014-01-03 Fri closed   worked on 28 December of the year before
2021-10-25 Mon working  no Republic Day yet
2021-12-01 Wed closed   First President, the last time
2021-12-17 Fri closed   Independence, second day, the last time
2022-03-05 Sat working  for 7 March
2022-03-07 Mon closed   worked on 5 March
2022-07-09 Sat closed   Kurban Ait, on a Saturday
2022-07-11 Mon working  Kurban Ait gives no day in lieu
2022-08-27 Sat working  for 29 August
2022-08-29 Mon closed   worked on 27 August
2022-10-22 Sat working  for 24 October
2022-10-24 Mon closed   worked on 22 October
2022-10-25 Tue closed   Republic, again since 2022
2022-12-01 Thu working  First President is a holiday no more
2022-12-16 Fri closed   Independence
2022-12-17 Sat saturday Independence has one day since 2022
2023-07-01 Sat working  for 7 July
2023-07-07 Fri closed   worked on 1 July
2024-01-01 Mon closed   New Year
2024-01-02 Tue closed   New Year
2024-01-07 Sun closed   Orthodox Christmas, on a Sunday
2024-01-08 Mon working  Christmas gives no day in lieu
2024-02-29 Thu working
2024-03-08 Fri closed   Women's Day
2024-03-23 Sat closed   Nauryz, on a Saturday
2024-03-25 Mon closed   in lieu of 23 March
2024-05-01 Wed closed   Unity
2024-05-04 Sat working  for 8 May
2024-05-07 Tue closed   Defender of the Fatherland
2024-05-08 Wed closed   worked on 4 May
2024-05-09 Thu closed   Victory
2024-05-11 Sat saturday
2024-06-16 Sun closed   Kurban Ait, on a Sunday
2024-06-17 Mon working  Kurban Ait gives no day in lieu
2024-07-06 Sat closed   Capital
2024-07-08 Mon closed   in lieu of 6 July
2024-08-30 Fri closed   Constitution
2024-10-25 Fri closed   Republic
2024-12-16 Mon closed   Independence
2024-12-17 Tue working
2025-01-03 Fri closed   worked on 5 January
2025-01-05 Sun working  for 3 January
2025-01-07 Tue closed   Orthodox Christmas
2025-03-08 Sat closed   Women's Day, on a Saturday
2025-03-10 Mon closed   in lieu of 8 March
2025-03-24 Mon closed   in lieu of 22 March
2025-03-25 Tue closed   in lieu of 23 March
2025-06-06 Fri closed   Kurban Ait
2025-07-06 Sun closed   Capital, on a Sunday
2025-07-07 Mon closed   in lieu of 6 July
2025-08-30 Sat closed   Constitution, on a Saturday
2025-09-01 Mon closed   in lieu of 30 August
2025-10-25 Sat closed   Republic, on a Saturday
2025-10-27 Mon closed   in lieu of 25 October
2025-12-16 Tue closed   Independence
2026-01-01 Thu closed   New Year
2026-01-02 Fri closed   New Year
2026-01-03 Sat saturday
2026-01-05 Mon working
2026-01-07 Wed closed   Orthodox Christmas
2026-03-08 Sun closed   Women's Day, on a Sunday
2026-03-09 Mon closed   in lieu of 8 March
2026-03-23 Mon closed   Nauryz
2026-03-24 Tue closed   in lieu of 21 March
2026-03-25 Wed closed   in lieu of 22 March
2026-05-01 Fri closed   Unity
2026-05-07 Thu closed   Defender of the Fatherland
2026-05-08 Fri working
2026-05-09 Sat closed   Victory, on a Saturday
2026-05-11 Mon closed   in lieu of 9 May
2026-05-27 Wed closed   Kurban Ait
2026-07-06 Mon closed   Capital
2026-08-31 Mon working  Constitution Day left 30 August with the Constitution of 2026
2026-10-25 Sun closed   Republic, on a Sunday
2026-10-26 Mon closed   in lieu of 25 October
2026-11-24 Tue working
2026-11-28 Sat saturday
2026-11-29 Sun closed
2026-12-16 Wed closed   Independence
2026-12-17 Thu working
"""
ROWS = [line.split(maxsplit=3)[:3] for line in CHECKED_BY_HAND.strip().splitlines()]


def test_at_least_sixty_dates_are_checked() -> None:
    assert len({day for day, _, _ in ROWS}) == len(ROWS) >= 60


@pytest.mark.parametrize(("day", "weekday", "kind"), ROWS)
def test_hv_3_the_kind_of_each_date_checked_by_hand(day: str, weekday: str, kind: str) -> None:
    at = date.fromisoformat(day)
    assert at.strftime("%a") == weekday
    assert KazakhstanCalendar().kind_of(at) is DayKind(kind)


def test_the_order_in_which_years_are_asked_changes_nothing() -> None:
    calendar = KazakhstanCalendar()
    backwards = {day: calendar.kind_of(date.fromisoformat(day)).value for day, _, _ in reversed(ROWS)}
    assert backwards == {day: kind for day, _, kind in ROWS}


def test_hv_9_intake_on_a_worked_saturday_is_until_18() -> None:
    intake = ProviderHours(KazakhstanCalendar()).intake_at(datetime(2024, 5, 4, 17, 59, tzinfo=ALMATY))
    assert intake.until == datetime(2024, 5, 4, 18, tzinfo=ALMATY)


def test_hv_9_after_new_years_eve_intake_opens_when_the_holidays_end() -> None:
    intake = ProviderHours(KazakhstanCalendar()).intake_at(datetime(2025, 12, 31, 18, tzinfo=ALMATY))
    assert intake.opens_at == datetime(2026, 1, 3, 9, tzinfo=ALMATY)


def test_an_override_wins_and_is_counted_in_the_version() -> None:
    day = date(2026, 11, 24)
    calendar = KazakhstanCalendar({day: Override(DayKind.CLOSED, "Government decree № 1")})
    assert calendar.kind_of(day) is DayKind.CLOSED
    assert calendar.version.startswith("holidays 0.")
    assert calendar.version.endswith(" + 1 overrides")
    assert KazakhstanCalendar().version.endswith(" + 0 overrides")


def test_overrides_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "overrides.csv"
    file.write_text('date,kind,act\n2027-03-22,working,"Decree № 7, item 2"\n2027-03-26,closed,Decree № 7\n', "utf-8")
    assert read_overrides(file) == {
        date(2027, 3, 22): Override(DayKind.WORKING, "Decree № 7, item 2"),
        date(2027, 3, 26): Override(DayKind.CLOSED, "Decree № 7"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "2027-13-01,closed,Decree",
        "2027-03-26,open,Decree",
        "2027-03-26",
        "2027-03-26,closed,",
        "2027-01-01,closed,Again",
    ],
)
def test_a_line_that_is_no_override_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "overrides.csv"
    file.write_text(f"date,kind,act\n2027-01-01,closed,Decree\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"^Line 3 of overrides\.csv"):
        read_overrides(file)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "overrides.csv"
    file.write_text("day,kind\n2027-01-01,closed\n", "utf-8")
    with pytest.raises(ValueError, match=r"^Line 2"):
        read_overrides(file)
