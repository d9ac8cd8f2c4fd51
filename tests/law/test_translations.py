"""What finds an untranslated text in an answer does find one; it looks at every answer of the whole system's tests."""

from typing import Any

import pytest

from tests.translations import untranslated

GOOD = {"kk": "Құжат жарамды", "ru": "Документ действителен", "en": "The document is valid"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"en": GOOD["ru"]}, "the English is not English"),
        ({"kk": GOOD["en"]}, "the Kazakh or the Russian is not"),
        ({"ru": GOOD["en"]}, "the Kazakh or the Russian is not"),
        ({"kk": "Документ сейчас уже не действителен", "ru": "Документ сейчас уже не действителен"}, "is the Russian"),
        ({"kk": ""}, "a language is empty"),
        ({"ru": "Документ {number}"}, "a placeholder is not filled"),
    ],
)
def test_a_text_that_is_left_untranslated_is_found_wherever_it_stands(said: dict[str, str], fault: str) -> None:
    [found] = untranslated({"answers": [GOOD, {"text": GOOD | said}]})
    assert found.startswith("/answers/1/text: ")
    assert fault in found


def test_a_language_that_is_not_there_is_found() -> None:
    [found] = untranslated({"title": {"kk": GOOD["kk"], "en": GOOD["en"]}})
    assert "a language is missing" in found


@pytest.mark.parametrize(
    "told",
    [
        GOOD,
        {"name": {"kk": "Жұмабаев Дәурен", "ru": "Жумабаев Даурен"}},
        {"kk": "Дәрігер: Ғабдуллаева Г.", "ru": "Врач: Габдуллаева Г.", "en": "Doctor: Ғабдуллаева Г."},
        {"kk": "№ 5", "ru": "№ 5", "en": "No. 5"},
        {"kk": "", "ru": "", "en": ""},
        {"kk": "Пациент", "ru": "Пациент", "en": "Patient"},
    ],
)
def test_names_numbers_and_words_that_both_have_are_no_fault(told: dict[str, Any]) -> None:
    assert list(untranslated([told])) == []
