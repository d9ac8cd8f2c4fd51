"""What hour it is in the running stack: `--at` moves the clock, which then runs on."""

import argparse
from datetime import datetime, timedelta

from shared.kit.calendar import KazakhstanCalendar
from shared.kit.clock import Clock
from shared.law.hours import ALMATY, ProviderHours


def read_local_time(text: str) -> datetime:
    """Read `2026-11-24T10:00` as the time of Almaty; an offset, if written, counts. For argparse."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time like 2026-11-24T10:00") from None
    return at.replace(tzinfo=ALMATY) if at.tzinfo is None else at.astimezone(ALMATY)


def offset_to(at: datetime | None, clock: Clock) -> timedelta:
    """How far the clock must be ahead for it to be `at` now; zero without `at`."""
    return timedelta() if at is None else at - clock.now()


def within_intake(clock: Clock) -> datetime | None:
    """Give a time at which home visits are taken (HV-9): None if that is now, else an hour after the next opening."""
    intake = ProviderHours(KazakhstanCalendar()).intake_at(clock.now())
    return None if intake.open or intake.opens_at is None else intake.opens_at + timedelta(hours=1)


def said(at: datetime) -> str:
    """Write a time for the person at the terminal, as Almaty's clocks show it."""
    return f"{at.astimezone(ALMATY):%A %d %B %Y, %H:%M} (Almaty)"
