"""The house rules that no linter keeps: sizes, reasons, one clock, declared dependencies."""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, all_files, imports_of, name_of, product_files, project

LONGEST_FILE, LONGEST_FUNCTION = 200, 30
OPT_OUT = re.compile(r"#\s*noqa(?P<codes>:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?(?P<reason>.*)")
A_REASON = re.compile(r"[\s–—-]*(?=\w).*\w{3}")
SQL_CLOCK = re.compile(
    r"(?<![.\w])now\(\)|\bcurrent_(?:timestamp|date|time)\b|\blocaltime|\b(?:clock|statement|transaction)_timestamp\(",
    re.IGNORECASE,
)
BROUGHT_ALONG = {
    "starlette": "fastapi",
    "pydantic_core": "pydantic",
}
"""Modules of a declared package's own inseparable parts, by the package that brings them."""


def test_no_product_file_is_longer_than_two_hundred_lines() -> None:
    long = {
        f"{name_of(path)}: {lines}"
        for path in product_files()
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == set()


def test_every_opt_out_in_a_file_has_a_reason() -> None:
    bare = {
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in all_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if path != Path(__file__).resolve()
        and (found := OPT_OUT.search(line))
        and not (found["codes"] and A_REASON.match(found["reason"]))
    }
    assert bare == set()


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ("x = 1  # noqa: S105 - a name and no secret.", True),
        ("x = 1  # noqa: S105, E501 -- The same thing again.", True),
        ("x = 1  # noqa: S105", False),
        ("x = 1  # noqa", False),
        ("x = 1  # noqa: S105 -", False),
    ],
)
def test_an_opt_out_without_a_reason_is_found(line: str, *, stands: bool) -> None:
    found = OPT_OUT.search(line)
    assert found
    assert bool(found["codes"] and A_REASON.match(found["reason"])) is stands


def test_every_opt_out_of_the_whole_project_has_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    begin, end = lines.index("[tool.ruff.lint]"), lines.index("[tool.ruff.lint.pydocstyle]")
    coded = [line for line in lines[begin:end] if re.search(r'"[A-Z]+[0-9]*"', line) and "select" not in line]
    assert len(coded) > 20
    assert [line for line in coded if not A_REASON.match(line.partition("#")[2])] == []


def test_sql_never_asks_the_database_for_the_time() -> None:
    asked = {
        f"{name_of(path)}:{line}: {text[:60]!r}"
        for path in product_files()
        for line, text in _strings(path)
        if SQL_CLOCK.search(text)
    }
    assert asked == set()


@pytest.mark.parametrize("sql", ["VALUES (now())", "at timestamptz DEFAULT NOW()", "SELECT CURRENT_TIMESTAMP"])
def test_sql_that_asks_for_the_time_is_found(sql: str) -> None:
    assert SQL_CLOCK.search(sql)


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_every_imported_package_is_declared_where_it_is_used() -> None:
    """The services' images are made from `dependencies` alone, so what they import must stand there."""
    services = _names(project()["project"]["dependencies"])
    stack = services | _names(project()["dependency-groups"]["stack"])
    everything = stack | _names(line for line in project()["dependency-groups"]["dev"] if isinstance(line, str))
    measured = everything | _names(project()["dependency-groups"]["bench"])
    undeclared = set()
    for path in all_files():
        top = path.relative_to(ROOT).parts[0]
        declared = {"stack": stack, "tests": everything, "bench": measured}.get(top, services)
        undeclared |= {f"{name_of(path)}: {module}" for module in _foreign(path) if not _sources(module) & declared}
    assert undeclared == set()


def _names(lines: Iterator[str] | list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("_", "-") for line in lines}


def _foreign(path: Path) -> set[str]:
    ours = {*PACKAGES, "tests", "bench", *sys.stdlib_module_names}
    return {top for module in imports_of(path) if (top := module.split(".")[0]) not in ours}


_distributions = cache(packages_distributions)


def _sources(module: str) -> set[str]:
    found = _distributions().get(module, ["nowhere"])
    return {BROUGHT_ALONG.get(module, name).lower().replace("_", "-") for name in found}


def test_every_module_can_be_imported() -> None:
    """Warnings are errors here too; and a rule that no test imports still counts in the measure of coverage."""
    modules = [
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in product_files()
        if path.name != "__main__.py" and not {"migrations", "alembic_env"} & set(path.parts)
    ]
    assert len(modules) > 150
    for module in modules:
        assert importlib.import_module(module)
