"""docs/eds.md: its example runs, and every name that it promises is there with a word of its own."""

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nca_stub.responder import Responder
from shared.eds.__main__ import main
from shared.eds.evidence import record_of
from shared.eds.ocsp import OcspAnswer, question
from shared.eds.words import WORDS
from tests.eds.stage import AT, CITIZEN, CONTENT, IIN, Stage

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


BEFORE = set(
    subprocess.run(
        [sys.executable, "-I", "-c", "import sys; print(*{one.split('.')[0] for one in sys.modules})"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
)


def fields_of(value: object, before: str = "") -> set[str]:
    """Return the names of all fields in a JSON value, as the page writes them."""
    if isinstance(value, list):
        return set().union(*(fields_of(one, f"{before}[]") for one in value)) or {before}
    if isinstance(value, dict):
        return set().union(*(fields_of(one, f"{before}.{name}".lstrip(".")) for name, one in value.items()))
    return {before.removesuffix("[]")}


def test_the_page_names_every_field_of_an_evidence_record(gost: Stage) -> None:
    chain, nonce = gost.trust.chain_of(gost.citizen.der), bytes(range(32))
    answer = OcspAnswer(Responder(gost.authority).answer(question(chain, nonce), AT), nonce)
    made: dict[str, object] = {}
    for revocation in (gost.store(), answer):
        verdict = gost.verdict(gost.sign(), revocation=revocation)
        record = record_of((verdict.code, verdict.evidence), (gost.sign(), CONTENT), CITIZEN, lambda _: b"DER")
        made |= {name: value for name, value in record.items() if value}
    table = PAGE[PAGE.index("| field | type | what |") : PAGE.index("## How it is tested")]
    told = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`([a-z0-9_.\[\]]+)`", row.split("|")[1:2][0] if row else "")
    }
    assert told == fields_of(made)


def test_every_exit_and_option_of_the_command_line_is_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["verify", "--help"])
    for option in re.findall(r"--[a-z]+", capsys.readouterr().out):
        assert option in {"--help", "--content"} or f"{option} " in PAGE or f"{option}`" in PAGE, option


def test_the_package_stands_alone(tmp_path: Path) -> None:
    """``shared/eds`` and ``shared/law`` are all it takes, beside the package ``cryptography``."""
    root = Path(__file__).parents[2] / "shared"
    for folder in ("eds", "law"):
        shutil.copytree(root / folder, tmp_path / "shared" / folder)
    shutil.copy(root / "__init__.py", tmp_path / "shared")
    modules = (path.relative_to(tmp_path).with_suffix("") for path in (tmp_path / "shared" / "eds").rglob("*.py"))
    imports = "; ".join(f"import {'.'.join(module.parts)}" for module in modules if "__" not in module.name)
    alone = "print(*{one.split('.')[0] for one in sys.modules} - sys.stdlib_module_names, file=sys.stderr)"
    run = "from shared.eds.__main__ import main; main(['codes'])"
    program = f"import sys; sys.path.insert(0, '.'); {imports}; {run}; {alone}"
    command = [sys.executable, "-I", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Whatever the interpreter's own site loads (of tests, for example) has nothing to do with us.
    loaded = {one for one in set(done.stderr.split()) - BEFORE if not one.startswith("_")}
    assert loaded - {"tzdata"} == {"shared", "cryptography"}
