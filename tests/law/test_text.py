from shared.law.text import Text

HELLO = Text(kk="Сәлем, {name}", ru="Привет, {name}", en="Hello, {name}")


def test_a_text_is_said_in_the_language_asked_for() -> None:
    assert [HELLO.said_in(language) for language in ("kk", "ru", "en")] == [HELLO.kk, HELLO.ru, HELLO.en]


def test_a_filled_text_has_the_value_in_each_language() -> None:
    assert HELLO.filled(name="Айгүл").as_dict() == {
        "kk": "Сәлем, Айгүл",
        "ru": "Привет, Айгүл",
        "en": "Hello, Айгүл",
    }


def test_a_text_as_a_value_fills_each_language_with_its_own_words() -> None:
    world = Text(kk="әлем", ru="мир", en="world")
    assert HELLO.filled(name=world) == Text(kk="Сәлем, әлем", ru="Привет, мир", en="Hello, world")


def test_what_is_filled_in_is_never_taken_for_a_placeholder() -> None:
    assert HELLO.filled(name="{name}").en == "Hello, {name}"
