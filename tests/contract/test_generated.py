"""Generated files are what the code says today."""

from pathlib import Path

from stack.generate import OPENAPI, PASSPORTS, drift, write
from stack.openapi import WIDTH, readable


def test_the_committed_files_have_not_drifted(wanted: dict[Path, str]) -> None:
    assert drift(wanted) == []


def test_drift_is_seen_in_a_changed_a_missing_and_a_surplus_file(wanted: dict[Path, str], tmp_path: Path) -> None:
    write(wanted, tmp_path)
    assert drift(wanted, tmp_path) == []
    for folder in (PASSPORTS, OPENAPI):
        first = next(path for path in wanted if path.parent == folder)
        (tmp_path / first).write_text("{}", "utf-8")
        (tmp_path / folder / "gone.json").write_text("{}", "utf-8")
        assert drift(wanted, tmp_path) == [
            f"{first}: run python -m stack.generate",
            f"{folder / 'gone.json'}: nothing writes it",
        ]
        write(wanted, tmp_path)
        (tmp_path / first).unlink()
        assert drift(wanted, tmp_path) == [f"{first}: run python -m stack.generate"]
        write(wanted, tmp_path)
    assert drift(wanted, tmp_path) == []


def test_json_is_written_in_short_lines_and_loses_nothing() -> None:
    long = {"name": "а" * 60, "list": [1, 2, {"empty": {}, "none": None}], "more": {"text": "b" * 60}}
    text = readable(long)
    assert text.splitlines() == [
        "{",
        f' "name": "{"а" * 60}",',
        ' "list": [1, 2, {"empty": {}, "none": null}],',
        f' "more": {{"text": "{"b" * 60}"}}',
        "}",
    ]
    assert max(map(len, text.splitlines())) < WIDTH
