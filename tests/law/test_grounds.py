import pytest

from shared.law.grounds import Granted, Ground, Refused, decided_by
from shared.law.text import Text

FIRST, SECOND, THIRD = (Ground(code, "HV-12.1", Text("бір", "один", code)) for code in ("first", "second", "third"))


def test_nothing_that_holds_means_granted() -> None:
    assert decided_by({FIRST: False, SECOND: False}) == Granted()
    assert decided_by({}) == Granted()


def test_a_refusal_names_every_ground_that_holds_in_the_order_given() -> None:
    assert decided_by({THIRD: True, FIRST: False, SECOND: True}) == Refused((THIRD, SECOND))


def test_a_refusal_without_a_ground_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="names its grounds"):
        Refused(())


def test_a_ground_is_filled_without_losing_its_code_and_clause() -> None:
    ground = Ground("silent", "HV-17.5", Text("{system}", "{system}", "from {system}"))
    assert ground.filled(system="X").as_dict() == {
        "code": "silent",
        "clause": "HV-17.5",
        "text": {"kk": "X", "ru": "X", "en": "from X"},
    }
