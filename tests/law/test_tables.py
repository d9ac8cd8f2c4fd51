from collections.abc import Mapping
from datetime import timedelta

import pytest

from shared.law.clauses import CLAUSES
from shared.law.tables import TABLE_1, TABLE_2, Step

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_table_1_has_the_limits_of_the_decree() -> None:
    limits = {number: step.limit for number, step in TABLE_1.items()}
    assert limits == {
        1: MINUTE,
        2: 30 * SECOND,
        3: 90 * SECOND,
        4: 90 * SECOND,
        5: MINUTE,
        6: MINUTE,
        7: 30 * MINUTE,
        8: 30 * MINUTE,
    }


def test_table_2_has_the_limits_of_the_decree() -> None:
    limits = {number: step.limit for number, step in TABLE_2.items()}
    assert limits == {
        1: 15 * SECOND,
        2: 10 * SECOND,
        3: 90 * SECOND,
        4: 15 * SECOND,
        5: 15 * SECOND,
        6: 90 * SECOND,
        7: 10 * MINUTE,
        8: 10 * MINUTE,
    }


def test_the_lower_figure_is_kept_where_the_decree_gives_two() -> None:
    assert {number: step.usual for number, step in TABLE_1.items() if step.usual} == {1: 30 * SECOND, 5: 30 * SECOND}
    assert {number: step.usual for number, step in TABLE_2.items() if step.usual} == dict.fromkeys(
        (1, 4, 5), 10 * SECOND
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [(TABLE_1, {1: [2, 3], 3: [4, 5], 6: [7, 8]}), (TABLE_2, {3: [4, 5], 6: [7, 8]})],
)
def test_each_step_says_what_follows(table: Mapping[int, Step], expected: dict[int, list[int]]) -> None:
    assert {n: [then.step for then in step.following] for n, step in table.items() if step.following} == expected


@pytest.mark.parametrize(("table", "clause", "items"), [(TABLE_1, "HV-16", 12), (TABLE_2, "HV-17", 10)])
def test_the_steps_cover_every_item_of_their_clause_once(table: Mapping[int, Step], clause: str, items: int) -> None:
    cited = [one for step in table.values() for one in step.clauses]
    assert cited == [f"{clause}.{item}" for item in range(1, items + 1)]
    assert set(cited) <= CLAUSES.keys()


@pytest.mark.parametrize("table", [TABLE_1, TABLE_2])
def test_the_tables_cannot_be_changed(table: Mapping[int, Step]) -> None:
    with pytest.raises(TypeError):
        table[1] = table[2]  # type: ignore[index]  # It is what the test is about.
