"""The programs that tests use beside Python and its packages, and what a test that cannot run without one comes to.

At a developer's a test without its program is skipped, and says where to get it. In CI, where ``EVERY_TEST`` is set, a
skipped test has failed, but for the reasons that stand here.
"""

import os
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT

SAMPLES: Final = ROOT.parent / "shared" / "samples"
WITHOUT_SAMPLES: Final = (
    "signatures and certificates of Kazakhstan's authorities are not ours to give away: they lie beside the project in "
    "../shared/samples, or are not there; the authority stub's own, of the same forms, are always tried"
)
ONLY_IN_A_LONG_RUN: Final = "takes minutes more, and is asked for by --faults-long"
MAY_BE_SKIPPED: Final = frozenset({WITHOUT_SAMPLES, ONLY_IN_A_LONG_RUN})


@dataclass(frozen=True)
class Program:
    """A program or a package of npm: where it is, None where it is not, and what brings it."""

    name: str
    path: str | None
    brought_by: str = ".ci/programs"


def _command(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def _package(name: str, file: str) -> Program:
    path = ROOT / "tests/npm/node_modules" / name / file
    return Program(name, str(path) if path.exists() else None)


BASH: Final = Program("bash", _command("bash"), "your system's packages")
OPENSSL: Final = Program("openssl", _command("openssl"))
PDFSIG: Final = Program("pdfsig", _command("pdfsig"))
CHROMIUM: Final = Program("chromium", os.environ.get("CHROMIUM") or _command("chromium", "chromium-browser"))
NODE: Final = Program("node", _command("node"), "nodejs.org or your system's packages")
AXE: Final = _package("axe-core", "axe.min.js")
JOSE: Final = _package("jose", "package.json")


def needs(*programs: Program) -> pytest.MarkDecorator:
    """Skip the test where one of these programs is not there."""
    missing = [f"{one.name} is not here: {one.brought_by} brings it" for one in programs if one.path is None]
    return pytest.mark.skipif(bool(missing), reason="; ".join(missing) or "all is here")


def needs_samples(folder: Path = SAMPLES) -> pytest.MarkDecorator:
    """Skip the test where the samples are not beside the project."""
    return pytest.mark.skipif(not folder.is_dir(), reason=WITHOUT_SAMPLES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail where every test is to run."""
    report = yield
    if report.skipped and os.environ.get("EVERY_TEST") and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason not in MAY_BE_SKIPPED:
            report.outcome = "failed"
            report.longrepr = f"Skipped, while EVERY_TEST is set: {reason}"
    return report
