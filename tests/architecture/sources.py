"""The project's own Python files, for tests that read them."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("gateway", "home_visit_svc", "appointment_svc", "attachment_svc", "diploma_svc")
PACKAGES = ("shared", *SERVICES, "person_registry_stub", "nca_stub", "stack")


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file of the packages, migrations among them."""
    return tuple(sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")))


@cache
def all_files() -> tuple[Path, ...]:
    """The same with tests and benchmarks."""
    others = (path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py"))
    return (*product_files(), *sorted(others))


def name_of(path: Path) -> str:
    """The path as one says it."""
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
