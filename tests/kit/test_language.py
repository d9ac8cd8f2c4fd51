import pytest

from shared.kit.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "kk"),
        ("ru", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE, fr;q=0.9", "kk"),
        ("*", "kk"),
        ("de, en;q=0.1", "en"),
        ("ru;q=0.4, en;q=0.8, kk;q=0.1", "en"),
        ("ru;q=0, en;q=0", "kk"),
        ("RU-KZ", "ru"),
        ("ru;q=nan, en;q=0.1", "en"),
        ("ru;q=9, en;q=0.1", "en"),
        (";;;,,,=q", "kk"),
        ("ru," * 100_000, "ru"),
        ("\xff\xfe", "kk"),
    ],
)
def test_the_language_with_the_highest_weight_is_spoken(header: str, language: str) -> None:
    assert preferred(header.encode("latin-1")) == language
