"""What is seen from outside while processes die, end, and stay away (HARDENING.md, "Nothing lost")."""

from collections import Counter

from stack.children import STOP_SECONDS
from tests.faults.fire import Record
from tests.faults.walks import VICTIMS

SIGTERM = -15


def test_every_process_of_the_walk_was_killed(record: Record) -> None:
    killed = Counter(one.fault.victim for one in (*record.of("kill"), *record.of("power")) if one.told["process_id"])
    assert all(killed[victim] >= least for victim, least in VICTIMS.items()), killed
    assert record.of("power", "postgres")


def test_every_signature_is_acknowledged_whatever_dies(record: Record) -> None:
    assert [one for one in record.signed if one.told is None] == []


def test_nobody_meets_an_error_that_is_not_named_or_not_said_to_pass(record: Record) -> None:
    assert {what for what in record.met if what.startswith("5")} <= {"503"}, record.met


def test_a_process_that_is_told_to_end_finishes_the_exchanges_it_has_begun(record: Record) -> None:
    ends = record.of("end")
    assert [one.fault.victim for one in ends] == ["home_visit", "gateway"]
    for end in ends:
        assert end.told["status"] in (0, SIGTERM), end.told
        assert end.told["seconds"] < STOP_SECONDS
        assert end.amid
        assert {one.tries for one in end.amid} == {1}, end


def test_while_postgres_stays_away_citizens_are_told_to_come_back_and_nothing_has_to_be_restarted(
    record: Record,
) -> None:
    (stop,) = record.of("stop")
    assert stop.met.get("503", 0) > 0
    assert "503 without Retry-After" not in record.met
    assert stop.ready is False
    assert stop.restarted == set()
