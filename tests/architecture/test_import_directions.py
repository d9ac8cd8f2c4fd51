"""Who may import whom (DESIGN, layout): the contracts in pyproject.toml hold, and break when they are violated."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, imports_of, name_of

DOWN, INSIDE, PURE, ALONE = "One way down", "Inside a service", "What the decree says is pure", "Signatures stand alone"
VIOLATIONS = (
    ("shared/law/text.py", "import shared.kit.clock", DOWN),
    ("shared/law/iin.py", "import shared.eds.jws", DOWN),
    ("shared/eds/jws.py", "import shared.forms.strict", DOWN),
    ("shared/forms/strict.py", "import shared.kit.clock", DOWN),
    ("shared/kit/clock.py", "import gateway.app", DOWN),
    ("home_visit_svc/process.py", "import attachment_svc.journal", DOWN),
    ("gateway/app.py", "import home_visit_svc.rules", DOWN),
    ("home_visit_svc/app.py", "import gateway.app", DOWN),
    ("nca_stub/authority.py", "import stack.layout", DOWN),
    ("home_visit_svc/routes.py", "import home_visit_svc.app", INSIDE),
    ("home_visit_svc/journal.py", "import home_visit_svc.process", INSIDE),
    ("home_visit_svc/rules.py", "import home_visit_svc.journal", INSIDE),
    ("home_visit_svc/regulation.py", "import home_visit_svc.rules", INSIDE),
    ("home_visit_svc/rules.py", "import asyncpg", PURE),
    ("home_visit_svc/documents.py", "import time", PURE),
    ("home_visit_svc/regulation.py", "import shared.kit.clock", PURE),
    ("shared/law/hours.py", "import fastapi", PURE),
    ("shared/eds/trust.py", "import urllib.request", ALONE),
    ("shared/eds/gost/points.py", "import asyncio", ALONE),
)


def lint_imports(project: Path) -> str:
    """Run import-linter over a project; gives what it says, each contract's verdict on a line of its own."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return " ".join((answer.stdout + answer.stderr).split())


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages, to be violated."""
    copied = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", copied)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copied / package, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def test_all_import_contracts_hold() -> None:
    assert "Contracts: 4 kept, 0 broken." in lint_imports(ROOT)


@pytest.mark.parametrize(("file", "line", "contract"), VIOLATIONS)
def test_a_violation_breaks_its_contract(copied: Path, file: str, line: str, contract: str) -> None:
    path = copied / file
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        said = lint_imports(copied)
    finally:
        path.write_text(before, encoding="utf-8")
    verdict = said[said.index(contract) :]
    assert verdict[: verdict.index("KEPT") if "KEPT" in verdict else len(verdict)].count("BROKEN") >= 1


def test_law_imports_the_standard_library_alone() -> None:
    foreign = {
        f"{name_of(path)}: {module}"
        for path in (ROOT / "shared" / "law").rglob("*.py")
        for module in imports_of(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("shared.law")
    }
    assert foreign == set()
