"""When an unanswered entry is taken up again, and when it is answered with what is known (HV-14, AP-14, AT-16)."""

from datetime import datetime, timedelta
from typing import Final

from shared.kit.casework.entries import Entry

LEASE: Final = timedelta(seconds=15)
"""How long a taken-up entry is left alone; longer than any attempt takes, so that a crash costs this much at most."""
ATTEMPT_SECONDS: Final = 10.0
"""The longest that one attempt of the loop takes."""
AT_ONCE_SECONDS: Final = 4.5
"""The longest that the gateway waits for the answer within the exchange that brings the request."""
CLOSES_BEFORE: Final = timedelta(minutes=2)
"""So long before ``answer_by`` an entry is answered even if a system is still silent."""
RINGS_BELOW: Final = 0.25
"""What waits for an official rings when less than this part of their time is left."""
_FIRST_PAUSE: Final = timedelta(seconds=1)
_LONGEST_PAUSE: Final = timedelta(seconds=60)
FARTHEST: Final = _LONGEST_PAUSE * 2
"""No entry is left alone for so long: one that is due later was written by a clock that ran ahead, and is due now."""


class AnotherFirst(Exception):
    """Another entry must be decided before this one; no system is silent, so that it is soon taken up again."""


class AwaitsOfficial(Exception):
    """What the rules propose is on record and an official is to confirm it; the entry is due at its closing moment."""


def closing_moment(answer_by: datetime) -> datetime:
    """Return the last safe minute: from then on an entry is answered with what is known, by the rules."""
    return answer_by - CLOSES_BEFORE


def answers_anyway(entry: Entry, now: datetime) -> bool:
    """Say whether the entry is to be answered now with what is known, since its term is almost over."""
    return now >= entry.answer_by - CLOSES_BEFORE


def soon(now: datetime) -> datetime:
    """Return when an entry that only waits for another one is taken up again."""
    return now + _FIRST_PAUSE


def next_attempt(entry: Entry, now: datetime) -> datetime:
    """Return when to try again: after a second, doubled each time up to a minute, never past the closing moment."""
    due = now + min(_FIRST_PAUSE * (1 << min(entry.attempts - 1, 10)), _LONGEST_PAUSE)
    closing = entry.answer_by - CLOSES_BEFORE
    return min(due, closing) if now < closing else due
