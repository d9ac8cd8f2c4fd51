import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.forms.plain_text import fault_in
from shared.forms.strict import Iin, StrictModel, TwelveDigits, ask_for_check_digits


@given(st.text(max_size=20))
def test_a_text_without_a_fault_is_normal_printable_and_survives_utf_8(text: str) -> None:
    if fault_in(text) is None:
        assert unicodedata.normalize("NFC", text) == text == text.strip()
        assert text.encode().decode() == text
        assert not any(unicodedata.category(character).startswith("C") for character in text)


def test_a_lone_surrogate_is_named() -> None:
    assert fault_in("\ud800") == "lone_surrogate"


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1))
def test_plain_ascii_words_have_no_fault(text: str) -> None:
    assert fault_in(text) is None


class Numbers(StrictModel):
    iin: Iin = "000000000000"
    twelve: TwelveDigits = "000000000000"


def test_an_iin_is_held_to_its_check_digit_and_twelve_digits_are_not() -> None:
    assert Numbers(iin="123456789013", twelve="123456789011").iin == "123456789013"
    with pytest.raises(ValueError, match="check digit of the IIN"):
        Numbers(iin="123456789011")


def test_the_check_digit_is_not_asked_for_where_an_operator_says_so() -> None:
    ask_for_check_digits(asked=False)
    try:
        assert Numbers(iin="123456789011", twelve="123456789011").iin == "123456789011"
        with pytest.raises(ValueError, match="pattern"):
            Numbers(iin="12345678901", twelve="123456789011")
    finally:
        ask_for_check_digits(asked=True)
    with pytest.raises(ValueError, match="check digit"):
        Numbers(iin="123456789011", twelve="123456789011")
