"""docs/eds.md: its example runs, and every name that it promises is there with a word of its own."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.eds.words import WORDS
from tests.eds.stage import AT, CONTENT, IIN, Stage

PAGE = (Path(__file__).parents[2] / "docs" / "eds.md").read_text("utf-8")
EXAMPLE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
NAMES = re.findall(r"`(shared\.eds\.[a-z_.]+)\.([A-Za-z_]+)`", PAGE)


def test_the_example_runs_and_confirms(
    gost: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gost.authority.write_trust(tmp_path / "authorities")
    (tmp_path / "full.crl").write_bytes(gost.lists.full(AT))
    (tmp_path / "request.json").write_bytes(CONTENT)
    (tmp_path / "request.cms").write_bytes(gost.sign())
    monkeypatch.chdir(tmp_path)
    assert EXAMPLE is not None
    code = EXAMPLE[1].replace("datetime(2026, 11, 23, 11, 28, tzinfo=UTC)", repr_of_at()).replace("123456789011", IIN)
    exec(compile(code, "docs/eds.md", "exec"), {})  # noqa: S102 - the page's own example.
    assert capsys.readouterr().out == "confirmed confirmed Қолтаңба расталды.\n"


def repr_of_at() -> str:
    return f"datetime({AT.year}, {AT.month}, {AT.day}, {AT.hour}, {AT.minute}, tzinfo=UTC)"


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_every_name_of_the_page_is_there(module: str, name: str) -> None:
    found = getattr(importlib.import_module(module), name)
    assert found is WORDS or found.__doc__


def test_the_page_names_what_others_use() -> None:
    assert len(NAMES) > 12


def test_every_code_of_the_page_is_one_of_ours() -> None:
    table = PAGE[PAGE.index("## What is verified") : PAGE.index("**Time stamps**")]
    codes = {
        code
        for line in table.splitlines()
        if line.startswith("|")
        for code in re.findall(r"`([a-z_]+)`", line.rpartition(" | ")[2])
    }
    assert len(codes) > 15
    assert codes <= WORDS.keys()


def test_the_package_stands_alone(tmp_path: Path) -> None:
    """``shared/eds`` and ``shared/law`` are all it takes, beside the package ``cryptography``."""
    root = Path(__file__).parents[2] / "shared"
    for folder in ("eds", "law"):
        shutil.copytree(root / folder, tmp_path / "shared" / folder)
    (tmp_path / "shared" / "__init__.py").touch()
    program = "import sys; sys.path.insert(0, '.'); from shared.eds.__main__ import main; main(['--help'])"
    command = [sys.executable, "-I", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
