"""One catalogue a language of all that the system says to people, read out of the code: for translators and for tests.

A sentence stands in its three languages side by side where it is used (``shared.law.text.Text``); here it has a key:
its file, the name that it stands under, and which of several there it is.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("kk", "ru", "en")
PACKAGES: Final = ("shared", "gateway", "home_visit_svc", "appointment_svc", "attachment_svc", "diploma_svc")
_NAMES: Final = frozenset({"Text"})
Said = tuple[str, str, str]


def all_texts(root: Path) -> Mapping[str, Said]:
    """Return every text by its key: Kazakh, Russian, English."""
    found: dict[str, Said] = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            counted: Counter[str] = Counter()
            for place, said in _texts_in(ast.parse(path.read_text(encoding="utf-8")), ""):
                counted[place] += 1
                found[f"{name} {place} {counted[place]}"] = said
    return found


def _texts_in(node: ast.AST, place: str) -> Iterator[tuple[str, Said]]:
    for child in ast.iter_child_nodes(node):
        here = _named(child, place)
        said = _said(child)
        if said is not None:
            yield here or "-", said
        yield from _texts_in(child, here)


def _named(node: ast.AST, place: str) -> str:
    """Return the place with the name that the node gives to what is in it."""
    name = ""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        name = node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        name = node.target.id
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
    return f"{place}.{name}".strip(".") if name else place


def _said(node: ast.AST) -> Said | None:
    """Return what a ``Text(…)`` of literal words says; None for any other node."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _NAMES:
        return None
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    given = dict(zip(LANGUAGES, node.args, strict=False)) | named
    words = [_words(given[language]) for language in LANGUAGES if language in given]
    said = [one for one in words if one is not None]
    return (said[0], said[1], said[2]) if len(said) == len(LANGUAGES) else None


def _words(node: ast.AST) -> str | None:
    """Return literal words, with ``{…}`` for a part that is computed; None where all of it is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
    return None
