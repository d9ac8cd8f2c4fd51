"""A database has one newest version: two branches of work must not both add the next number."""

import re

import pytest

from tests.architecture.sources import ROOT, SERVICES

NAMES = re.compile(r'^(revision|down_revision)(?:: [^=]+)? = (?:"(\d{4})"|None)$', re.MULTILINE)


@pytest.mark.parametrize("service", SERVICES)
def test_the_versions_of_a_database_stand_in_one_row(service: str) -> None:
    files = sorted((ROOT / service / "migrations" / "versions").glob("*.py"))
    named = [dict(NAMES.findall(path.read_text(encoding="utf-8"))) for path in files]
    numbers = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [path.name[:4] for path in files] == numbers
    assert [(one["down_revision"], one["revision"]) for one in named] == list(
        zip(["", *numbers], numbers, strict=False)
    )
