"""`./run` on a machine with nothing of ours: it installs what the lock names, once, and says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stack.bootstrap import NO_VENV, advice_for
from tests.architecture.sources import ROOT

NOBODY_LISTENS = "http://127.0.0.1:9/simple"
UNKNOWN = f"nothing-of-this-name==1 --hash=sha256:{'0' * 64}\n"
ECHO = "import sys\nprint('stack:', *sys.argv[1:])\n"
OLD = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n"
FAKE_UV = '#!/bin/sh\necho "$@" > "{told}"\nmkdir -p "{venv}/bin"\nln -s "{python}" "{venv}/bin/python"\n'


class Machine:
    """A checkout with an empty lock, and a PATH on which only what a test puts there is found."""

    def __init__(self, folder: Path) -> None:
        self.project, self.programs = folder / "project", folder / "programs"
        (self.project / "stack").mkdir(parents=True)
        self.programs.mkdir()
        shutil.copy(ROOT / "run", self.project)
        shutil.copy(ROOT / "stack" / "bootstrap.py", self.project / "stack")
        (self.project / "stack" / "__main__.py").write_text(ECHO, encoding="utf-8")
        self.lock = self.project / "requirements.lock"
        self.lock.write_text("", encoding="ascii")
        for name in ("sh", "dirname"):
            (self.programs / name).symlink_to(str(shutil.which(name)))

    def put(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        (self.programs / name).write_text(script, encoding="utf-8")
        (self.programs / name).chmod(0o755)

    def put_python(self) -> None:
        """Put the Python that runs the tests on the PATH (outside of any environment)."""
        python = getattr(sys, "_base_executable", sys.executable)
        self.put("python3", f'#!/bin/sh\nexec "{python}" "$@"\n')

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Type ./run."""
        return subprocess.run(
            [self.project / "run", *arguments],
            env={"PATH": str(self.programs), "HOME": os.environ.get("HOME", "/"), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_installs_once_and_again_when_the_lock_changes(machine: Machine) -> None:
    machine.put_python()
    first = machine.run("--at", "2026-11-24T10:00")
    assert first.stdout == "stack: --at 2026-11-24T10:00\n"
    assert "Installing into .venv" in first.stderr
    assert machine.run("demo").stderr == ""
    machine.lock.write_text(UNKNOWN, encoding="ascii")
    away = machine.run("demo", PIP_INDEX_URL=NOBODY_LISTENS, PIP_RETRIES="0", PIP_CONFIG_FILE=os.devnull)
    assert (away.returncode, away.stdout) == (1, "")
    assert "Installing into .venv" in away.stderr
    assert "The package index cannot be reached" in away.stderr.splitlines()[-1]
    assert "Traceback" not in away.stderr


def test_uv_is_used_where_there_is_one(machine: Machine) -> None:
    machine.put_python()
    (machine.programs / "mkdir").symlink_to(str(shutil.which("mkdir")))
    (machine.programs / "ln").symlink_to(str(shutil.which("ln")))
    told = machine.project / "told"
    machine.put("uv", FAKE_UV.format(told=told, venv=machine.project / ".venv", python=sys.executable))
    assert machine.run("demo").stdout == "stack: demo\n"
    assert told.read_text(encoding="utf-8").startswith("sync --frozen --all-groups")


@pytest.mark.parametrize("found", ["Python 3.9.2", "none"])
def test_an_old_or_missing_python_is_one_line_of_advice(machine: Machine, found: str) -> None:
    if found != "none":
        machine.put("python3", OLD)
    answer = machine.run()
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"This needs Python 3.11 or newer; found: {found}. Install it")
    assert answer.stderr.count("\n") == 1


def test_a_python_without_venv_is_one_line_of_advice(machine: Machine, tmp_path: Path) -> None:
    """Debian's python3 has the module venv, but not the ensurepip that it needs."""
    machine.put_python()
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8")
    answer = machine.run(PYTHONPATH=str(hidden))
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == NO_VENV
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for aiohttp==3", "The package index cannot be reached"),
        ("error: dns error: failed to lookup address", "The package index cannot be reached"),
        ("The virtual environment was not created because ensurepip is not available", "install its venv module"),
        ("ERROR: something else", "The packages could not be installed: ERROR: something else"),
    ],
)
def test_each_failure_has_its_advice(failure: str, advice: str) -> None:
    assert advice in advice_for(failure)
