import re
import unicodedata
from pathlib import Path

import pytest

from shared.law.iin import check_digit, is_bin
from shared.law.providers import PROVIDERS, Provider, provider_with, search

DECREE = Path(__file__).parents[2] / "docs" / "decree" / "2013-07-01-3-561.kk.txt"


def rows_of_the_decree() -> list[str]:
    """The rows of Appendix 3 as printed, all three lists after another."""
    lines = DECREE.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if re.fullmatch(r"[0-9]+\.\t[^\t]+\t[^\t]+\t8 \(727\)[^\t]*", line)]


def as_printed(provider: Provider) -> str:
    return f"{provider.number}.\t{provider.name}\t{provider.address}\t{' '.join(provider.telephones)}"


def numbers(query: str) -> list[int]:
    return [provider.number for provider in search(query)]


def test_every_row_of_appendix_3_is_there_to_the_letter() -> None:
    printed = rows_of_the_decree()
    assert len(printed) == 99
    assert [as_printed(provider) for provider in PROVIDERS] == printed[:33]


def test_the_three_printings_differ_only_by_a_blank_in_rows_10_and_21() -> None:
    printed = rows_of_the_decree()
    without_blanks = [line.replace(" ", "") for line in printed]
    assert without_blanks[:33] == without_blanks[33:66] == without_blanks[66:]
    differing = {i % 33 + 1 for i, line in enumerate(printed) if line != printed[i % 33]}
    assert differing == {10, 21}


def test_telephone_numbers_stand_apart() -> None:
    assert all(re.fullmatch(r"8 \(727\) [0-9]{7}", number) for one in PROVIDERS for number in one.telephones)
    assert {len(provider.telephones) for provider in PROVIDERS} == {1, 2}


def test_test_bins_are_valid_unlike_and_of_a_month_that_is_never_issued() -> None:
    bins = [provider.bin for provider in PROVIDERS]
    assert all(is_bin(bin_) for bin_ in bins)
    assert len(set(bins)) == 33
    assert {bin_[:5] for bin_ in bins} == {"13004"}
    assert all(provider.bin_is_test for provider in PROVIDERS)


def test_test_bins_are_made_from_the_rows_number() -> None:
    for provider in PROVIDERS:
        serials = (90_000 + provider.number + hundreds * 100 for hundreds in range(9))
        serial = next(serial for serial in serials if check_digit(f"130040{serial}") is not None)
        assert provider.bin == f"130040{serial}{check_digit(f'130040{serial}')}"


def test_a_provider_is_found_by_its_bin_alone() -> None:
    assert provider_with(PROVIDERS[4].bin) is PROVIDERS[4]
    assert provider_with("971240001315") is None
    assert provider_with("") is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("№ 9 Қалалық емхана", [8]),
        ("қалалық студент", [24]),
        ("калалык студент", [24]),  # without Kazakh letters
        ("КӨКЖИЕК", [20]),
        ("Заря Востока", [26]),
        ("поликлиника 18", [17]),
        ("детская поликлиника", [29, 30, 31, 32, 33]),
        ("Розыбакиев 74", [3]),
        ("Розыбакиев 7", []),  # a number is found whole
        ("12а", [4]),
        ("2333960", [5, 6]),
        ("3974790", [1]),
        ("72739", [1, 3, 11, 22, 27]),
        ("3974", []),
        (PROVIDERS[32].bin, [33]),
        ("такой нет", []),
    ],
)
def test_providers_are_searched_by_name_address_telephone_and_bin(query: str, expected: list[int]) -> None:
    assert numbers(query) == expected


@pytest.mark.parametrize("query", ["", "   ", "№", "«»"])
def test_a_query_without_words_finds_all_in_the_decrees_order(query: str) -> None:
    assert numbers(query) == list(range(1, 34))


def test_the_spelling_is_in_normal_form_c() -> None:
    assert all(unicodedata.is_normalized("NFC", as_printed(provider)) for provider in PROVIDERS)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("5", [5]),  # Row 23 stands in a house of that number, others are reached by it.
        ("8", [7, 33]),
        ("№ 17", [16]),
        ("1 қалалық", [1, 29]),
        ("заря", [26]),
        ("Алатау", [25]),
        ("қалалық студенттер", [24]),
        ("130040900072", [7]),
    ],
)
def test_who_is_meant_by_number_or_name_comes_before_who_stands_in_such_a_street(query: str, first: list[int]) -> None:
    assert numbers(query)[: len(first)] == first


def test_finds_of_the_same_kind_stand_in_the_decrees_order() -> None:
    assert numbers("") == list(range(1, 34))
    assert numbers("балалар") == sorted(numbers("балалар"))
