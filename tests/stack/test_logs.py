"""`./run logs` makes one readable stream of every process's lines."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from stack.failures import NoSuchLog
from stack.layout import Layout
from stack.logs import LogFile, show_logs


def layout_with(folder: Path, **logs: list[str]) -> Layout:
    layout = Layout(folder)
    layout.logs.mkdir(parents=True)
    for name, lines in logs.items():
        (layout.logs / f"{name}.log").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return layout


def event(second: int, name: str, **fields: object) -> str:
    return json.dumps({"time": f"2026-11-24T05:00:{second:02}.000+00:00", "level": "info", "event": name, **fields})


def shown(layout: Layout, process: str | None = None) -> list[str]:
    lines: list[str] = []
    show_logs(layout, process, follow=False, write=lines.append)
    return lines


def test_lines_of_all_processes_come_in_the_order_of_time(tmp_path: Path) -> None:
    layout = layout_with(
        tmp_path,
        gateway=[event(1, "request", route="/v1/requests", ms=3.5), event(4, "request")],
        home_visit=[event(2, "registered", process="home_visit"), event(3, "answered", steps=[6, 7])],
    )
    assert shown(layout) == [
        "10:00:01.000  gateway          request  route=/v1/requests ms=3.5",
        "10:00:02.000  home_visit       registered",
        "10:00:03.000  home_visit       answered  steps=[6, 7]",
        "10:00:04.000  gateway          request",
    ]


def test_postgres_lines_are_moved_to_the_stacks_time(tmp_path: Path) -> None:
    layout = layout_with(tmp_path, postgres=["2026-11-24 04:00:00.500 UTC [17] LOG:  ready"], gateway=[event(0, "up")])
    (layout.logs / "offset").write_text("3600.0", encoding="ascii")
    assert shown(layout) == [
        "10:00:00.000  gateway          up",
        "10:00:00.500  postgres         LOG:  ready",
    ]


def test_a_line_without_time_stays_behind_the_one_before_it(tmp_path: Path) -> None:
    layout = layout_with(
        tmp_path, gateway=[event(5, "failed"), "Traceback (most recent call last):"], nca=[event(9, "x")]
    )
    assert [line.split()[-1] for line in shown(layout)] == ["failed", "last):", "x"]


def test_warnings_stand_out(tmp_path: Path) -> None:
    line = '{"time": "2026-11-24T05:00:01.000+00:00", "level": "warning", "event": "slow"}'
    assert shown(layout_with(tmp_path, gateway=[line])) == ["10:00:01.000  gateway          WARNING slow"]


def test_one_process_alone_or_the_names_that_there_are(tmp_path: Path) -> None:
    layout = layout_with(tmp_path, gateway=[event(1, "a")], nca=[event(2, "b")])
    assert len(shown(layout, "nca")) == 1
    with pytest.raises(NoSuchLog, match=r"no log of gatway\. There are: gateway, nca\."):
        show_logs(layout, "gatway", follow=False)


def test_a_line_that_is_still_being_written_waits_until_it_is_whole(tmp_path: Path) -> None:
    layout = layout_with(tmp_path, gateway=[event(1, "whole")])
    path = layout.logs / "gateway.log"
    whole = event(2, "later")
    with path.open("a", encoding="utf-8") as file:
        file.write(whole[:20])
    log = LogFile(path, timedelta())
    assert len(list(log.new_lines())) == 1
    with path.open("a", encoding="utf-8") as file:
        file.write(whole[20:] + "\n")
    assert [line.text for line in log.new_lines()] == ["10:00:02.000  gateway          later"]
