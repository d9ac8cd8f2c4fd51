"""Every problem of the system: a status, a slug of its own, a title in three languages, and a place in a document."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator

from shared.kit.problems import Problem
from stack.roster import ROSTER
from tests.architecture.sources import PACKAGES, name_of, product_files
from tests.openapi import document

UNTOLD = {
    "conflict": "only what stands below it is raised",
    "method-not-allowed": "there is no operation where it is met",
    "upstream-too-slow": "no route waits for another system to the end yet",
}


def problems() -> list[type[Problem]]:
    """Every class of problem that the packages define."""
    for path in product_files():
        if "shared.kit.problems" in path.read_text(encoding="utf-8"):
            importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
    kinds: list[type[Problem]] = [Problem, *below(Problem)]
    return [kind for kind in kinds if kind.__module__.split(".")[0] in PACKAGES]


def below(kind: type[Problem]) -> Iterator[type[Problem]]:
    """Every class below this one."""
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def test_every_problem_has_a_status_a_slug_and_a_title_in_three_languages() -> None:
    for kind in problems():
        assert 400 <= kind.status <= 599, kind
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.slug), kind
        words = kind.title.as_dict()
        assert set(words) == {"kk", "ru", "en"}, kind
        assert all(text.strip() == text != "" for text in words.values()), kind
        assert len(set(words.values())) == 3, kind


def test_a_slug_stands_for_one_problem_with_its_own_title() -> None:
    defined = [kind for kind in problems() if "slug" in vars(kind)]
    assert [slug for slug, count in Counter(kind.slug for kind in defined).items() if count > 1] == []
    assert [kind for kind in defined if "title" not in vars(kind)] == []
    renamed = [kind for kind in problems() if "slug" not in vars(kind) and {"title", "status"} & vars(kind).keys()]
    assert renamed == []


def test_every_problem_is_told_of_in_a_document() -> None:
    told = {slug for service in ROSTER for one in document(service.name).operations for slug in one.slugs()}
    assert {kind.slug for kind in problems()} - told == UNTOLD.keys()
