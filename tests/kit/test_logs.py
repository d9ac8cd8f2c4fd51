import json
import logging
from datetime import UTC, datetime

import pytest
import structlog

from shared.kit.logs import configure_logs, log_failure
from shared.kit.trace import begin_trace
from tests.fakes import ClockAt

NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
IIN = "900101300123"


@pytest.fixture(autouse=True)
def _configured() -> None:
    configure_logs("clinic", "INFO", ClockAt(NOON))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_begins_with_when_how_grave_what_and_who(capsys: pytest.CaptureFixture[str]) -> None:
    trace = begin_trace()
    structlog.get_logger().info("visit.registered", number=7)
    assert list(lines(capsys)[0].items()) == [
        ("time", "2026-11-24T07:00:00.000+00:00"),
        ("level", "info"),
        ("event", "visit.registered"),
        ("process", "clinic"),
        ("trace_id", trace.trace_id),
        ("number", 7),
    ]


def test_what_looks_like_an_iin_is_hidden_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info(f"asked about {IIN}", who=IIN, many=[{"iin": IIN}], number=int(IIN), key={IIN: 1})
    assert IIN not in capsys.readouterr().out


def test_a_hash_is_not_taken_for_an_iin(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("signed", sha256="ab123456789012cd")
    assert lines(capsys)[0]["sha256"] == "ab123456789012cd"


def test_the_end_of_a_uuid_is_not_taken_for_an_iin(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("signed", request_id="0198f2a4-6c1e-7d3b-9c55-870412490011", other="x-870412490011")
    (line,) = lines(capsys)
    assert (line["request_id"], line["other"]) == ("0198f2a4-6c1e-7d3b-9c55-870412490011", "x-[iin]")


def test_a_failure_is_told_by_its_kind_its_cause_and_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    def read(what: str) -> None:
        raise LookupError(what)

    try:
        try:
            read("Айгүл")
        except LookupError as error:
            raise ValueError("Айгүл") from error
    except ValueError as error:
        log_failure("visit.failed", error)
    line = lines(capsys)[0]
    assert (line["level"], line["error"]) == ("error", "ValueError")
    assert "LookupError" in str(line["at"])
    assert "Айгүл" not in str(line)


def test_libraries_speak_in_the_same_lines_and_only_of_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    library = logging.getLogger("some.library")
    library.info("GET http://127.0.0.1/persons/%s", IIN)
    library.warning("slow for %s\nwith details", IIN)
    library.error("failed", exc_info=LookupError(IIN))
    first, second = lines(capsys)
    assert (first["level"], first["event"], first["logger"]) == ("warning", "slow for [iin]", "some.library")
    assert (second["event"], second["error"]) == ("failed", "LookupError")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("clinic", "WARNING", ClockAt(NOON))
    structlog.get_logger().info("chatter")
    assert lines(capsys) == []
