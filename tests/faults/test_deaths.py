"""What is seen from outside while processes die, end, and stay away (HARDENING.md, "Nothing lost")."""

from stack.children import STOP_SECONDS
from tests.faults.fire import Record
from tests.faults.walks import DOORS, VICTIMS

SIGTERM = -15


def test_every_process_of_the_walks_was_killed(record: Record) -> None:
    assert set(record.killed()) == set(VICTIMS)
    assert record.of("power")


def test_every_signature_is_acknowledged_whatever_dies(record: Record) -> None:
    assert [one for one in record.signed if one.told is None] == []


def test_nobody_meets_an_error_that_is_not_named_or_not_said_to_pass(record: Record) -> None:
    assert {what for what in record.met if what.startswith("5")} <= {"503"}, record.met


def test_processes_that_are_told_to_end_finish_the_exchanges_they_have_begun(record: Record) -> None:
    (end,) = record.of("end")
    assert {name: one["status"] for name, one in end.told.items() if one["status"] not in (0, SIGTERM)} == {}
    assert {name: one["seconds"] for name, one in end.told.items() if one["seconds"] >= STOP_SECONDS} == {}
    assert end.told.keys() == set(DOORS)
    assert end.amid
    for one in end.amid:
        assert one.tries == 1, one
        assert one.told is not None
        assert one.told["number"] is not None, one


def test_while_postgres_stays_away_citizens_are_told_to_come_back_and_nothing_has_to_be_restarted(
    record: Record,
) -> None:
    (stop,) = record.of("stop")
    assert stop.met.get("503", 0) > 0
    assert "503 without Retry-After" not in record.met
    assert stop.ready is False
    assert stop.restarted == set()
