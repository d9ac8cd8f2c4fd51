"""The 33 primary-care organisations of Appendix 3, in the decree's own spelling (HV, AP and AT share the list).

The decree gives no BINs. The ones here are generated for tests: their check digit holds, and their month is 00, which
no real BIN carries. Where the three printings differ (a blank in rows 10 and 21), HV's is kept.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[^«]*«(.+)».*")
_LEAST_DIGITS_OF_A_NUMBER = 5
# People type Kazakh on Russian keyboards, and Russian names for what the list names in Kazakh.
_RUSSIAN_LETTERS: Final = str.maketrans("әғқңөұүһіё", "агкноуухие")
_SAME_IN_KAZAKH: Final = {
    "поликлиника": "емхана",
    "clinic": "емхана",
    "polyclinic": "емхана",
    "городская": "калалык",
    "детская": "балалар",
    "студенческая": "студенттер",
    "улица": "кошеси",
    "ул": "кошеси",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One row of Appendix 3; ``number`` is the row's, ``bin`` a test BIN as long as ``bin_is_test``."""

    number: int
    name: str
    address: str
    telephones: tuple[str, ...]
    bin: str
    bin_is_test: bool = True


def _read() -> tuple[Provider, ...]:
    text = resources.files("shared.law").joinpath("providers.csv").read_text(encoding="utf-8")
    return tuple(
        Provider(int(row["number"]), row["name"], row["address"], tuple(row["telephones"].split("; ")), row["test_bin"])
        for row in csv.DictReader(text.splitlines())
    )


PROVIDERS: Final[tuple[Provider, ...]] = _read()
_BY_BIN: Final[Mapping[str, Provider]] = {provider.bin: provider for provider in PROVIDERS}


def provider_with(bin: str) -> Provider | None:  # noqa: A002  The number is called BIN everywhere.
    """Return the provider with this BIN, or None."""
    return _BY_BIN.get(bin)


def search(query: str) -> list[Provider]:
    """Return the providers in which every word of the query is found; all for an empty query.

    A word of letters is found at the start of a word of the name or the address; a number is found whole, or, from
    five digits on, inside a telephone number or the BIN. Who is meant by name or number comes before who merely stands
    in such a street; beyond that they stand in the decree's order.
    """
    asked = [_SAME_IN_KAZAKH.get(word, word) for word in _words(query)]
    found = [provider for provider in PROVIDERS if all(_found(word, provider) for word in asked)]
    return sorted(found, key=lambda provider: _rank(asked, provider))


def _rank(asked: Sequence[str], provider: Provider) -> tuple[bool, int]:
    """Return what sorts the best find first: its name begins so, then how many words are not in its name."""
    name = _NAME_OF[provider.number]
    begins = len(asked) <= len(name) and all(map(_meets, asked, name))
    return not begins, sum(not any(_meets(word, known) for known in name) for word in asked)


def _meets(word: str, known: str) -> bool:
    return word == known if word.isdigit() else known.startswith(word)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().translate(_RUSSIAN_LETTERS))


_NAME_OF: Final = {provider.number: _words(_QUOTED.sub(r"\1", provider.name)) for provider in PROVIDERS}
"""What a provider is called: what stands in its quotation marks, without the legal form around them."""
_WORDS_OF: Final = {provider.number: _words(f"{provider.name} {provider.address}") for provider in PROVIDERS}


def _found(word: str, provider: Provider) -> bool:
    words = _WORDS_OF[provider.number]
    if not word.isdigit():
        return any(known.startswith(word) for known in words)
    numbers = [re.sub(r"[^0-9]", "", telephone) for telephone in provider.telephones] + [provider.bin]
    is_long = len(word) >= _LEAST_DIGITS_OF_A_NUMBER
    return word in words or (is_long and any(word in number for number in numbers))
