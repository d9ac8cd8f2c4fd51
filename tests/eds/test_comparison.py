"""docs/eds-comparison.md says of every case what these tests ask for: whoever adds a case makes the page anew."""

import re
from pathlib import Path

from tests.eds.bad_cases import ANY_KIND, RSA_ONLY
from tests.eds.gost_cases import GOST_ONLY
from tests.eds.stamp_cases import STAMPS

PAGE = (Path(__file__).parents[2] / "docs" / "eds-comparison.md").read_text("utf-8")
ROW = re.compile(r"^\| (.+) \| (\w+) \| ([0-9.]+) \| (\**\w+\**) \| (\**\w+\**) \|$", re.MULTILINE)


def test_the_page_shows_every_case_with_its_code() -> None:
    told = {name: code for name, code, *_ in ROW.findall(PAGE)}
    wanted = {name: code for name, (code, _) in {**ANY_KIND, **RSA_ONLY, **STAMPS, **GOST_ONLY}.items()}
    assert told.items() >= wanted.items()
    assert set(told) - set(wanted) == {
        "a signature without a fault",
        "the same with a time stamp",
        "a revoked certificate",
    }


def test_the_page_shows_what_each_costs_and_none_costs_fifty_milliseconds() -> None:
    costs = [float(cost) for _, _, cost, _, _ in ROW.findall(PAGE)]
    assert len(costs) > 150
    assert max(costs) < 50
