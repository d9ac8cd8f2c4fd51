"""`--at` moves the clock, which then runs on."""

from argparse import ArgumentTypeError
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from shared.kit.clock import SystemClock
from stack.starting_time import offset_to, read_local_time, said, within_intake


@dataclass
class Fixed:
    at: datetime

    def now(self) -> datetime:
        return self.at


def test_a_time_without_offset_is_almatys() -> None:
    assert read_local_time("2026-11-24T10:00") == datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert read_local_time("2024-02-29T10:00") == datetime(2024, 2, 29, 4, 0, tzinfo=UTC)
    assert read_local_time("2026-11-24T10:00+00:00") == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["tomorrow", "24.11.2026 10:00", ""])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="2026-11-24T10:00"):
        read_local_time(text)


def test_the_clock_shows_the_chosen_time_and_runs_on() -> None:
    at = read_local_time("2026-11-24T10:00")
    clock = SystemClock(offset_to(at, SystemClock()))
    first, second = clock.now(), clock.now()
    assert timedelta() <= first - at < timedelta(seconds=5)
    assert second >= first
    assert offset_to(None, SystemClock()) == timedelta()


def test_hv_9_the_demonstration_begins_within_the_hours_of_intake() -> None:
    assert within_intake(Fixed(read_local_time("2026-11-24T10:00"))) is None
    assert within_intake(Fixed(read_local_time("2026-11-24T22:00"))) == read_local_time("2026-11-25T09:00")
    assert within_intake(Fixed(read_local_time("2026-11-29T12:00"))) == read_local_time("2026-11-30T09:00")


def test_the_clock_is_told_as_almatys_clocks_show_it() -> None:
    assert said(datetime(2026, 11, 24, 5, 0, tzinfo=UTC)) == "Tuesday 24 November 2026, 10:00 (Almaty)"
