"""Every operation has a row that says who may: without it, neither the matrix nor the hostile corpus would try it."""

import pytest

from tests.access.rules import RULES
from tests.openapi import document
from tests.system.operations import guards_of, line_of


@pytest.mark.parametrize("name", RULES)
def test_every_operation_has_a_row_in_tests_access_rules(name: str) -> None:
    told = {line_of(one): guards_of(one) for one in document(name).operations}
    assert told == {line: rule.guards for line, rule in RULES[name].items()}, "see tests/access/rules.py"
