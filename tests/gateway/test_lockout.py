"""The rules of locking out, as functions of tallies and time."""

from datetime import UTC, datetime, timedelta

from gateway.lockout import RULES, Rule, Scope, Tally, counted, wait_of

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULE = Rule(attempts=5, within=15 * MINUTE, first_lock=15 * MINUTE, longest_lock=timedelta(hours=2), after_lock=5)


def after(attempts: int, rule: Rule = RULE, tally: Tally | None = None, at: datetime = AT) -> Tally:
    tally = tally or Tally(at)
    for _ in range(attempts):
        tally = counted(tally, rule, at)
    return tally


def test_four_attempts_lock_nothing_and_the_fifth_locks_for_a_quarter_of_an_hour() -> None:
    assert wait_of(after(4), AT) == timedelta()
    assert wait_of(after(5), AT) == 15 * MINUTE


def test_a_lock_passes_by_itself() -> None:
    assert wait_of(after(5), AT + 14 * MINUTE) == MINUTE
    assert wait_of(after(5), AT + 15 * MINUTE) == timedelta()


def test_attempts_before_the_window_are_forgotten() -> None:
    assert after(1, tally=after(4), at=AT + 15 * MINUTE) == Tally(AT + 15 * MINUTE, 1)
    assert wait_of(after(1, tally=after(4), at=AT + 14 * MINUTE), AT + 14 * MINUTE) == 15 * MINUTE


def test_locks_double_up_to_the_longest() -> None:
    tally, at, waits = Tally(AT), AT, []
    for _ in range(5):
        tally = after(5, tally=tally, at=at)
        waits.append(wait_of(tally, at))
        at += waits[-1]
    assert waits == [15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE, 120 * MINUTE]


def test_a_day_without_attempts_after_the_lock_begins_anew() -> None:
    locked = after(5)
    assert locked.locked_until is not None
    assert after(1, tally=locked, at=locked.locked_until + timedelta(days=1)).locks == 0
    assert after(1, tally=locked, at=locked.locked_until + timedelta(hours=23)).locks == 1


def test_very_many_locks_do_not_overflow() -> None:
    assert wait_of(counted(Tally(AT, 4, 10_000), RULE, AT), AT) == timedelta(hours=2)


def test_a_guess_spread_over_the_world_gets_some_hundred_attempts_a_day() -> None:
    rule, tally, at, taken = RULES[Scope.PERSON], Tally(AT), AT, 0
    while at < AT + timedelta(days=1):
        tally, taken = counted(tally, rule, at), taken + 1
        at += wait_of(tally, at) or timedelta(seconds=1)
    assert 100 < taken < 210
