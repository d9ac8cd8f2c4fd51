"""How verdicts speak: the decree's own word for a certificate, and the time of the place."""

from datetime import UTC, datetime

from shared.eds.words import WORDS, said_of


def test_hv_16_6_a_certificate_is_called_in_kazakh_what_the_decree_calls_it() -> None:
    kazakh = " ".join(words.kk for words in WORDS.values()).casefold()
    assert "сертификат" not in kazakh
    assert "тіркеу куәлігі" in kazakh


def test_times_are_told_in_the_time_of_almaty_and_the_words_say_so() -> None:
    assert said_of(datetime(2026, 11, 24, 20, 30, tzinfo=UTC)) == "2026-11-25 01:30"
    for code, name in (("expired", "until"), ("not_yet_valid", "since"), ("signing_time_out_of_range", "signed")):
        words = WORDS[code]
        assert all(f"{{{name}}}" in text for text in words.as_dict().values())
        assert ("Алматы уақыты" in words.kk, "время Алматы" in words.ru, "Almaty time" in words.en) == (True,) * 3
