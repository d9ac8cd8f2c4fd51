import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.forms.plain_text import fault_in
from shared.forms.strict import Iin, StrictModel, TwelveDigits


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
