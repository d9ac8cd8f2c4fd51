"""docs/hardening.md promises nothing that no test holds: each test it names exists, each row names one or says why."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "hardening.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`", PAGE)))
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| what ", "|---"))]


def test_the_page_has_its_rows_and_names_its_tests() -> None:
    assert len(NAMED) > 50
    assert len(ROWS) > 45


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_test_that_the_page_names_exists(file: str, test: str) -> None:
    source = Path(ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {test}\(", source, re.MULTILINE), f"{file} has no {test}"


@pytest.mark.parametrize("row", ROWS, ids=[row[2:60] for row in ROWS])
def test_each_row_names_a_test_or_says_what_is_not_there(row: str) -> None:
    assert "::test_" in row or "not yet: " in row
