"""How many wrong passwords are taken before one waits: pure rules over tallies (NIST SP 800-63B, rate limiting).

Three tallies count an attempt before its password is looked at, so that many at once gain nothing:

- *pair*: this person from this address. Small, and locks for long; a stranger elsewhere cannot lock the owner out.
- *address*: whoever is there. Large enough for a clinic or an operator's network behind one address, also at opening
  hour, when hundreds of attempts are on their way before the first is found right and taken back.
- *person*: from anywhere but the addresses where the person has logged in before. It slows a guess that is spread over
  many addresses down to some hundred a day; the owner's own addresses, and the EDS, pass.

They close the password path only. Registration by EDS stays open and clears the person's tallies.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """What a tally counts by."""

    PAIR = "pair"
    ADDRESS = "address"
    PERSON = "person"
    REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many attempts within a time, then a lock that doubles each time it is run into again."""

    attempts: int
    within: timedelta
    first_lock: timedelta
    longest_lock: timedelta
    after_lock: int
    """How many attempts are taken after a lock has passed, before the next."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Attempts counted since a time; ``locked_until`` is aware, or None while there is no lock."""

    since: datetime
    attempts: int = 0
    locks: int = 0
    locked_until: datetime | None = None


_QUARTER: Final = timedelta(minutes=15)

RULES: Final = {
    Scope.PAIR: Rule(5, _QUARTER, _QUARTER, timedelta(days=1), after_lock=5),
    Scope.ADDRESS: Rule(300, _QUARTER, _QUARTER, timedelta(hours=4), after_lock=50),
    Scope.PERSON: Rule(100, timedelta(days=1), timedelta(seconds=30), _QUARTER, after_lock=1),
    Scope.REGISTRATION: Rule(300, _QUARTER, timedelta(minutes=1), _QUARTER, after_lock=50),
}
FORGET_LOCKS_AFTER: Final = timedelta(days=1)


def wait_of(tally: Tally, at: datetime) -> timedelta:
    """Return how long an attempt must still wait; zero where none is locked."""
    if tally.locked_until is None:
        return timedelta()
    return max(tally.locked_until - at, timedelta())


def counted(tally: Tally, rule: Rule, at: datetime) -> Tally:
    """Return the tally after one more attempt, which was let in; it may lock those that follow."""
    current = Tally(since=at) if _is_over(tally, rule, at) else tally
    attempts = current.attempts + 1
    if attempts < rule.attempts:
        return replace(current, attempts=attempts)
    lock = min(rule.first_lock * 2 ** min(current.locks, 20), rule.longest_lock)
    return Tally(current.since, rule.attempts - rule.after_lock, current.locks + 1, at + lock)


def _is_over(tally: Tally, rule: Rule, at: datetime) -> bool:
    if tally.locked_until is not None:
        return at >= tally.locked_until + FORGET_LOCKS_AFTER
    return at >= tally.since + rule.within
