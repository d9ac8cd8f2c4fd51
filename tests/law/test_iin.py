import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.law.iin import IIN_PATTERN, check_digit, is_bin, is_iin, mask

elevens = st.text(alphabet="0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize(
    ("first_eleven", "digit"),
    [
        ("00000000000", 0),
        ("10000000000", 1),
        ("00000000001", 0),  # 11 = 1·11 + 0
        ("98765432109", 0),  # 9+16+21+24+25+24+21+16+9+0+99 = 264 = 24·11 + 0
        ("00000000010", 1),  # 10, so the second weights: 1
        ("12345678901", 3),  # 296 = 26·11 + 10, so the second weights: 377 = 34·11 + 3
        ("00000000281", None),  # 109 = 9·11 + 10, then 32 = 2·11 + 10: never issued
    ],
)
def test_the_check_digit_is_as_counted_by_hand(first_eleven: str, digit: int | None) -> None:
    assert check_digit(first_eleven) == digit


@pytest.mark.parametrize("bin_", ["971240001315", "940140000385"])
def test_published_bins_of_two_banks_hold(bin_: str) -> None:
    assert is_bin(bin_)


@given(elevens)
def test_the_only_twelfth_digit_that_holds_is_the_check_digit(first_eleven: str) -> None:
    holding = [digit for digit in range(10) if is_iin(f"{first_eleven}{digit}")]
    expected = check_digit(first_eleven)
    assert holding == ([] if expected is None else [expected])


@given(elevens.filter(lambda eleven: check_digit(eleven) is not None), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_the_second_weights_hide_it(
    first_eleven: str, place: int, added: int
) -> None:
    wrong = f"{first_eleven[:place]}{(int(first_eleven[place]) + added) % 10}{first_eleven[place + 1 :]}"
    # The eleventh digit is left out: its weight is 11, so that it never counts.
    plain = [sum(w * int(d) for w, d in enumerate(eleven, start=1)) % 11 for eleven in (first_eleven, wrong)]
    if 10 not in plain:
        assert not is_iin(f"{wrong}{check_digit(first_eleven)}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "00000000000",
        "0000000000000",
        "00000000000a",
        " 000000000000",
        "000000000000\n",
        "٠٠٠٠٠٠٠٠٠٠٠٠",
        "𝟎" * 12,
    ],
)
def test_only_twelve_ascii_digits_are_an_iin(text: str) -> None:
    assert not is_iin(text)
    assert not is_iin(text, checksum=False)
    assert not re.fullmatch(IIN_PATTERN, text)


def test_the_checksum_can_be_switched_off_for_the_authoritys_test_numbers() -> None:
    assert not is_iin("123456789011")
    assert is_iin("123456789011", checksum=False)
    assert is_bin("123456789011", checksum=False)


@pytest.mark.parametrize("text", ["", "1234567890", "123456789012", "1234567890a", "١٢٣٤٥٦٧٨٩٠١"])
def test_a_check_digit_is_counted_only_over_eleven_ascii_digits(text: str) -> None:
    with pytest.raises(ValueError, match="Eleven ASCII digits"):
        check_digit(text)


def test_hv_18_8_only_the_last_four_digits_are_shown() -> None:
    assert mask("123456789013") == "********9013"


@pytest.mark.parametrize("text", ["", "secret", "12345678901", "1234567890123"])
def test_what_is_no_iin_is_hidden_whole(text: str) -> None:
    assert mask(text) == "************"
