"""No test may pass by being skipped where every test is to run; the packages of npm come from nowhere in particular."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.programs import MAY_BE_SKIPPED

TEST = """
import pytest
@pytest.mark.skipif(True, reason="{0}")
def test_marked(): pass
def test_by_hand(): pytest.skip("{0}")
def test_that_runs(): pass
"""


@pytest.mark.parametrize(
    ("reason", "every", "outcomes"),
    [
        ("no such program", "", {"2 skipped", "1 passed"}),
        ("no such program", "1", {"1 failed", "1 error", "1 passed"}),
        (min(MAY_BE_SKIPPED), "1", {"2 skipped", "1 passed"}),
    ],
)
def test_a_skipped_test_has_failed_where_every_test_is_to_run(
    tmp_path: Path, reason: str, every: str, outcomes: set[str]
) -> None:
    (tmp_path / "test_one.py").write_text(TEST.format(reason), encoding="utf-8")
    environment = os.environ | {"EVERY_TEST": every, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.programs", "-p", "no:cacheprovider", str(tmp_path)]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False).stdout
    assert set(re.findall(r"\d+ (?:failed|passed|skipped|error)", told)) == outcomes


def test_packages_of_npm_are_pinned_with_their_digests_and_name_no_host() -> None:
    lock = (ROOT / "tests/npm/package-lock.json").read_text(encoding="utf-8")
    packages = {name: told for name, told in json.loads(lock)["packages"].items() if name}
    assert packages
    assert all(told["integrity"].startswith("sha512-") for told in packages.values())
    assert "resolved" not in lock
    wanted = json.loads((ROOT / "tests/npm/package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert {f"node_modules/{name}": version for name, version in wanted.items()} == {
        name: told["version"] for name, told in packages.items()
    }
