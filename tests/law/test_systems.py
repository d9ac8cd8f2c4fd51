from pathlib import Path

import pytest

from home_visit_svc.regulation import DATA_CANNOT_BE_HAD
from shared.law.systems import ATTACHMENT_REGISTER, PERSON_REGISTRY
from shared.law.text import Text

DECREE = Path(__file__).parents[2] / "docs" / "decree" / "2013-07-01-3-561.kk.txt"


@pytest.mark.parametrize("system", [PERSON_REGISTRY, ATTACHMENT_REGISTER])
def test_hv_17_5_a_refusal_names_the_system_in_each_language(system: Text) -> None:
    words = DATA_CANNOT_BE_HAD.words.filled(system=system)
    assert words.kk.endswith(f"{system.kk}.")
    assert words.ru.endswith(f"{system.ru}.")
    assert words.en.endswith(f"{system.en}.")


def test_hv_11_5_the_person_registry_has_the_decrees_name() -> None:
    assert PERSON_REGISTRY.kk.partition(" (")[0] in DECREE.read_text(encoding="utf-8")
